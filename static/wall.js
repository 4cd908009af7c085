// The wall: light and dark as the frame says, the screen kept awake, one key that blanks it, nothing that burns in.
(() => {
  "use strict";

  const view = document.getElementById("view");
  if (!view) return;

  const STEP = 60_000; // between two moves of the whole picture
  const RING = [[0, 0], [2, 1], [4, 2], [3, 4], [0, 4], [-3, 4], [-4, 2], [-2, 1]]; // pixels; no row of them is lit for ever

  function theme() {
    const wanted = view.querySelector(":scope > #theme")?.value;
    if (wanted && document.documentElement.dataset.theme !== wanted) document.documentElement.dataset.theme = wanted;
  }

  function shift() {
    const [x, y] = RING[Math.floor(Date.now() / STEP) % RING.length];
    // Not the body: what is fixed on a page that scrolls would be fixed to it.
    for (const part of [view, document.getElementById("live-state")]) part?.style.setProperty("translate", `${x}px ${y}px`);
  }

  // The browser lets go of the lock when the page is hidden; it may also refuse (battery, no https).
  let lock = null;
  async function stayAwake() {
    if (document.hidden || !navigator.wakeLock || (lock && !lock.released)) return;
    lock = await navigator.wakeLock.request("screen").catch(() => null);
  }

  async function blank() {
    const form = document.querySelector("form[data-blank]");
    if (!form) return;
    const answer = await fetch(form.action, {
      method: "POST", body: new URLSearchParams(new FormData(form)), headers: { Accept: "application/json" },
    }).catch(() => null);
    if (!answer?.ok && answer?.status !== 409) form.requestSubmit();
  }

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key.toLowerCase() !== "b" || event.repeat || event.ctrlKey || event.metaKey || event.altKey || typing) return;
    event.preventDefault();
    blank();
  });
  document.addEventListener("visibilitychange", stayAwake);

  new MutationObserver(theme).observe(view, { childList: true, subtree: true, attributes: true, attributeFilter: ["value"] });
  theme();
  shift();
  stayAwake();
  setInterval(() => {
    shift();
    stayAwake();
  }, STEP / 4);
})();
