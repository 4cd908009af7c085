// Notifications on this phone, on /phone. The browser is asked for leave only after a touch; what cannot be is said.
(() => {
  "use strict";

  const place = document.querySelector(".push");
  if (!place) return;

  const PATIENCE = 20_000; // milliseconds
  const { key, on, endpoint } = place.dataset;

  function show(...states) {
    for (const part of place.querySelectorAll("[data-state]")) part.hidden = !states.includes(part.dataset.state);
  }

  const apple = /iPhone|iPad|iPod/.test(navigator.userAgent) || (/Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1);
  const installed = navigator.standalone || matchMedia("(display-mode: standalone)").matches;
  const able = window.isSecureContext && navigator.serviceWorker && window.PushManager && window.Notification;

  const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
  const hex = (buffer) => [...new Uint8Array(buffer)].map((one) => one.toString(16).padStart(2, "0")).join("");
  const digest = async (text) => hex(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));

  async function registration() {
    await navigator.serviceWorker.register("/worker.js");
    return navigator.serviceWorker.ready;
  }

  // The one that the browser has, where it was made for this service's key; else a new one.
  async function subscription() {
    const { pushManager } = await registration();
    const wish = { userVisibleOnly: true, applicationServerKey: bytes(key) };
    try {
      return await pushManager.subscribe(wish);
    } catch (error) {
      if (error.name !== "InvalidStateError") throw error;
      await (await pushManager.getSubscription())?.unsubscribe();
      return pushManager.subscribe(wish);
    }
  }

  async function tell(found) {
    const { keys } = found.toJSON();
    const answer = await fetch("/phone/push", {
      method: "POST",
      body: new URLSearchParams({ endpoint: found.endpoint, p256dh: keys.p256dh, auth: keys.auth }),
      headers: { Accept: "application/json" },
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (answer.status === 401) return location.reload();
    if (!answer.ok || !(await answer.json()).on) throw new Error("not saved");
  }

  async function turnOn() {
    show("waits");
    if ((await Notification.requestPermission()) !== "granted") return look();
    try {
      await tell(await subscription());
      location.replace("/phone?done=on");
    } catch {
      show("off", "failed");
    }
  }

  // What the server knows is what this browser has: an address that changed meanwhile is told again.
  async function renew() {
    const found = await subscription();
    if ((await digest(found.endpoint)) !== endpoint) await tell(found);
  }

  function look() {
    if (!able) return show(apple && !installed ? "home" : "impossible");
    if (Notification.permission === "denied") return show("blocked");
    if (!on || Notification.permission !== "granted") return show("off");
    show("on");
    renew().catch(() => {}); // the next visit tries again
  }

  place.addEventListener("click", (event) => {
    if (event.target.closest("[data-push=on]")) turnOn();
  });
  // Off is a plain form; the browser's own subscription goes too, where it can.
  place.querySelector("[data-push=off]").form.addEventListener("submit", () => {
    navigator.serviceWorker?.ready.then(({ pushManager }) => pushManager.getSubscription()).then((found) => found?.unsubscribe());
  });
  look();
})();
