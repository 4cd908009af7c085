// The wall: light and dark as the frame says, the screen kept awake, one key that blanks it, nothing that burns in.
(() => {
  "use strict";

  const view = document.getElementById("view");
  if (!view) return;

  const STEP = 60_000; // between two moves of the whole picture
  const RETRY = 3_000;
  const RING = [[0, 0], [2, 1], [4, 2], [3, 4], [0, 4], [-3, 4], [-4, 2], [-2, 1]]; // pixels; no row of them is lit for ever

  function theme() {
    const wanted = view.querySelector(":scope > #theme")?.value;
    if (wanted && document.documentElement.dataset.theme !== wanted) document.documentElement.dataset.theme = wanted;
  }

  function shift() {
    const hung = matchMedia("(min-width: 64rem) and (min-height: 36rem)").matches; // a phone's page would only scroll
    const [x, y] = hung ? RING[Math.floor(Date.now() / STEP) % RING.length] : RING[0];
    // Not the body: what is fixed on a page that scrolls would be fixed to it.
    for (const part of [view, document.getElementById("live-state")]) part?.style.setProperty("translate", `${x}px ${y}px`);
  }

  // The browser lets go of the lock when the page is hidden; it may also refuse (battery, no https).
  let lock = null;
  async function stayAwake() {
    if (document.hidden || !navigator.wakeLock || (lock && !lock.released)) return;
    lock = await navigator.wakeLock.request("screen").catch(() => null);
  }

  // This wall is covered at once, whether there is a server or not; the others follow when it has been told.
  const covered = () => document.body.classList.contains("is-covered");
  const blanked = () => view.querySelector(":scope > #hours")?.value === "off";

  async function blank() {
    const form = document.querySelector("form[data-blank]");
    if (!form) return;
    const answer = await fetch(form.action, {
      method: "POST", body: new URLSearchParams(new FormData(form)), headers: { Accept: "application/json" },
    }).catch(() => null);
    if ((!answer || answer.status >= 500) && covered()) setTimeout(blank, RETRY);
  }

  function cover() {
    document.body.classList.toggle("is-covered", !blanked() && !covered());
    if (!covered()) return;
    document.dispatchEvent(new Event("wall:covered"));
    blank();
  }

  // Blank for everybody, the cover is in nobody's way when somebody shows the walls again.
  function uncover() {
    if (blanked()) document.body.classList.remove("is-covered");
  }

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key.toLowerCase() !== "b" || event.repeat || event.ctrlKey || event.metaKey || event.altKey || typing) return;
    event.preventDefault();
    cover();
  });
  document.addEventListener("visibilitychange", stayAwake);

  function changed() {
    theme();
    uncover();
  }

  new MutationObserver(changed).observe(view, { childList: true, subtree: true, attributes: true, attributeFilter: ["value"] });
  theme();
  shift();
  stayAwake();
  setInterval(() => {
    shift();
    stayAwake();
  }, STEP / 4);
})();
