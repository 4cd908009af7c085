// The page of what waits on this phone: filled in from the phone alone, so that it is the same without a server.
(() => {
  "use strict";

  const { outbox } = self;
  const place = document.getElementById("waiting");
  const list = document.getElementById("waiting-list");
  const model = document.getElementById("waiting-entry").content.firstElementChild;
  const said = document.getElementById("waiting-said");
  const leaving = document.getElementById("leaving");
  const words = place.dataset;
  const DAY = 86_400_000;

  const time = (at, day = true) =>
    new Intl.DateTimeFormat(document.documentElement.lang === "en" ? "en-GB" : "sv-SE", {
      ...(day ? { day: "numeric", month: "short" } : { second: "2-digit" }), hour: "2-digit", minute: "2-digit", hourCycle: "h23",
    }).format(at);

  const hide = (one, hidden) => (one.hidden = Boolean(hidden));

  function sentences(under, texts) {
    under.replaceChildren(...texts.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
  }

  // Where what was refused can be changed: the form it came from, or the one that says the same.
  function formOf({ id, kind, url }) {
    const address = kind === "flag" ? "/flag" : url.replace(/\/visits\/\d+\/done$/, "/contact");
    return `${address}#again=${encodeURIComponent(id)}`;
  }

  function why({ unreadable, state, why: reason, tries }) {
    if (unreadable) return words.lost;
    if (state === "asks") return words.asks;
    if (reason === "sign_in") return words.signed;
    return words[reason] ?? (tries ? words.network : words.fresh);
  }

  function fill(item, entry) {
    const part = (name) => item.querySelector(`.${name}`);
    const button = (value) => item.querySelector(`button[value=${value}]`);
    const asks = entry.state === "asks" && !entry.unreadable;
    const signedOut = entry.why === "sign_in" && !asks;
    item.dataset.id = entry.id;
    item.classList.toggle("asks", asks);
    part("kind").textContent = words[entry.kind] ?? "";
    part("whom").textContent = entry.whom ?? "";
    part("words").textContent = entry.words ?? "";
    part("why").textContent = why(entry);
    const { said: told = [], meanwhile = [], anyway } = entry.problem ?? {};
    hide(part("server"), !asks);
    sentences(part("told"), told);
    sentences(part("since"), meanwhile.map((one) => `${time(Date.parse(one.at))} ${one.told}`));
    hide(part("meanwhile-now"), !meanwhile.length);
    const at = new Date(Date.now() - entry.age); // by the clock as it is now
    part("made").textContent = words.made.replace("{time}", time(at));
    part("tried").textContent = words.tried.replace("{n}", entry.tries);
    part("old").textContent = entry.age > DAY ? words.old : "";
    hide(button("anyway"), !(asks && anyway));
    hide(button("try"), entry.unreadable || signedOut || asks); // once more the same is refused once more
    hide(part("sign-in"), !signedOut);
    hide(part("change"), !asks);
    part("change").classList.toggle("primary", !anyway);
    if (asks) part("change").href = formOf(entry);
  }

  let queue = Promise.resolve();
  const show = () => (queue = queue.then(draw).catch(() => {}));

  async function draw() {
    const me = (await outbox.who())?.user;
    const entries = (await outbox.list()).filter((one) => (one.user === me && me) || one.unreadable);
    entries.sort((one, other) => (other.state === "asks") - (one.state === "asks") || other.age - one.age);
    const items = entries.map((entry) => {
      const item = [...list.children].find((one) => one.dataset.id === entry.id) ?? model.cloneNode(true);
      fill(item, entry);
      return item;
    });
    for (const item of [...list.children]) if (!items.includes(item)) item.remove();
    items.forEach((item, n) => list.children[n] === item || list.insertBefore(item, list.children[n] ?? null));
    const waits = (await outbox.count()) > 0;
    hide(document.getElementById("waiting-none"), waits);
    hide(document.getElementById("waiting-nobody"), me || !waits);
    hide(document.getElementById("waiting-others"), !me || !waits || entries.length);
    hide(leaving, location.hash !== "#leaving");
    const refused = entries.find((one) => one.state === "asks" && !one.unreadable);
    const sends = entries.some((one) => one.state !== "asks");
    hide(leaving.querySelector("h2"), !entries.length);
    for (const one of leaving.querySelectorAll(".choose, .change")) hide(one, !refused);
    for (const one of leaving.querySelectorAll(".stays, [value=send]")) hide(one, !sends);
    leaving.querySelector("[value=send]").classList.toggle("primary", !refused);
    if (refused) leaving.querySelector(".change").href = formOf(refused);
    const kept = await outbox.recall("clients");
    if (me && kept?.user === me && kept.call) document.getElementById("waiting-call").innerHTML = kept.call;
  }

  async function tried(id, how) {
    const { state, receipt } = await outbox.try(id, how);
    if (state === "saved") {
      said.textContent = words.saved.replace("{time}", time(Date.parse(receipt.at), false)).replace("{seq}", receipt.seq);
    } else said.textContent = { waiting: words.still, gone: words.gone }[state] ?? "";
  }

  const doing = {
    try: (id) => tried(id),
    anyway: (id) => tried(id, { anyway: true }),
    gone: async (id) => (said.textContent = (await outbox.discard(id)) ? words.thrown : words.gone),
  };

  list.addEventListener("click", async (event) => {
    const button = event.target.closest("button");
    const item = button?.closest(".entry");
    if (!item || item.getAttribute("aria-busy")) return;
    const sure = item.querySelector(".sure");
    if (button.value === "throw" || button.value === "keep") {
      hide(sure, button.value === "keep");
      item.querySelector(button.value === "keep" ? "[value=throw]" : "[value=keep]").focus();
      return;
    }
    item.setAttribute("aria-busy", "true");
    await doing[button.value](item.dataset.id).catch(() => (said.textContent = words.still));
    item.removeAttribute("aria-busy");
    await show();
    if (!item.isConnected) document.getElementById("content").focus();
  });

  leaving.addEventListener("click", async (event) => {
    if (event.target.closest("button")?.value !== "send") return;
    const me = (await outbox.who())?.user;
    await outbox.tryAll(me);
    await show();
    const left = (await outbox.look()).filter((row) => row.user === me);
    if (left.length) said.textContent = left.some((row) => row.state === "asks") ? words.choose : words.still;
    else leaving.querySelector("form").requestSubmit();
  });

  if (!outbox.able) {
    hide(document.getElementById("waiting-unable"), false);
    return;
  }
  new BroadcastChannel("factboard-outbox").onmessage = show;
  addEventListener("hashchange", show);
  show();
})();
