// What waits on this phone (static/outbox-core.js), on every page: said in words, tried again, asked about.
//
//   #unsent                 the banner, with its words in its data; all of it leads to /waiting
//   form[data-outbox]       keep, worse: on the phone before htmx sends it, and until the server has answered
//   form[action="/logout"]  where something waits, it asks first; the phone forgets all else
//   #unsent-old             shown when something has waited for a day
(() => {
  "use strict";

  const { outbox } = self;
  const { user, team, shell } = document.body.dataset;
  const banner = document.getElementById("unsent");
  const toasts = document.getElementById("toasts");
  const PAUSE = 15_000; // milliseconds between two tries, at first
  const LONGEST = 60_000;
  const SENDING = 5_000; // so long the button that sends speaks for itself
  const PATIENCE = 20_000;
  const DAY = 86_400_000;
  const HOURS = 24; // that the phone remembers who works on it, for pages that come without a server

  // Who works on this phone: { user, team } or null. A page that came without a server knows it from the last one.
  outbox.who = async () => (user ? { user, team } : shell === undefined ? null : outbox.recall("who"));

  // What is pressed on this page is its reader's, also when somebody else has signed in meanwhile in another tab.
  document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
    if (user && ctx.request.method === "POST") ctx.request.headers["Factboard-For"] = `${user} ${team}`;
  });

  if (!outbox.able || !banner) return;

  if (user) outbox.keep("who", { user, team }, HOURS).catch(() => {});
  else if (shell === undefined) outbox.forget("who").catch(() => {});

  // --- what is said ---------------------------------------------------------------------------------------------

  let fresh = null; // when to look again at what is being sent
  let spoken = []; // one's own, of which the banner has spoken

  // In which line of the banner it is counted.
  function group(row, me) {
    if (row.why === "unreadable") return "unreadable";
    if (row.user !== me) return "others";
    return row.state === "asks" ? "asks" : row.why === "sign_in" ? "signed" : "waits";
  }

  async function show() {
    const me = (await outbox.who())?.user;
    const all = await outbox.look();
    const rows = all.filter((row) => row.why || row.state === "asks" || row.age > SENDING);
    clearTimeout(fresh);
    if (all.length > rows.length) fresh = setTimeout(() => show().catch(() => {}), SENDING);
    const lines = ["asks", "waits", "signed", "others", "unreadable"].flatMap((name) => {
      const n = rows.filter((row) => group(row, me) === name).length;
      const words = banner.dataset[name].replace("{n}", n);
      return n ? Object.assign(document.createElement("a"), { href: "/waiting", className: name, textContent: words }) : [];
    });
    if (lines.map((one) => one.textContent).join() !== [...banner.children].map((one) => one.textContent).join()) {
      banner.replaceChildren(...lines); // said once, not every quarter of a minute
    }
    navigator.setAppBadge?.(rows.length).catch(() => {});
    // What this page has sent itself it says itself (static/flag.js).
    const itself = document.getElementById("flag-state") && history.state?.flag;
    const gone = spoken.filter((id) => id !== itself && !rows.some((row) => row.id === id));
    spoken = rows.filter((row) => row.user === me).map((row) => row.id);
    const sent = (await Promise.all(gone.map(outbox.done))).filter(Boolean).length;
    if (sent && toasts) {
      for (const old of toasts.querySelectorAll("[data-waits]")) old.remove();
      const toast = Object.assign(document.createElement("div"), { className: "toast" });
      toast.dataset.seconds = "20";
      toast.append(Object.assign(document.createElement("p"), { textContent: banner.dataset.sent.replace("{n}", sent) }));
      toasts.append(toast);
    }
    return rows.filter((row) => row.user === me);
  }

  // --- trying again ---------------------------------------------------------------------------------------------

  let pause = PAUSE;
  let timer = null;

  async function go() {
    const me = await outbox.who();
    if (me) await outbox.tryAll(me.user);
    const mine = await show();
    clearTimeout(timer);
    if (document.hidden || !mine.some((row) => row.state === "waiting")) return;
    timer = setTimeout(run, pause);
    pause = Math.min(pause * 1.5, LONGEST);
  }

  let running = null;
  let wanted = false; // once more, as something has changed since it began

  function run() {
    wanted = Boolean(running);
    running ??= go()
      .catch(() => {
        clearTimeout(timer); // its storage does not answer just now
        timer = setTimeout(run, LONGEST);
      })
      .finally(() => {
        running = null;
        if (wanted) run();
      });
    return running;
  }

  function soon() {
    pause = PAUSE;
    return run();
  }

  for (const sign of ["online", "focus", "pageshow"]) addEventListener(sign, soon);
  document.addEventListener("visibilitychange", () => document.hidden || soon());
  new BroadcastChannel("factboard-outbox").onmessage = () => show().catch(() => {});
  document.addEventListener("htmx:after:request", (event) => outbox.learn(event.detail.ctx.response.raw));

  // --- forms that htmx sends ------------------------------------------------------------------------------------

  const ANSWERED = [409, 422]; // the form comes back, with what is wrong or what has happened

  // On the phone first. Only an answer of ours counts; whatever else comes back, it waits.
  async function through(ctx, entry, url, request) {
    let answer = null;
    try {
      await outbox.put(entry);
    } catch {
      return fetch(url, request); // nothing can be kept here: the form stands as it is, and says itself how it went
    }
    const { again } = ctx.sourceElement.dataset;
    if (again) await outbox.discard(again);
    const send = async () => {
      answer = await fetch(url, { ...request, redirect: "manual" });
      const said = answer.headers.get("Factboard-Saved");
      const { status } = answer;
      if (status === 401) return { status, said: answer.headers.has("Factboard") };
      if (!said || (said === "no" && !ANSWERED.includes(status))) return {};
      return { status, said: { saved: said !== "no", seq: Number(said), request_id: entry.id } };
    };
    const { state } = await outbox.try(entry.id, { send });
    if (state === "asks") await outbox.discard(entry.id); // it stands in the form, before whoever wrote it
    if (state === "waiting" && answer?.status !== 401) {
      ctx.waits = true;
      ctx.sourceElement.inert = true; // what is written there is on its way as it is
      document.dispatchEvent(new CustomEvent("waits", { detail: { words: banner.dataset.unsent, form: ctx.sourceElement } }));
      soon();
      throw new Error("it waits on the phone");
    }
    return answer ?? fetch(url, request);
  }

  document.addEventListener("htmx:config:request", (event) => {
    const { ctx } = event.detail;
    const { body, action: url } = ctx.request;
    const { outbox: kind, whom = "" } = ctx.sourceElement.dataset ?? {};
    if (!user || !(kind === "keep" || (kind === "worse" && body.get("rating") === "worse"))) return;
    const id = body.get("request_id");
    const words = body.get("reason") || body.get("note") || "";
    const entry = { id, url, fields: [...body], kind, whom, words, user, team };
    ctx.request.timeout = PATIENCE;
    ctx.fetch = (where, request) => through(ctx, entry, where, request);
  });

  // What the server did not take, in the form of that act, to be changed.
  async function fillAgain(id) {
    const form = document.querySelector("main form[data-outbox]:not([data-outbox=flag])");
    const entry = form && (await outbox.list()).find((one) => one.id === id && one.user === user);
    if (!entry) return;
    form.dataset.again = id;
    for (const [name, value] of entry.fields.filter(([name]) => !["request_id", "seen"].includes(name))) {
      for (const field of form.querySelectorAll(`[name="${name}"]`)) {
        if (!["radio", "checkbox"].includes(field.type)) field.value = value;
        else if (field.value === value) field.checked = true;
      }
    }
  }

  // --- questions ------------------------------------------------------------------------------------------------

  const own = async () => (await outbox.look()).filter((row) => row.user === user);

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.getAttribute("action") !== "/logout") return;
    event.preventDefault();
    const mine = await own().catch(() => []);
    if (mine.length && !form.matches("[data-anyway]")) location.assign("/waiting#leaving");
    else outbox.forget().catch(() => {}).finally(() => form.submit());
  });

  // Never over the form that puts somebody on the board, nor where it is decided.
  async function demand() {
    const dialog = document.getElementById("unsent-old");
    if (!dialog || document.querySelector("#flag, #waiting, dialog[open]")) return;
    if ((await own()).some((row) => row.age > DAY)) dialog.showModal();
  }

  const again = location.hash.match(/^#again=(.+)/)?.[1];
  if (again) fillAgain(decodeURIComponent(again)).catch(() => {});
  soon().then(demand).catch(() => {});
})();
