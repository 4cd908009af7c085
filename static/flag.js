// What becomes of a flag: sent, saved, taken, or NOT SENT. Without this script, and where the phone can keep nothing, htmx or
// the browser sends the form (static/flag-form.js is the form itself).
//
// One flag has one id, which stands in the form before the first try, in the outbox with what was written, and in this
// page's place in the browser's history: a double tap, a reload and the back button find it again. Exactly one thing
// shows: the form, or one state of what was sent.
(() => {
  "use strict";

  const outbox = self.outbox;
  const states = document.getElementById("flag-state");
  if (!states || !self.flag) return;
  const { form, client, category, choose, fold, lacks, keepCategory, verb } = self.flag;

  const SLOW = 3_000; // milliseconds after which a slow connection is called one
  const ASK = 4_000; // how often it is asked who has taken it
  const UNDO = 55_000; // the server's own minute, less the way there

  const part = (state) => states.querySelector(`[data-state=${state}]`);
  const locale = document.documentElement.lang === "en" ? "en-GB" : "sv-SE";
  const clock = (at, seconds) =>
    new Intl.DateTimeFormat(locale, {
      timeZone: states.dataset.zone, hourCycle: "h23", hour: "2-digit", minute: "2-digit", ...(seconds && { second: "2-digit" }),
    }).format(new Date(at));

  // --- what shows ---------------------------------------------------------------------------------------------

  let state = "form";
  let current = null; // the id of what was sent
  let slow = null;

  function show(next, { silent } = {}) {
    const before = state;
    state = next;
    const sending = next === "sending";
    const button = form().querySelector(".send .primary");
    button.textContent = sending ? button.dataset.sending : verb();
    form().inert = sending;
    form().hidden = next !== "form" && !sending;
    form().querySelector("[data-slow]").hidden = true;
    clearTimeout(slow);
    if (sending) slow = setTimeout(() => (form().querySelector("[data-slow]").hidden = false), SLOW);
    for (const one of states.querySelectorAll("[data-state]")) one.hidden = one.dataset.state !== next;
    fill(states, "spoken", sending ? button.dataset.sending : "");
    if (next === before || next === "form" || sending) return;
    scrollTo(0, 0);
    part(next).querySelector("h2").focus();
    if (!silent) navigator.vibrate?.(next === "saved" ? 80 : [200, 100, 200]);
  }

  function fill(where, name, words) {
    for (const slot of where.querySelectorAll(`[data-slot=${name}]`)) slot.textContent = words;
  }

  const only = (where, attribute, value) => {
    for (const one of where.querySelectorAll(`[data-${attribute}]`)) one.hidden = one.dataset[attribute] !== value;
  };

  function what({ whom = "", words = "", fields = [] }) {
    const chosen = [...form().querySelectorAll("[name=category]")].find(({ value }) => value === new Map(fields).get("category"));
    fill(states, "whom", whom);
    fill(states, "category", chosen?.closest("label").textContent.trim() ?? "");
    fill(states, "words", words);
  }

  // --- sending ------------------------------------------------------------------------------------------------

  let replaces = null; // the id of an entry that this form is written instead of
  let plainly = false; // let the next one pass to htmx, which tells mistakes beside their fields

  document.addEventListener(
    "submit",
    (event) => {
      if (event.target !== form()) return;
      const find = event.submitter?.name === "find";
      if (!find && (!outbox?.able || plainly)) {
        plainly = false;
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      if (!find && state === "form" && !lacks()) send();
    },
    true,
  );

  function sendPlainly() {
    show("form");
    setTimeout(() => {
      plainly = true;
      form().requestSubmit(); // which does nothing while the last submit is still being told of
    });
  }

  async function send() {
    const { request_id: place, reason } = form().elements;
    if (!place.value || place.value === replaces) place.value = crypto.randomUUID();
    const id = place.value;
    const fields = [...new FormData(form())].filter(([name, value]) => value !== "" && name !== "q");
    const said = { whom: client().dataset.whom.trim(), words: reason.value.trim() };
    show("sending");
    what({ ...said, fields });
    try {
      const who = await outbox.who();
      history.replaceState({ ...history.state, flag: id }, "");
      await outbox.put({ id, url: "/flag", fields, kind: "flag", ...said, user: who.user, team: who.team });
    } catch {
      sendPlainly(); // nothing can be kept here, or nobody is known to have written it
      return;
    }
    if (replaces) await outbox.discard(replaces).catch(() => {});
    replaces = null;
    await attempt(id);
  }

  async function attempt(id, how) {
    current = id;
    const answer = await outbox.try(id, how).catch(() => ({ state: "waiting", why: "network" }));
    settle(answer);
  }

  function settle({ state: now, receipt, why, problem }, how) {
    if (now === "saved") saved(receipt, how);
    else if (now === "asks" && client()?.value === "" && form().elements.request_id.value === current) {
      history.replaceState(null, "", `/flag#again=${encodeURIComponent(current)}`); // a name as it was typed: found with the server
      location.reload();
    } else if (now === "asks" && Object.keys(problem.errors ?? {}).length && form().elements.request_id.value === current) {
      replaces = current;
      sendPlainly();
    } else if (now === "asks") asks(problem);
    else if (now === "waiting") waits(why);
    else show("left", { silent: true });
  }

  function waits(why) {
    only(part("waiting"), "why", ["sign_in", "server"].includes(why) ? why : "network");
    show("waiting");
  }

  function list(name, sentences) {
    const items = sentences.map((words) => Object.assign(document.createElement("li"), { textContent: words }));
    part("asks").querySelector(`[data-slot=${name}]`).replaceChildren(...items);
  }

  function asks(problem) {
    const meanwhile = problem.meanwhile ?? [];
    list("said", problem.said ?? []);
    list("meanwhile", meanwhile.map(({ at, told }) => `${clock(at)} ${told}`));
    part("asks").querySelector("[data-slot=happened]").hidden = !meanwhile.length;
    part("asks").querySelector("[data-anyway]").hidden = !problem.anyway;
    show("asks");
  }

  // --- saved, and then taken ----------------------------------------------------------------------------------

  let asking = null;

  function saved(receipt, { loaded } = {}) {
    const place = part("saved");
    fill(place, "time", clock(receipt.at, true));
    fill(place, "seq", new Intl.NumberFormat(locale).format(receipt.seq));
    fill(place, "screens", new Intl.NumberFormat(locale).format(receipt.screens ?? 0));
    place.querySelector("[data-one]").hidden = receipt.screens !== 1;
    place.querySelector("[data-many]").hidden = receipt.screens === 1;
    place.querySelector("[data-slot=receipt]").href = `/flag/${receipt.seq}?screens=${receipt.screens ?? 0}`;
    const undo = place.querySelector("[data-undo]");
    undo.hidden = loaded || !receipt.client || receipt.repeated;
    if (!undo.hidden) {
      undo.action = `/clients/${receipt.client}/undo/${receipt.seq}`;
      setTimeout(() => (undo.hidden = true), UNDO);
    }
    taken(receipt.taken_by ? { taken_by: receipt.taken_by } : {});
    show("saved", { silent: loaded });
    clearInterval(asking);
    asking = setInterval(ask, ASK, receipt.seq);
    ask(receipt.seq);
  }

  function taken({ taken_by: name, at, over }) {
    const place = part("saved");
    fill(place, "name", name ?? "");
    fill(place, "taken", at ? clock(at) : "");
    only(place, "taken", over || (name && at ? "somebody" : "nobody"));
    return Boolean(over || (name && at));
  }

  async function ask(seq) {
    if (document.hidden) return;
    const signal = AbortSignal.timeout(ASK);
    const answer = await fetch(`/flag/${seq}/taken`, { headers: { Accept: "application/json" }, cache: "no-store", signal }).catch(() => null);
    if (answer?.ok && answer.headers.has("Factboard") && taken(await answer.json())) clearInterval(asking);
    else if ([401, 403, 404].includes(answer?.status)) clearInterval(asking);
  }

  // --- what a person decides ----------------------------------------------------------------------------------

  const anew = () => history.replaceState({ ...history.state, flag: null }, ""); // the next page has this one's place

  states.addEventListener("click", async ({ target }) => {
    if (target.closest("[data-anew]")) anew();
    const button = target.closest("button");
    if (!button || button.closest("form") || button.ariaBusy === "true") return;
    const words = button.textContent;
    button.ariaBusy = "true";
    if (button.matches("[data-try], [data-anyway]")) button.textContent = form().querySelector(".send .primary").dataset.sending;
    if (button.matches("[data-try]")) await attempt(current);
    if (button.matches("[data-anyway]")) await attempt(current, { anyway: true });
    if (button.matches("[data-change]")) await rewrite(current);
    if (button.matches("[data-leave]")) {
      const gone = await outbox.discard(current).catch(() => null);
      if (gone !== null) await look();
    }
    button.textContent = words;
    button.ariaBusy = null;
  });

  // --- coming back to it --------------------------------------------------------------------------------------

  // What this page sent may have been sent meanwhile, by another page or by the worker, or thrown away in /waiting.
  async function look(how) {
    const receipt = await outbox.done(current);
    if (receipt) return saved(receipt, how);
    const entry = (await outbox.list()).find(({ id }) => id === current);
    if (!entry) return show("left", { silent: true });
    what(entry);
    return settle(entry, how);
  }

  const channel = outbox?.able && self.BroadcastChannel && new BroadcastChannel("factboard-outbox");
  if (channel) channel.onmessage = () => ["waiting", "asks"].includes(state) && look().catch(() => {});

  function row({ whom }, id, seen) {
    const label = Object.assign(document.createElement("label"), { className: "choice found" });
    const radio = Object.assign(document.createElement("input"), { type: "radio", name: "client", value: id });
    Object.assign(radio.dataset, { whom, seen: seen ?? "" });
    label.append(radio, Object.assign(document.createElement("b"), { textContent: whom }));
    form().querySelector("#found").prepend(label);
    return radio;
  }

  // The form as an entry has it, to be sent instead of it.
  async function rewrite(id) {
    const { user } = (await outbox.who()) ?? {};
    const entry = (await outbox.list()).find((one) => one.id === id && one.user === user && one.fields);
    if (!entry) return;
    const said = Object.fromEntries(entry.fields);
    const chosen = [...form().querySelectorAll("[name=client]")].find((one) => one.value === said.client);
    const radio = said.client ? (chosen ?? row(entry, said.client, said.seen)) : null; // written without a server: see flag-kept.js
    for (const [name, value] of entry.fields) {
      const fields = [...form().querySelectorAll(`[name="${CSS.escape(name)}"]`)];
      const choice = fields.find((one) => one.type === "radio" || one.type === "checkbox");
      if (["request_id", "seen", "client"].includes(name) || !fields.length) continue;
      if (!choice) fields[0].value = value;
      else if (fields.some((one) => one.value === value)) fields.find((one) => one.value === value).checked = true;
      else if (name === "warning_signs") fields[0].after(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    }
    if (category()) keepCategory();
    if (radio) {
      radio.checked = true;
      choose(radio, 0);
    }
    replaces = id;
    form().elements.request_id.value = crypto.randomUUID();
    form().querySelector(".rare").open = ["needed", "informed", "source", "review_by"].some((name) => said[name]);
    history.replaceState({ ...history.state, flag: null }, "", location.pathname + location.search);
    show("form");
    fold(Boolean(radio));
    if (radio) form().elements.reason.focus();
    else {
      fill(form(), "wrote", entry.whom);
      form().querySelector("[data-wrote]").hidden = false;
      form().elements.q.value = entry.whom;
      form().elements.q.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  async function begin() {
    const again = /^#again=([\w.:-]{1,100})$/.exec(location.hash)?.[1];
    if (again) return rewrite(again);
    const id = history.state?.flag;
    if (!id) return;
    const { user } = (await outbox.who()) ?? {};
    const [receipt, entries] = [await outbox.done(id), await outbox.list()];
    const entry = entries.find((one) => one.id === id);
    if (receipt || entry?.user === user) {
      current = id;
      if (receipt || entry.state === "asks") return look({ loaded: true });
      what(entry);
      show("sending");
      return attempt(id);
    }
    anew();
  }

  if (outbox?.able) begin().catch(() => show("form"));
})();
