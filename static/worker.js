// The service worker of the app on a phone. Where no server answers, whichever page was asked for, it shows one without
// anybody in it: the flag form (`/offline`), or what waits on this phone (`/waiting`); the files that these are made of are kept with them. It sends
// what waits when the browser says that there is a network. No page with a person in it is ever kept, and what goes out
// from a page goes past it: POSTs, streams, the wall, which has a worker of its own.
"use strict";

const SHELLS = "factboard-shells";
const FILES = "factboard-files";
// What is no page of somebody at work: screens and their pairing, the way in, files and streams.
const NOT_OURS = /^\/(wall|pair|login|demo|static|live|healthz|metrics|worker\.js|manifest\.webmanifest|history\.jsonl)(\/|$)/;
const shellOf = (pathname) => (pathname === "/waiting" ? "/waiting" : "/offline");
const PATIENCE = 6_000; // milliseconds for a server that neither answers nor refuses

// A new one takes over at once: it changes nothing in a page that stands open.
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

// Is it factboard that answers? A proxy without its server and the page of a guest network are not.
const ours = (answer) => answer.headers.has("Factboard");

// --- what is kept -------------------------------------------------------------------------------------------------

const named = (html) => [...html.matchAll(/(?:href|src)="(\/static\/[^"?]+\?[^"]+)"/g)].map((found) => found[1]);

// The shells as they are now, each with all its files or, where one does not come, as it was.
async function keep(shells) {
  const kept = await caches.open(SHELLS);
  const files = await caches.open(FILES);
  const one = async (shell) => {
    const answer = await fetch(shell, { cache: "no-store", redirect: "manual" });
    if (answer.status !== 200 || !ours(answer)) return;
    for (const file of named(await answer.clone().text())) {
      if (!(await files.match(file))) await files.add(file);
    }
    await kept.put(shell, answer);
  };
  await Promise.allSettled(shells.map(one));
  await tidy();
}

// A file that no kept shell names is one of an older time.
async function tidy() {
  const kept = await caches.open(SHELLS);
  const files = await caches.open(FILES);
  const wanted = new Set();
  for (const shell of await kept.keys()) {
    for (const file of named(await (await kept.match(shell)).text())) wanted.add(file);
  }
  for (const known of await files.keys()) {
    const { pathname, search } = new URL(known.url);
    if (!wanted.has(pathname + search)) await files.delete(known);
  }
}

// Who has signed out, or somebody else has signed in: nothing of the team stays on the phone but what waits to be sent.
async function leave() {
  await caches.delete(SHELLS);
  await self.outbox.forget("clients");
  await tidy();
}

// A sign-in page: nobody is signed in, and what waits on the phone is looked at by nobody of any team.
async function signedOut() {
  await self.outbox.forget("clients");
  await keep(["/waiting"]);
}

// One thing after the other: what is to be forgotten must not be kept a moment later.
let queue = Promise.resolve();
const next = (job) => (queue = queue.then(job).catch(() => {}));

self.addEventListener("message", (event) => {
  if (event.data.keep) event.waitUntil(next(() => keep(event.data.keep)));
});

// --- what is answered ---------------------------------------------------------------------------------------------

// The patience is for the answer to begin; a page may then take its time on a slow line.
async function asked(request) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE);
  try {
    return await fetch(request, { signal: patience.signal });
  } finally {
    clearTimeout(timer);
  }
}

async function page(request, shell) {
  const kept = async () => {
    const shells = await caches.open(SHELLS);
    return (await shells.match(shell)) ?? (await shells.match("/waiting"));
  };
  try {
    const answer = await asked(request);
    const good = answer.type === "opaqueredirect" || (answer.status < 500 && ours(answer));
    return good ? answer : ((await kept()) ?? answer);
  } catch (error) {
    const found = await kept();
    if (found) return found;
    throw error;
  }
}

async function file(request) {
  const files = await caches.open(FILES);
  return (await files.match(request)) ?? fetch(request);
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname, search } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    if (request.method === "GET" && pathname === "/login") event.waitUntil(next(signedOut));
    else if (request.method === "GET" && !NOT_OURS.test(pathname)) event.respondWith(page(request, shellOf(pathname)));
    else if (request.method === "POST" && ["/logout", "/login", "/demo/sign-in", "/team"].includes(pathname)) {
      event.waitUntil(next(leave));
    }
  } else if (request.method === "GET" && pathname.startsWith("/static/") && search) event.respondWith(file(request));
});

// --- what waits ---------------------------------------------------------------------------------------------------

// The browser tries again later when this fails.
async function send() {
  await self.outbox.tryAll();
  const left = await self.outbox.look();
  if (left.some((entry) => entry.state === "waiting" && entry.why !== "sign_in")) throw new Error("something still waits");
}

self.addEventListener("sync", (event) => {
  if (event.tag === "outbox") event.waitUntil(send());
});
