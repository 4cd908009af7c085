// What the app's worker does with what is pushed to this phone: it shows it, and opens factboard where it is touched.
// A message names nobody and says no reason (factboard/pushing/words.py).
(() => {
  "use strict";

  function shown(data) {
    let said = {};
    try {
      said = data ? data.json() : {};
    } catch {
      // not ours: it is shown all the same, as browsers demand
    }
    const { title = "factboard", body = "", lang = "", tag = "factboard", url = "/notices", stays = false } = said;
    return self.registration.showNotification(title, {
      body,
      lang,
      tag,
      renotify: true, // the newest of a kind takes the older one's place, and sounds
      requireInteraction: stays,
      icon: "/static/icons/192.png",
      data: { url },
    });
  }

  async function open(url) {
    const target = new URL(url, self.location.origin);
    if (target.origin !== self.location.origin) return;
    const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
    const there = pages.find((page) => new URL(page.url).pathname === target.pathname);
    // A form that somebody is filling in is never taken away from them: another page opens.
    if (there) await there.focus().then((page) => page.navigate?.(target.href)).catch(() => {});
    else await self.clients.openWindow(target.href);
  }

  // The browser has given this phone another address. Whoever is signed in now is told there only if they were before.
  async function renew(old, found) {
    const wish = old?.options ?? { userVisibleOnly: true };
    const fresh = found ?? (await self.registration.pushManager.subscribe(wish));
    const { keys } = fresh.toJSON();
    await fetch("/phone/push", {
      method: "POST",
      credentials: "same-origin",
      body: new URLSearchParams({ endpoint: fresh.endpoint, p256dh: keys.p256dh, auth: keys.auth, renews: "yes" }),
      headers: { Accept: "application/json" },
    });
  }

  self.addEventListener("push", (event) => event.waitUntil(shown(event.data)));
  self.addEventListener("notificationclick", (event) => {
    event.notification.close();
    event.waitUntil(open(event.notification.data?.url ?? "/notices"));
  });
  self.addEventListener("pushsubscriptionchange", (event) => {
    event.waitUntil(renew(event.oldSubscription, event.newSubscription).catch(() => {}));
  });
})();
