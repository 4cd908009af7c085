// The flag form itself: whom, what helps them, what is still to be filled in. Without this script it is a plain form.
// On /offline static/flag-kept.js answers `chosen` instead of the server.
(() => {
  "use strict";

  const form = () => document.getElementById("flag"); // htmx puts another one in its place
  if (!form()) return;

  const PATIENCE = 8_000; // milliseconds for what is known of a client
  const REST = 600; // arrow keys pass by clients of whom nothing need be fetched

  // --- whom ---------------------------------------------------------------------------------------------------

  const client = () => form().querySelector("[name=client]:checked");
  const category = () => form().querySelector("[name=category]:checked");
  let own = false; // the category was chosen by hand
  const keepCategory = () => (own = true);
  const button = () => form().querySelector(".send .primary");
  const verb = () => button().dataset[client()?.dataset.up ? "again" : "first"]; // what sending does: they may be up already
  let resting = null;
  let fetching = null;

  function about() {
    const line = form().querySelector("#about");
    const whom = client()?.dataset.whom.trim();
    line.textContent = [whom, category()?.closest("label").textContent.trim()].filter(Boolean).join(" · ");
    line.hidden = !whom;
  }

  function choose(radio, wait) {
    form().elements.seen.value = radio.dataset.seen ?? "";
    const preset = form().querySelector(`[name=category][value="${CSS.escape(radio.dataset.category ?? "")}"]`);
    if (preset && !own) preset.checked = true;
    noted("client");
    noted("category");
    about();
    button().textContent = verb();
    clearTimeout(resting);
    resting = setTimeout(beside, wait, radio.value);
  }

  // In place, and never waited for: the form is whole without it.
  async function beside(id) {
    const place = form().querySelector("#beside");
    if (place.dataset.of === id) return;
    fetching?.abort();
    fetching = new AbortController();
    place.dataset.of = id;
    place.replaceChildren();
    const event = new CustomEvent("chosen", { bubbles: true, cancelable: true, detail: { client: id, place } });
    if (!form().dispatchEvent(event)) return;
    const signal = AbortSignal.any?.([fetching.signal, AbortSignal.timeout(PATIENCE)]) ?? fetching.signal;
    try {
      const answer = await fetch(`/flag/clients/${id}`, { headers: { "HX-Request": "true" }, redirect: "error", signal });
      if (!answer.ok || !answer.headers.has("Factboard")) throw new Error("not known");
      const known = await answer.text();
      if (place.dataset.of !== id) return;
      place.innerHTML = known;
      htmx.process(place);
    } catch {
      if (place.dataset.of !== id) return;
      delete place.dataset.of;
      place.replaceChildren(Object.assign(document.createElement("p"), { className: "hint", textContent: place.dataset.failed }));
    }
  }

  // One row is left, and the way back to the others.
  function fold(yes, quietly = false) {
    const whose = form().querySelector(".whose");
    whose.classList.toggle("has-chosen", yes);
    whose.querySelector("#else").hidden = !yes;
    if (quietly) return;
    if (yes) whose.scrollIntoView(); // what helps, and why, come into sight
    else (client() ?? whose.querySelector("#f-q")).focus();
  }

  document.addEventListener("click", (event) => {
    const row = event.target.closest?.("#flag .found");
    if (event.target.closest?.("#else")) fold(false);
    else if (row && event.detail) {
      setTimeout(() => { // the click on the label comes before its radio is chosen
        if (row.control?.checked) choose(row.control, 0);
        fold(Boolean(client()));
      });
    }
  });

  document.addEventListener("change", ({ target }) => {
    if (!target.closest?.("#flag")) return;
    if (target.name === "client") choose(target, REST);
    if (target.name === "category") {
      keepCategory();
      noted("category");
    }
    about();
  });

  document.addEventListener("input", ({ target }) => target.id === "f-reason" && noted("reason"));
  document.addEventListener("click", ({ target }) => target.closest?.("[data-fills=f-reason]") && noted("reason"));

  // Enter chooses, and never sends by mistake.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches?.("#flag [name=client], #flag #f-q")) return;
    event.preventDefault();
    const found = [...form().querySelectorAll("#found [name=client]")];
    if (event.target.name === "client") {
      event.target.checked = true;
      choose(event.target, 0);
      fold(true);
      form().elements.reason.focus();
    } else if (found.length) found[0].focus();
  });

  // --- what is still to be filled in --------------------------------------------------------------------------

  const ASKED = { client, reason: () => form().elements.reason.value.trim(), category };
  const field = { client: "#f-client", reason: "#f-reason", category: "#f-category" };

  function noted(name, missing = false) {
    const says = form().querySelector(`[data-missing=${name}]`);
    const where = form().querySelector(field[name]);
    says.hidden = !missing;
    const ids = (where.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && id !== says.id);
    if (missing) ids.push(says.id);
    if (ids.length) where.setAttribute("aria-describedby", ids.join(" "));
    else where.removeAttribute("aria-describedby");
    if (name === "reason") where.toggleAttribute("aria-invalid", missing);
    const all = form().querySelector("[data-lacks]"); // beside the button as well: the field may be out of sight
    all.querySelector(`[data-lack=${name}]`).hidden = !missing;
    all.hidden = !all.querySelector("[data-lack]:not([hidden])");
  }

  function lacks() {
    const names = Object.keys(ASKED).filter((name) => !ASKED[name]());
    for (const name of Object.keys(ASKED)) noted(name, names.includes(name));
    if (!names.length) return false;
    if (names[0] === "client") fold(false);
    form().querySelector(field[names[0]]).focus();
    form().querySelector(`[data-missing=${names[0]}]`).scrollIntoView({ block: "center" });
    return true;
  }

  self.flag = { form, client, category, choose, fold, lacks, keepCategory, verb };

  // --- a form that stays open until the team has gone home ----------------------------------------------------

  const open = document.querySelector(".alarm[data-until]");
  const loaded = Date.now();
  if (open) {
    const turn = () => {
      const over = Date.now() - loaded >= open.dataset.until * 1_000;
      open.hidden = over;
      document.querySelector(".alarm.is-closed").hidden = !over;
    };
    setInterval(turn, 20_000);
    document.addEventListener("visibilitychange", turn);
  }
  // Whom somebody chose before this script had come.
  own = Boolean(category()) && category().value !== client()?.dataset.category;
  if (client()) {
    choose(client(), 0);
    fold(true, true);
  }
})();
