// The meeting: keys for the chair, one line of notes that never changes whom it is about, and each one's share of time.
// Without this script every button is a form of its own.
(() => {
  "use strict";

  const view = document.getElementById("view");
  const hands = document.querySelector(".hands");
  if (!view || !hands) return;

  const state = () => view.querySelector("#state")?.dataset ?? {};
  const meeting = () => view.querySelector("#state")?.value ?? "";
  const toasts = document.getElementById("toasts");
  const lead = document.getElementById("lead");
  const note = document.getElementById("note");
  const started = Date.now().toString(36);
  let ids = 0;
  const newId = () => `${hands.dataset.me}-${hands.dataset.meeting}-${started}-${(ids += 1)}`;
  const named = (client) => {
    const place = client && (view.querySelector(`#turn-${CSS.escape(client)} .name`) ?? view.querySelector("#focus-name"));
    return place ? place.textContent.trim() : document.getElementById("note-of").dataset.whole;
  };

  // --- sending ----------------------------------------------------------------------------------------------

  function say(words) {
    const toast = Object.assign(document.createElement("div"), { className: "toast is-wrong" });
    toast.dataset.seconds = "10";
    toast.append(Object.assign(document.createElement("p"), { textContent: words }));
    toasts.append(toast);
  }

  // Answers with the receipt, or with null after it has said what is wrong.
  async function post(address, values, tell = say) {
    let answer;
    try {
      answer = await fetch(address, {
        method: "POST",
        body: new URLSearchParams(values),
        headers: { Accept: "application/json" },
        signal: AbortSignal.timeout(15_000),
      });
    } catch {
      tell(toasts.dataset.lost);
      return null;
    }
    if (answer.status === 401) location.replace(location.pathname);
    const said = await answer.json().catch(() => ({}));
    if (answer.ok) return said;
    tell(said.says ?? (answer.status === 403 ? toasts.dataset.forbidden : toasts.dataset.failed));
    return null;
  }

  // --- the chair --------------------------------------------------------------------------------------------

  const SETTLED = 2_000; // ms after which the next key counts, though the screen has not moved
  const TWICE = 400; // ms within which a second press is the same finger, though the screen has followed by then
  let moving = null; // from whom the chair has just moved on, until the screen shows the next
  let moved = -TWICE; // when, on this page's own clock
  let tried = {}; // what was sent last and had no answer, and its id

  async function go(address, values) {
    if (moving || performance.now() - moved < TWICE) return; // a double tap, or a key before the screen has followed
    moved = performance.now();
    const from = state().focus ?? "";
    const what = JSON.stringify([address, values, from]);
    if (tried.what !== what) tried = { what, id: newId() };
    const mine = (moving = { from });
    const settled = () => moving === mine && (moving = null);
    const receipt = await post(address, { ...values, request_id: tried.id });
    if (receipt === null) return void settled(); // the same again is the same request
    if (tried.what === what) tried = {};
    if (receipt.kinds.length) setTimeout(settled, SETTLED);
    else settled();
  }

  // Who led until now, or presses a chair's key, is told who leads.
  const chairSays = document.getElementById("chair-says");
  function sayWhoLeads() {
    const name = view.querySelector("#chair-name")?.textContent.trim();
    if (!chairSays || !name) return;
    chairSays.textContent = "";
    requestAnimationFrame(() => (chairSays.textContent = isChair() ? "" : chairSays.dataset.leads.replace("{name}", name)));
  }

  const isChair = () => document.body.classList.contains("is-chair");
  const press = (button) => go(button.getAttribute("formaction"), button.name ? { [button.name]: button.value } : {});

  lead?.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = event.submitter;
    if (isChair()) press(button);
    else if (note) bind(button.value, true); // everybody else chooses whom their line is about
  });
  document.addEventListener("click", (event) => {
    const button = event.detail && event.target.closest?.("#lead button, #agenda button");
    if (button) setTimeout(() => button.blur()); // or the space bar would press it again
  });

  const KEYS = { ArrowRight: "next", " ": "next", PageDown: "next", ArrowLeft: "back", PageUp: "back", n: "no-change", N: "no-change" };

  document.addEventListener("keydown", (event) => {
    const id = KEYS[event.key];
    const busy = event.repeat || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented;
    if (!id || busy || !meeting() || document.querySelector("dialog[open], :popover-open")) return;
    if (event.target.closest?.("input:not([type=hidden]), textarea, select, [contenteditable]")) return;
    if (event.key === " " && event.target.closest?.("button, summary, a[href]:focus-visible")) return;
    if (!isChair()) {
      if (id === "no-change") sayWhoLeads();
      return;
    }
    const button = document.getElementById(id);
    event.preventDefault();
    if (button && !button.hidden && !button.disabled) press(button);
  });

  // --- the line of notes ------------------------------------------------------------------------------------

  const text = document.getElementById("note-text");
  const bound = document.getElementById("note-bound");
  const rebind = document.getElementById("note-rebind");
  let whose = note?.elements.client.value ?? ""; // whom the line is about
  let focusThen = null; // who was up when the note was last looked at
  let noteId = null;
  let sending = false;

  const typed = () => text?.value.trim() ?? "";

  function bind(client, byHand = false) {
    if (byHand && typed() && client !== whose) {
      offer(client);
      return;
    }
    whose = client ?? "";
    note.elements.client.value = whose;
    document.getElementById("note-of").textContent = named(whose);
    bound.textContent = "";
    note.classList.remove("is-elsewhere");
    rebind.hidden = true;
    noteId = null;
    if (byHand) text.focus();
  }

  // Text once begun stays with its client: it is said by name, and moved by hand only.
  function offer(client) {
    bound.textContent = bound.dataset.moved.replace("{name}", named(client)).replace("{other}", named(whose));
    note.classList.add("is-elsewhere");
    rebind.textContent = rebind.dataset.words.replace("{name}", named(client));
    rebind.value = client;
    rebind.hidden = false;
  }

  function look(focus) {
    if (!note || focus === focusThen) return;
    focusThen = focus;
    if (focus === whose) bind(whose);
    else if (typed()) offer(focus);
    else bind(focus);
  }

  note?.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (sending || !typed()) return;
    sending = true;
    const error = note.querySelector("[data-unsaved]");
    error.hidden = true;
    const sent = text.value;
    noteId ??= newId();
    const values = { client: whose, part: note.elements.part.value, text: sent, request_id: noteId };
    const receipt = await post(note.getAttribute("action"), values, (words) => {
      error.textContent = words;
      error.hidden = false;
    });
    sending = false;
    if (receipt === null) return;
    noteId = null;
    if (text.value === sent) text.value = "";
    if (!typed()) bind(state().focus ?? "");
    bound.textContent = bound.dataset.sent;
  });
  note?.addEventListener("input", () => {
    noteId = null; // another text is another line
    if (bound.textContent === bound.dataset.sent) bound.textContent = "";
    if (!typed() && whose !== (state().focus ?? "") && note.classList.contains("is-elsewhere")) bind(state().focus ?? "");
  });
  text?.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    note.requestSubmit();
  });
  rebind?.addEventListener("click", () => {
    const client = rebind.value;
    whose = client;
    bind(client);
    text.focus();
  });

  // --- time -------------------------------------------------------------------------------------------------

  const share = document.getElementById("share");
  const line = document.getElementById("live-state");
  const behind = Date.parse(line?.dataset.at ?? "") - Date.now() || 0; // the server's clock leads
  const minutes = (ms) => `${Math.floor(ms / 60_000)}:${String(Math.floor(ms / 1_000) % 60).padStart(2, "0")}`;

  function tell() {
    if (!share) return;
    const { ends, since, left, focus } = state();
    share.hidden = !ends || !Number(left);
    if (share.hidden) return;
    const now = Date.now() + behind;
    const rest = Date.parse(ends) - now;
    const each = Math.max(0, Date.parse(ends) - Date.parse(since)) / Number(left);
    const used = now - Date.parse(since);
    share.querySelector("progress").value = each && focus ? Math.min(1, used / each) : rest > 0 ? 0 : 1;
    share.classList.toggle("is-used", rest <= 0 || (Boolean(focus) && used > each));
    const words = rest > 0 ? [share.dataset.each.replace("{time}", minutes(rest / Number(left))), share.dataset.left] : [share.dataset.over];
    share.querySelector("span").textContent = words.join(" · ").replace("{time}", minutes(Math.abs(rest)));
  }

  // --- what the frame says ----------------------------------------------------------------------------------

  function follow() {
    const { chair, focus, following, preceding } = state();
    if (hands.dataset.meeting !== meeting()) {
      const over = !meeting();
      document.body.classList.toggle("is-over", over);
      document.body.classList.remove("is-chair");
      if (!over && !typed()) location.replace("/meeting"); // it has begun, or another has
      return;
    }
    if (!hands.dataset.meeting) return;
    document.body.classList.remove("is-over");
    const led = isChair();
    document.body.classList.toggle("is-chair", chair === hands.dataset.me);
    if (led !== isChair()) sayWhoLeads();
    if (moving && focus !== moving.from) moving = null;
    const [back, next, none] = ["back", "next", "no-change"].map((id) => document.getElementById(id));
    back.value = preceding;
    back.disabled = preceding === focus;
    next.value = following;
    next.hidden = none.hidden = !focus;
    none.value = focus;
    document.getElementById("to-close").hidden = Boolean(focus);
    if (focusThen !== focus) {
      if (focusThen !== null) view.querySelector(".focus h2")?.scrollIntoView({ block: "nearest" }); // facts are never read without their name
      const up = view.querySelector("#agenda [aria-current]");
      const list = view.querySelector("#agenda");
      if (up && list && list.scrollHeight > list.clientHeight) {
        list.scrollTop = up.offsetTop - list.clientHeight / 3;
      }
    }
    if (focusThen !== null && focusThen !== focus) document.getElementById("lead-says").textContent = named(focus); // read out
    look(focus);
    tell();
  }

  new MutationObserver(follow).observe(view, { childList: true, subtree: true, attributes: true });
  setInterval(tell, 1_000);
  follow();
})();
