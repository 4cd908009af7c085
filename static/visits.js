// The grid of visits: drag a chip to another day of the same row, or move it with the arrow keys. Both send what the
// short form of a visit sends; without this script each chip is a link to that form.
(() => {
  "use strict";

  const view = document.getElementById("view");
  const form = document.getElementById("move");
  const dialog = document.getElementById("dialog");
  const toCancel = document.getElementById("to-cancel");
  if (!view || !form) return;

  const SETTLED = 2_000; // ms after which a move that no frame has shown is not waited for
  const started = Date.now().toString(36);
  let ids = 0;

  const chip = (visit) => document.getElementById(`visit-${visit}`);
  const days = (row) => [...row.querySelectorAll("td[data-day]")];

  // --- moving -----------------------------------------------------------------------------------------------

  const moves = new Map(); // visit -> the day it is to go to, and whether a request for it is under way
  let focused = null; // the chip that had the keyboard, to have it again on its new day

  function want(visit, day) {
    const move = moves.get(visit) ?? {};
    moves.set(visit, Object.assign(move, { day }));
    pump(visit);
  }

  // One request at a time for a visit, each made on the frame that shows the one before: two quick keys are two days.
  async function pump(visit) {
    const move = moves.get(visit);
    const here = chip(visit);
    if (!move || move.sending) return;
    if (!here?.dataset.visit || here.dataset.day === move.day) {
      moves.delete(visit);
      return;
    }
    move.sending = move.day;
    const row = here.closest("[data-client]");
    form.elements.day.value = move.day;
    form.elements.seen.value = here.dataset.seen;
    form.elements.request_id.value = `move-${visit}-${started}-${(ids += 1)}`;
    const action = `/clients/${row.dataset.client}/visits/${visit}/move`;
    const saved = await self.send(form, { action, pressed: here }).catch(() => false);
    if (!saved) moves.delete(visit); // it was said why
    else setTimeout(() => settle(visit, true), SETTLED);
    settle(visit, false);
  }

  function settle(visit, late) {
    const move = moves.get(visit);
    if (!move?.sending || (!late && chip(visit)?.dataset.day !== move.sending)) return;
    const done = move.day === move.sending;
    move.sending = null;
    if (done) moves.delete(visit);
    else pump(visit);
  }

  // --- keys -------------------------------------------------------------------------------------------------

  const STEP = { ArrowLeft: -1, ArrowRight: 1 };

  view.addEventListener("keydown", (event) => {
    const here = event.target.closest?.(".call[data-visit]");
    if (!here || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      focused = here.id;
      toCancel.href = `${here.getAttribute("href")}/cancel`;
      toCancel.click();
      return;
    }
    const step = STEP[event.key] * (getComputedStyle(view).direction === "rtl" ? -1 : 1);
    if (!step) return;
    event.preventDefault();
    const visit = here.dataset.visit;
    const cells = days(here.closest("[data-client]"));
    const from = moves.get(visit)?.day ?? here.dataset.day;
    const open = cells.filter((cell) => "open" in cell.dataset);
    const place = cells.findIndex((cell) => cell.dataset.day === from);
    const next = cells[place + step];
    const to = next && "open" in next.dataset ? next : step > 0 && place < cells.indexOf(open[0]) ? open[0] : null;
    if (!to) return; // the past, or the end of the grid: the form knows other weeks
    focused = here.id;
    want(visit, to.dataset.day);
  });

  // --- dragging ---------------------------------------------------------------------------------------------

  let dragged = null; // {visit, client}
  const target = (event) => {
    const cell = event.target.closest?.("td[data-open]");
    return dragged && cell?.closest("[data-client]")?.dataset.client === dragged.client ? cell : null;
  };
  const light = (cell) => {
    for (const old of view.querySelectorAll(".is-target")) if (old !== cell) old.classList.remove("is-target");
    cell?.classList.add("is-target");
  };

  view.addEventListener("dragstart", (event) => {
    const here = event.target.closest?.(".call[data-visit]");
    if (!here) return;
    dragged = { visit: here.dataset.visit, client: here.closest("[data-client]").dataset.client };
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", ""); // no address of a client leaves the page by accident
    document.body.classList.add("is-dragging");
  });
  view.addEventListener("dragover", (event) => {
    const cell = target(event);
    light(cell);
    if (!cell) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "move";
  });
  view.addEventListener("drop", (event) => {
    const cell = target(event);
    if (!cell) return;
    event.preventDefault();
    focused = `visit-${dragged.visit}`;
    want(dragged.visit, cell.dataset.day);
  });
  document.addEventListener("dragend", () => {
    dragged = null;
    light(null);
    document.body.classList.remove("is-dragging");
  });

  // --- what the frame says ----------------------------------------------------------------------------------

  const lost = () => !document.activeElement || document.activeElement === document.body || document.activeElement.id === "content";

  new MutationObserver(() => {
    for (const visit of [...moves.keys()]) settle(visit, false);
    if (focused && lost() && !dialog.open) document.getElementById(focused)?.focus({ preventScroll: true });
  }).observe(view, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-day"] });

  view.addEventListener("focusin", (event) => (focused = event.target.id || null));
  document.addEventListener("pointerdown", (event) => {
    if (!event.target.closest?.(".call")) focused = null;
  });
  dialog.addEventListener("close", () => {
    if (focused) setTimeout(() => lost() && document.getElementById(focused)?.focus({ preventScroll: true }));
  });
})();
