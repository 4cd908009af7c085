// The service worker of a paired wall screen. It keeps the page without anybody in it and the files that the page is
// made of, so that a screen that starts while no server answers has something to say: see static/wall-keep.js.
"use strict";

const KEPT = "factboard-wall-shell";
const SHELL = "/wall/shell";
const PATIENCE = 6_000; // for a server that neither answers nor refuses

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

// The page says which files it is made of; whatever else was kept goes.
async function keep(files) {
  const cache = await caches.open(KEPT);
  const wanted = [SHELL, ...files];
  for (const known of await cache.keys()) {
    const { pathname, search } = new URL(known.url);
    if (!wanted.includes(pathname + search)) await cache.delete(known);
  }
  await cache.addAll(wanted.map((file) => new Request(file, { cache: file === SHELL ? "reload" : "default" })));
}

async function wipe() {
  await caches.delete(KEPT);
  await self.registration.unregister();
}

self.addEventListener("message", (event) => {
  if (event.data.files) event.waitUntil(keep(event.data.files).catch(() => {}));
  if (event.data.wipe) event.waitUntil(wipe());
});

// An answer of a proxy that has lost its server is no wall either.
async function page(request) {
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE) });
    if (answer.status < 500) return answer;
    return (await caches.match(SHELL)) ?? answer;
  } catch (error) {
    const kept = await caches.match(SHELL);
    if (kept) return kept;
    throw error;
  }
}

self.addEventListener("fetch", (event) => {
  const { pathname } = new URL(event.request.url);
  if (event.request.mode === "navigate" && pathname === "/wall") event.respondWith(page(event.request));
  else if (pathname.startsWith("/static/")) {
    event.respondWith(caches.match(event.request).then((kept) => kept ?? fetch(event.request)));
  }
});
