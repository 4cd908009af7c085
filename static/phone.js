// The app on a phone: its service worker, and what the flag form needs where no server answers: itself without anybody
// in it, and the clients that it offers, sealed with a key that no script can read out, for twelve hours. Browsers allow
// this on https and on this very machine only.
(() => {
  "use strict";

  const FRESH = 30 * 60_000; // milliseconds for which a list is not asked for again
  const HOURS = 12; // that a list is kept
  const SHELLS = ["/offline", "/waiting"];
  const { user, team } = document.body.dataset;
  if (!window.isSecureContext || !navigator.serviceWorker) return;

  async function keepClients(outbox, worker) {
    const kept = await outbox.recall("clients");
    const own = kept && kept.user === user && kept.team === team && kept.language === document.documentElement.lang;
    if (own && Math.abs(Date.now() - kept.at) < FRESH && (await caches.match("/offline"))) return;
    if (kept && !own) await outbox.forget("clients");
    worker.postMessage({ keep: SHELLS });
    const answer = await fetch("/phone/clients", { headers: { Accept: "application/json" }, cache: "no-store" });
    if (answer.status === 401 || answer.status === 403) return outbox.forget("clients");
    if (answer.status !== 200 || !answer.headers.has("Factboard")) return;
    const reader = { user, team, language: document.documentElement.lang, at: Date.now() };
    await outbox.keep("clients", { ...(await answer.json()), ...reader }, HOURS);
  }

  async function start() {
    await navigator.serviceWorker.register("/worker.js");
    const { active } = await navigator.serviceWorker.ready;
    if (user && team && window.outbox?.able) await keepClients(window.outbox, active);
  }

  window.addEventListener("load", () => start().catch(() => {})); // without it the page is what it is
})();
