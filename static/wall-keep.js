// What a paired wall screen keeps for the time when no server answers: its last true pictures, encrypted with a key that
// no script can read out, shown only greyed and with their time. A screen that is blanked, revoked or was never paired
// keeps nothing. Browsers allow this on https and on this very machine only; elsewhere nothing is kept on the disk.
//
// Two pictures: of the time around a meeting, and of all other hours, which may show less. A screen without a server
// shows the one that its team lets it show at this hour, also when it has stood frozen since the other.
//
//   body[data-keep=keep]   keep the newest pictures; in the shell, show one
//   body[data-keep=wipe]   forget everything
(() => {
  "use strict";

  const NAME = "factboard-wall";
  const MINUTE = 60_000;
  const SOON = 3_000; // from the first sign of the server to the page that it makes
  const TICK = 5_000;
  const LONGEST = 4 * 24 * 60 * MINUTE; // over a long weekend; an older board is none
  const duty = document.body.dataset.keep;
  const able = Boolean(window.indexedDB && window.crypto?.subtle && navigator.serviceWorker);
  if (duty !== "keep" && duty !== "wipe") return;

  const done = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });

  async function opened(job) {
    const opening = indexedDB.open(NAME, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("kept");
    const base = await done(opening);
    try {
      return await job((mode = "readonly") => base.transaction("kept", mode).objectStore("kept"));
    } finally {
      base.close();
    }
  }

  // One thing after the other: what is to be forgotten must not be written a moment later.
  let queue = Promise.resolve();
  const next = (job) => (queue = queue.then(() => able && opened(job)).catch(() => {}));

  if (duty === "wipe") {
    if (!able) return;
    navigator.serviceWorker.getRegistration("/wall").then((worker) => worker?.active?.postMessage({ wipe: true }));
    indexedDB.deleteDatabase(NAME);
    return;
  }

  const view = document.getElementById("view");
  const line = document.getElementById("live-state");
  const stream = document.getElementById("live");
  const shell = Boolean(line.dataset.old);
  let pictures = {}; // `meeting` and `outside` as HTML; `hours` and `zone` as they were last heard
  let times = {}; // when each picture was last true: the server's time
  let standing = null; // which of the two is on the screen
  let written = { version: null, at: 0 };
  let forgotten = false;

  // --- which picture is for which hour --------------------------------------------------------------------------

  const minutes = (time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

  // Is it the time around a meeting, on the team's clock? As factboard/domain/wall/hours.py has it; `closed` are the days
  // off of the next weeks, the public holidays among them, as the server knows them.
  function aroundMeeting({ days, begins, before, after, closed }, zone) {
    const said = new Intl.DateTimeFormat("en-GB", {
      timeZone: zone, weekday: "short", year: "numeric", month: "2-digit", day: "2-digit",
      hour: "2-digit", minute: "2-digit", hourCycle: "h23",
    }).formatToParts(new Date());
    const now = Object.fromEntries(said.map(({ type, value }) => [type, value]));
    const weekday = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].indexOf(now.weekday);
    const open = days.split(" ").includes(String(weekday)) && !closed.split(" ").includes(`${now.year}-${now.month}-${now.day}`);
    const since = minutes(`${now.hour}:${now.minute}`) - minutes(begins);
    return open && -Number(before) <= since && since < Number(after);
  }

  // What the view shows: its slot, or nothing where somebody has blanked the walls or there is nothing to keep.
  function look() {
    const data = view.querySelector(":scope > #hours");
    if (!data) return null;
    pictures.hours = { ...data.dataset };
    pictures.zone = line.dataset.zone;
    const around = data.value === "meeting" || aroundMeeting(pictures.hours, pictures.zone);
    return { mode: data.value, name: around ? "meeting" : "outside" };
  }

  function take(seen, at) {
    standing = seen.name;
    times[seen.name] = at;
    if (seen.mode === "blank") delete pictures[seen.name];
    else pictures[seen.name] = view.innerHTML;
  }

  function forNow() {
    if (!pictures.hours) return null;
    const around = aroundMeeting(pictures.hours, pictures.zone);
    const name = around && pictures.meeting ? "meeting" : pictures.outside ? "outside" : null;
    return name && Date.now() - Date.parse(times[name]) < LONGEST ? name : null;
  }

  // --- keeping --------------------------------------------------------------------------------------------------

  async function key(store) {
    const known = await done(store().get("key"));
    if (known) return known;
    const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    await done(store("readwrite").put(made, "key"));
    return made;
  }

  async function keep(store) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(JSON.stringify(pictures));
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key(store), plain);
    await done(store("readwrite").put({ iv, sealed }, "picture"));
    await keepTimes(store);
  }

  const keepTimes = (store) => done(store("readwrite").put(times, "times"));

  async function recall(store) {
    const found = await done(store().get("picture"));
    if (!found || forgotten) return;
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: found.iv }, await key(store), found.sealed);
    pictures = { ...JSON.parse(new TextDecoder().decode(plain)), ...pictures };
    times = { ...(await done(store().get("times"))), ...times };
  }

  function forget() {
    forgotten = true;
    pictures = {};
    times = {};
    written = { version: null, at: 0 };
    next((store) => done(store("readwrite").clear()));
  }

  // A picture that stands still is as true as its last beat: its time goes on.
  function heard(event) {
    const { version, at } = JSON.parse(event.detail.data);
    const seen = version === view.querySelector(":scope > #frame")?.value && look();
    if (!seen) return;
    if (shell) setTimeout(() => location.replace("/wall"), SOON); // the page as the server makes it now
    if (seen.mode === "off") {
      standing = null;
      forget();
    } else if (version !== written.version || seen.name !== standing) {
      take(seen, at);
      written = { version, at: Date.now() };
      next(keep);
    } else {
      times[standing] = at;
      if (Date.now() - written.at < MINUTE) return;
      written.at = Date.now();
      next(keepTimes);
    }
  }

  // --- showing --------------------------------------------------------------------------------------------------

  function show(name) {
    standing = name;
    if (name) {
      line.dataset.zone = pictures.zone;
      line.dataset.at = times[name];
      view.innerHTML = pictures[name];
      view.querySelector("#frame")?.remove(); // no beat may ever name this picture as true
    } else {
      line.dataset.frozen = line.dataset.nothing;
      view.replaceChildren();
    }
  }

  // A wall that stands frozen when the hour of its picture is over, or has come.
  function judge() {
    if (!document.body.classList.contains("is-frozen")) return;
    const wanted = forNow();
    if (wanted !== standing) show(wanted);
  }

  async function settle() {
    const { active } = await navigator.serviceWorker
      .register("/wall/worker.js", { scope: "/wall" })
      .then(() => navigator.serviceWorker.ready);
    const files = [...document.querySelectorAll("script[src], link[rel=stylesheet], link[rel=icon]")];
    const paths = files.map((one) => new URL(one.src ?? one.href)).map((url) => url.pathname + url.search);
    active.postMessage({ files: paths });
  }

  if (!shell) {
    const seen = look();
    if (seen && seen.mode !== "off") take(seen, line.dataset.at);
    if (able) settle().catch(() => {});
  }
  next(recall).then(() => shell && !view.querySelector(":scope > #frame") && show(forNow()));
  stream.addEventListener("beat", heard);
  stream.addEventListener("revoked", forget);
  document.addEventListener("wall:covered", forget);
  setInterval(judge, TICK);
})();
