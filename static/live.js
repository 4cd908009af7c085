// The watchdog: a board that may be wrong must never look right. See docs/live.md.
//
// It trusts only beats that name the version on the screen, and counts their age on two clocks at once: the
// monotonic one stops while a computer sleeps, the wall clock can be set. The older age wins.
(() => {
  "use strict";

  const LATE = 12_000;
  const FROZEN = 30_000;
  const BEHIND = 5_000; // how long the screen may show less than the beat says
  const TICK = 500;
  const SLEPT = 5_000; // a gap between two ticks that means the page was not running
  const KICK = 5_000; // between two forced reconnects
  const RESCUE = 30_000; // of being frozen, until the page is loaded anew

  const stream = document.getElementById("live");
  const view = document.getElementById("view");
  const line = document.getElementById("live-state");
  if (!stream || !view || !line) return;

  const instant = () => ({ steady: performance.now(), wall: Date.now() });
  const since = (then) => Math.max(performance.now() - then.steady, Date.now() - then.wall);

  let connection = null; // htmx's
  let beat = null; // the newest, null where none is to be trusted
  const old = line.dataset.old ? { steady: -Infinity, wall: 0 } : null; // a kept picture was right some time ago
  let truth = { when: old ?? instant(), at: line.dataset.at }; // the last moment that the screen is known to have been right
  let confirmed = false; // has a beat named what is on the screen, since the page was opened or woke up?
  let behind = null; // since when the screen shows another version than the beat names
  let epoch = null;
  let restarting = false;
  let signedOut = false;
  let ticked = instant();
  let kicked = instant();
  let rescued = instant();

  const shown = () => view.querySelector(":scope > #frame")?.value;

  // What the server need not send again: the version on the screen, unless a swap broke off in it.
  let whole = true;
  const held = () => (whole && shown()) || "";

  function settle() {
    if (beat === null) return;
    if (beat.version === shown()) {
      truth = beat;
      confirmed = true;
      behind = null;
    } else {
      behind ??= instant();
    }
  }

  function state() {
    const age = since(truth.when);
    if (age >= FROZEN) return "frozen";
    if (age >= LATE || (behind && since(behind) >= BEHIND)) return "late";
    if (restarting) return "restarting";
    return confirmed ? "live" : "waiting";
  }

  function localTime(at) {
    if (!at) return "";
    const dayToo = since(truth.when) > 12 * 3_600_000 ? { day: "numeric", month: "short" } : {};
    return new Intl.DateTimeFormat(document.documentElement.lang || undefined, {
      ...dayToo, hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: line.dataset.zone,
    }).format(new Date(at));
  }

  function say(now) {
    for (const name of ["waiting", "live", "restarting", "late", "frozen"]) {
      document.body.classList.toggle(`is-${name}`, name === now);
    }
    const text = (line.dataset[now] ?? "").replace("{time}", localTime(truth.at || line.dataset.at));
    if (line.textContent !== text) line.textContent = text;
  }

  function kick() {
    kicked = instant();
    connection?.delayCanceller?.();
    connection?.reader?.cancel().catch(() => {});
  }

  // Where the page itself can be had, but no stream, a script did not load or is stuck. Never under a form.
  async function rescue() {
    rescued = instant();
    const answer = await fetch(location.href, { method: "HEAD", cache: "no-store" }).catch(() => null);
    if (answer?.ok && state() === "frozen" && !document.querySelector("dialog[open]")) location.reload();
  }

  // After sleep, a frozen tab or a page from the back button, what came before proves nothing.
  function doubt() {
    beat = null;
    confirmed = false;
    behind = null;
    say(state());
  }

  const overslept = () => since(ticked) > SLEPT && !document.hidden;

  function judge() {
    if (signedOut) return;
    const wokeUp = overslept();
    ticked = instant();
    if (wokeUp) {
      doubt();
      kick();
    }
    const now = state();
    say(now);
    if (document.hidden) return;
    if ((now === "late" || now === "frozen") && since(kicked) >= KICK) kick();
    if (now !== "frozen" || wokeUp) rescued = instant();
    if (since(rescued) >= RESCUE) rescue();
  }

  // Names go at once, also those in a dialog or a menu; the sign-in page comes when it can.
  function signOut() {
    if (signedOut) return;
    signedOut = true;
    stream.remove(); // no frame comes after this
    view.replaceChildren();
    for (const over of document.querySelectorAll("dialog, [popover]")) over.remove();
    document.body.classList.add("is-signed-out");
    say("frozen");
    line.textContent = line.dataset.signedOut ?? "";
    const here = encodeURIComponent(location.pathname + location.search);
    location.replace(`${line.dataset.login || "/login"}?next=${here}`);
  }

  const refused = (status) => status === 401 || status === 403;

  stream.addEventListener("beat", (event) => {
    if (overslept()) return; // it may have lain in a buffer through the sleep; the tick reconnects
    const heard = JSON.parse(event.detail.data);
    epoch ??= heard.epoch;
    if (heard.epoch !== epoch) {
      location.reload();
      return;
    }
    beat = { version: heard.version, at: heard.at, when: instant() };
    restarting = false;
    settle();
    say(state());
  });
  stream.addEventListener("bye", () => {
    restarting = true;
    say(state());
  });
  stream.addEventListener("revoked", signOut);
  stream.addEventListener("moved", () => {
    view.replaceChildren(); // this reader sees otherwise from now on: what stands there may not be theirs any more
    doubt();
    kick();
  });
  stream.addEventListener("htmx:config:request", (event) => {
    if (held()) event.detail.ctx.request.headers["Last-Event-ID"] = held();
  });
  stream.addEventListener("htmx:sse:before:connection", (event) => {
    const shows = { get: held, set() {}, configurable: true }; // not what has come, but what stands there
    Object.defineProperty(event.detail.connection, "lastEventId", shows);
  });
  stream.addEventListener("htmx:sse:after:connection", (event) => {
    connection = event.detail.connection;
  });
  stream.addEventListener("htmx:sse:before:message", (event) => {
    if (!event.detail.message.event) whole = false;
  });
  stream.addEventListener("htmx:sse:after:message", (event) => {
    if (!event.detail.message.event) whole = true;
    settle();
  });
  stream.addEventListener("htmx:sse:error", (event) => {
    if (refused(event.detail.status)) signOut();
  });
  stream.addEventListener("htmx:response:error", (event) => {
    if (refused(event.detail.ctx.response.status)) signOut();
  });

  document.addEventListener("visibilitychange", doubt);
  document.addEventListener("resume", doubt);
  addEventListener("pagehide", doubt);
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    doubt();
    kick();
  });
  addEventListener("online", kick);

  say("waiting");
  setInterval(judge, TICK);
})();
