// What waits on this phone, on every page: it is counted, tried again, and said so. See static/outbox-core.js.
(() => {
  "use strict";

  const outbox = self.outbox;
  const { user, team, shell } = document.body.dataset;
  const HOURS = 24; // that the phone remembers who works on it, for pages that come without a server

  // Who works on this phone: { user, team } or null. A page that came without a server knows it from the last one.
  outbox.who = async () => (user ? { user, team } : shell === undefined ? null : outbox.recall("who"));

  const remember = () => (user ? outbox.keep("who", { user, team }, HOURS) : shell === undefined && outbox.forget("who"));
  if (outbox.able) Promise.resolve(remember()).catch(() => {});
})();
