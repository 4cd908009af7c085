// What a clinician sends waits here, on the phone, until the server has said that it has it: in IndexedDB, encrypted with
// a key that no script can read out. No document is asked for: pages and the service worker run the same lines.
//
//   entries   what waits. Readable are only its id, whose it is, when it was made, how often and with what luck it was
//             tried; the address, the fields, the name and the words are sealed, and what the server said about it too
//   done      receipts of what was saved in the last hour, without names: a page that is loaded anew knows of them
//   kept      other things that the phone keeps, sealed, each with its end
//   phone     the key, and how far this phone's clock is from the server's
//
// An entry leaves in two ways: the server has acknowledged it (it is wiped in the transaction that writes the receipt), or
// a person threw it away. What cannot be read any more, its key lost, stays and is counted.
//
// How old an entry is, is a difference on the phone's own clock. A clock that is set in between would falsify it: so an
// entry knows how far the phone was from the server when it was made, where that was known, and before something late is
// sent the server's time is asked for. Where neither is known, the age may be wrong by what the clock was set; it is never
// negative, and never less than the page itself has seen go by.
(() => {
  "use strict";

  const NAME = "factboard-outbox";
  const PATIENCE = 20_000; // milliseconds: for an answer to what is sent
  const PUT_PATIENCE = 5_000; // for a storage that does not answer: rather say "not sent" than nothing
  const SET = 60_000; // two clocks that are this far apart: one was set, or stood still
  const SURE = 20; // tries, after which it is sent though the server's time cannot be had
  const LATE = 30_000; // the server calls nothing late that is younger
  const RECEIPTS = 3_600_000; // how long receipts are kept
  const ASKING = [400, 403, 404, 409, 413, 422]; // answers that a person has to see

  const able = Boolean(self.indexedDB && self.crypto?.subtle);
  const channel = self.BroadcastChannel && new BroadcastChannel(NAME);
  const tell = () => channel?.postMessage({ changed: true });

  // --- storage ------------------------------------------------------------------------------------------------

  const done = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });

  const patience = (time) => AbortSignal.timeout?.(time); // older browsers wait as long as they do

  const within = (time, promise) =>
    Promise.race([promise, new Promise((_, reject) => setTimeout(() => reject(new Error("no answer")), time))]);

  let opening = null;

  function opened() {
    opening ??= (async () => {
      const asked = indexedDB.open(NAME, 1);
      asked.onupgradeneeded = () => {
        asked.result.createObjectStore("entries", { keyPath: "id" });
        asked.result.createObjectStore("done", { keyPath: "id" });
        asked.result.createObjectStore("kept", { keyPath: "name" });
        asked.result.createObjectStore("phone");
      };
      const base = await within(PUT_PATIENCE, done(asked));
      base.onversionchange = () => {
        base.close();
        opening = null;
      };
      base.onclose = () => (opening = null);
      return base;
    })();
    opening.catch(() => (opening = null));
    return opening;
  }

  // Browsers close a connection under us, on iPhones without a word: then another one is opened.
  async function begun(stores, mode) {
    try {
      return (await opened()).transaction(stores, mode, { durability: "strict" });
    } catch {
      opening = null;
      return (await opened()).transaction(stores, mode, { durability: "strict" });
    }
  }

  // One transaction. It is over when what was written is on the disk.
  async function at(stores, mode, job) {
    const changes = await begun(stores, mode);
    const over = new Promise((resolve, reject) => {
      changes.oncomplete = resolve;
      changes.onabort = changes.onerror = () => reject(changes.error ?? new Error("not written"));
    });
    over.catch(() => {});
    const answer = await job(...[stores].flat().map((store) => changes.objectStore(store)));
    await over;
    return answer;
  }

  const get = (store, id) => at(store, "readonly", (one) => done(one.get(id)));
  const remove = (store, id) => at(store, "readwrite", (one) => done(one.delete(id)));

  async function key() {
    const known = await get("phone", "key");
    if (known) return known;
    const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    return at("phone", "readwrite", async (phone) => {
      const first = await done(phone.get("key")); // another page may have been quicker
      if (!first) phone.put(made, "key");
      return first ?? made;
    });
  }

  const bound = (iv, to) => ({ name: "AES-GCM", iv, additionalData: new TextEncoder().encode(to) });

  // Sealed for one place only: nothing can be moved to another entry or another person.
  async function seal(value, to) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const sealed = await crypto.subtle.encrypt(bound(iv, to), await key(), new TextEncoder().encode(JSON.stringify(value)));
    return { iv, sealed };
  }

  async function unseal({ iv, sealed }, to) {
    const plain = await crypto.subtle.decrypt(bound(iv, to), await key(), sealed);
    return JSON.parse(new TextDecoder().decode(plain));
  }

  const place = ({ id, user }) => `${id} ${user}`;

  // --- how old ------------------------------------------------------------------------------------------------

  const born = new Map(); // of what was put by this very page: on the clock that nobody sets
  let gap = null; // between that clock and the other, when the server's time was last heard here

  // Any answer of the server's own, no guest network's, says how far this phone's clock is from its; positive: ours is
  // ahead.
  async function learn(answer) {
    const theirs = Date.parse(answer.headers.get("date"));
    if (!theirs || !answer.ok || answer.redirected || !answer.headers.has("Factboard")) return null;
    const ahead = Date.now() - theirs;
    gap = Date.now() - performance.now();
    await at("phone", "readwrite", (phone) => done(phone.put(ahead, "ahead"))).catch(() => {});
    return ahead;
  }

  // How far it is now, unless this page has slept since it heard, or the clock was set.
  async function ahead() {
    const known = await get("phone", "ahead");
    const moved = gap === null ? 0 : Math.abs(Date.now() - performance.now() - gap);
    return moved < SET ? (known ?? null) : null;
  }

  function age(row, aheadNow) {
    const set = Number.isFinite(row.ahead) && Number.isFinite(aheadNow) ? aheadNow - row.ahead : 0;
    const seen = born.has(row.id) ? performance.now() - born.get(row.id) : 0;
    return Math.round(Math.max(0, seen, Date.now() - row.made - set));
  }

  async function ageToSend(row) {
    if (age(row) < LATE && Date.now() >= row.made) return age(row);
    const signal = patience(PUT_PATIENCE);
    const asking = { method: "HEAD", cache: "no-store", redirect: "error", signal };
    const answer = await fetch("/healthz", asking).catch(() => null);
    if (!answer && row.tries < SURE) throw new Error("no answer"); // rather a little later than of a wrong age
    return age(row, answer && (await learn(answer)));
  }

  // --- putting and looking ------------------------------------------------------------------------------------

  // Resolves when it is on the phone. Rejects when it cannot be: then nothing waits, and the caller must say NOT SENT.
  async function put({ id, user, team, ...content }) {
    if (!able) throw new Error("nothing can be kept here");
    await within(PUT_PATIENCE, (async () => {
      const made = Date.now();
      const sealed = await seal({ ...content, team }, place({ id, user }));
      const row = { id, user, made, state: "waiting", why: null, tries: 0, anyway: false, ...sealed };
      row.ahead = await ahead();
      await at("entries", "readwrite", async (entries) => {
        if (await done(entries.getKey(id))) return; // the same form, sent twice
        await done(entries.add(row));
        born.set(id, performance.now());
      });
    })());
    tell();
    settle().catch(() => {});
  }

  // Once: that the browser does not clear it when space is short. Each time: that it is sent though the page be closed.
  async function settle() {
    if (!(await get("phone", "asked"))) {
      await at("phone", "readwrite", (phone) => done(phone.put(true, "asked")));
      await navigator.storage?.persist?.();
    }
    const registration = self.registration ?? (await navigator.serviceWorker?.getRegistration());
    await registration?.sync?.register("outbox");
  }

  // What may be read without the key: { id, user, made, age, state, why, tries }, the oldest first.
  async function look() {
    const rows = await at("entries", "readonly", (entries) => done(entries.getAll()));
    const aheadNow = await ahead();
    const plain = rows.map((row) => {
      const { id, user, made, state, why, tries } = row;
      return { id, user, made, age: age(row, aheadNow), state, why, tries };
    });
    return plain.sort((one, other) => other.age - one.age);
  }

  async function read(id) {
    const row = await get("entries", id);
    if (!row) return null;
    const { made, ahead, state, why, tries, anyway, user } = row;
    const plain = { id, user, made, ahead, state, why, tries, anyway };
    try {
      const problem = row.problem ? await unseal(row.problem, place(row)) : null;
      return { ...plain, ...(await unseal(row, place(row))), problem };
    } catch {
      return { ...plain, unreadable: true };
    }
  }

  async function list() {
    const rows = await look();
    const entries = await Promise.all(rows.map(async (row) => ({ ...(await read(row.id)), age: row.age })));
    return entries.filter((entry) => entry.id); // one may have been sent while we read
  }

  const count = () => at("entries", "readonly", (entries) => done(entries.count()));

  // --- sending ------------------------------------------------------------------------------------------------

  // One at a time for each entry, whoever tries it. A page that was frozen while it sent holds nobody up for ever: the
  // server answers the same thing sent twice as one.
  async function alone(name, job) {
    if (!navigator.locks) return job();
    const begun = {};
    const signal = patience(PATIENCE + PUT_PATIENCE);
    try {
      return await navigator.locks.request(name, { signal }, () => {
        begun.yes = true;
        return job();
      });
    } catch (error) {
      if (begun.yes || !["AbortError", "TimeoutError"].includes(error.name)) throw error;
      return job();
    }
  }

  const change = (id, what) =>
    at("entries", "readwrite", async (entries) => {
      const row = await done(entries.get(id));
      if (row) await done(entries.put({ ...row, ...what })); // never again, once it was wiped
    });

  // Out of what waits and into what is done, in one step.
  async function acknowledge(id, { seq, at: when, placement, kinds, screens, repeated }) {
    const receipt = { id, kept: Date.now(), seq, at: when, placement, kinds, screens, repeated };
    await at(["entries", "done"], "readwrite", async (entries, receipts) => {
      entries.delete(id);
      await done(receipts.put(receipt));
    });
    born.delete(id);
    tell();
  }

  async function waits(id, why) {
    await change(id, { state: "waiting", why });
    tell();
    return { state: "waiting", why };
  }

  async function post(entry) {
    const answer = await fetch(entry.url, {
      method: "POST",
      credentials: "same-origin",
      redirect: "manual",
      cache: "no-store",
      body: new URLSearchParams(entry.fields),
      headers: {
        Accept: "application/json",
        "Factboard-For": `${entry.user} ${entry.team}`,
        "Factboard-Age": String(await ageToSend(entry)),
        ...(entry.anyway && { "Factboard-Anyway": "yes" }),
      },
      signal: patience(PATIENCE),
    });
    const words = await answer.text();
    try {
      return { status: answer.status, said: JSON.parse(words) };
    } catch {
      return { status: answer.status }; // not ours: a proxy's page, a guest network's
    }
  }

  // Only the server's own words, about this very entry, make it *saved*; whatever is no answer of ours, it waits.
  async function attempt(id, { anyway, send = post }) {
    if (anyway) await change(id, { anyway: true, state: "waiting" });
    const entry = await read(id);
    if (!entry) {
      const receipt = await get("done", id);
      return receipt ? { state: "saved", receipt } : { state: "gone" };
    }
    if (entry.unreadable) return waits(id, "unreadable");
    await change(id, { tries: entry.tries + 1 });
    let answer;
    try {
      answer = await send(entry);
    } catch {
      return waits(id, "network");
    }
    const { status, said } = answer;
    if (status === 200 && said?.request_id === id && Number.isInteger(said.seq)) {
      await acknowledge(id, said);
      return { state: "saved", receipt: said };
    }
    if (ASKING.includes(status) && said?.saved === false && (said.request_id ?? id) === id) {
      await change(id, { state: "asks", why: null, anyway: false, problem: await seal(said, place(entry)) });
      tell();
      return { state: "asks", problem: said };
    }
    return waits(id, status === 401 && said ? "sign_in" : "server");
  }

  const one = (id) => `${NAME} ${id}`;
  const tryOne = (id, how = {}) => alone(one(id), () => attempt(id, how));

  // All that waits, of one person where one is named; whatever needs a person's decision is left alone. When there is no
  // connection for the first, there is none for the rest. One page at a time, or the worker.
  async function tryAll(user) {
    if (!able) return;
    await alone(NAME, async () => {
      await tidy();
      for (const row of await look()) {
        if (row.state !== "waiting" || row.why === "unreadable" || (user !== undefined && row.user !== user)) continue;
        if ((await tryOne(row.id)).why === "network") break;
      }
    });
  }

  // Only when a person says so. False when there is nothing to throw away: it was sent in the meantime.
  const discard = (id) =>
    alone(one(id), async () => {
      const known = await at("entries", "readonly", (entries) => done(entries.getKey(id)));
      if (known) await remove("entries", id);
      tell();
      return Boolean(known);
    });

  async function doneWith(id) {
    const receipt = await get("done", id);
    return receipt && Date.now() - receipt.kept < RECEIPTS ? receipt : null;
  }

  // --- other things that the phone keeps ----------------------------------------------------------------------

  async function keep(name, value, hours) {
    const kept = await seal(value, name);
    await at("kept", "readwrite", (store) => done(store.put({ name, until: Date.now() + hours * 3_600_000, ...kept })));
  }

  async function recall(name) {
    const found = able && (await get("kept", name).catch(() => null));
    return found && found.until > Date.now() ? unseal(found, name).catch(() => null) : null;
  }

  // Without a name: all of it.
  const forget = (name) => at("kept", "readwrite", (store) => done(name === undefined ? store.clear() : store.delete(name)));

  async function tidy() {
    const now = Date.now();
    await at(["done", "kept"], "readwrite", async (receipts, kept) => {
      for (const one of await done(receipts.getAll())) if (now - one.kept >= RECEIPTS) receipts.delete(one.id);
      for (const one of await done(kept.getAll())) if (one.until <= now) kept.delete(one.name);
    });
  }

  self.outbox = {
    able, put, list, look, count, discard, keep, recall, forget, learn, tryAll,
    try: tryOne, done: doneWith,
  };
})();
