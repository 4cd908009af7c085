// What a paired wall screen keeps for the time when no server answers: its last true picture, encrypted with a key that
// no script can read out, and shown only greyed, with its time. A screen that is blank, revoked or never was paired
// keeps nothing. Browsers allow it on https and on this very machine only; elsewhere nothing is kept.
//
//   body[data-keep=keep]   keep the newest picture; in the shell, show it
//   body[data-keep=wipe]   forget everything
(() => {
  "use strict";

  const NAME = "factboard-wall";
  const SOON = 1_000; // after a change: a burst of them is one picture
  const duty = document.body.dataset.keep;
  if (!window.indexedDB || !window.crypto?.subtle || !navigator.serviceWorker || duty === "no") return;

  const done = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });

  async function kept() {
    const opening = indexedDB.open(NAME, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("kept");
    return done(opening);
  }

  async function forget() {
    const worker = await navigator.serviceWorker.getRegistration("/wall");
    worker?.active?.postMessage({ wipe: true });
    indexedDB.deleteDatabase(NAME);
  }

  if (duty === "wipe") {
    forget();
    return;
  }

  const view = document.getElementById("view");
  const line = document.getElementById("live-state");
  const read = (base, name) => done(base.transaction("kept").objectStore("kept").get(name));
  const write = (base, name, value) => done(base.transaction("kept", "readwrite").objectStore("kept").put(value, name));
  const remove = (base, name) => done(base.transaction("kept", "readwrite").objectStore("kept").delete(name));

  async function key(base) {
    const known = await read(base, "key");
    if (known) return known;
    const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    await write(base, "key", made);
    return made;
  }

  async function keep() {
    const base = await kept();
    try {
      const blank = !view.querySelector("#wall") || view.querySelector("#wall.is-blank");
      if (blank) {
        await remove(base, "picture");
        return;
      }
      const picture = { html: view.innerHTML, at: new Date().toISOString(), zone: line.dataset.zone };
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const secret = await key(base);
      const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, secret, new TextEncoder().encode(JSON.stringify(picture)));
      await write(base, "picture", { iv, sealed });
    } finally {
      base.close();
    }
  }

  async function show() {
    const base = await kept();
    try {
      const found = await read(base, "picture");
      if (!found) {
        line.dataset.frozen = line.dataset.nothing;
        return;
      }
      const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: found.iv }, await key(base), found.sealed);
      const picture = JSON.parse(new TextDecoder().decode(plain));
      line.dataset.at = picture.at;
      line.dataset.zone = picture.zone;
      if (!view.querySelector("#wall")) view.innerHTML = picture.html;
      view.querySelector("#frame")?.remove(); // no beat may ever name this picture as true
    } finally {
      base.close();
    }
  }

  let soon = null;
  const isTrue = () => document.body.classList.contains("is-live");
  new MutationObserver(() => {
    clearTimeout(soon);
    soon = setTimeout(() => isTrue() && keep().catch(() => {}), SOON);
  }).observe(view, { childList: true, subtree: true, characterData: true });
  // A picture that stands still is as true as its last beat: its time goes on.
  document.getElementById("live")?.addEventListener("beat", () => {
    if (!soon && isTrue()) soon = setTimeout(() => ((soon = null), keep().catch(() => {})), SOON);
  });

  async function settle() {
    await navigator.serviceWorker.register("/wall/worker.js", { scope: "/wall" });
    const { active } = await navigator.serviceWorker.ready;
    const files = [...document.querySelectorAll("script[src], link[rel=stylesheet], link[rel=icon]")];
    const paths = files.map((one) => new URL(one.src ?? one.href)).map((url) => url.pathname + url.search);
    active.postMessage({ files: paths });
  }

  if (line.dataset.old) show().catch(() => {});
  else settle().catch(() => {});
})();
