// The flag form where no server answers: the clients that this phone keeps, sealed, to choose from, and what is known of
// the one chosen. What is sent goes the way of static/flag.js: kept on the phone until the server has it.
//
//   #near        filled with the kept list; typing leaves those who fit, and offers the name as it is written
//   #beside      what is known of the one chosen
//   #away, #back what is so: the server does not answer, or does again
(() => {
  "use strict";

  const { outbox } = self;
  const form = document.getElementById("flag");
  const near = document.getElementById("near");
  const beside = document.getElementById("beside");
  const nobody = document.getElementById("nobody");
  const search = document.getElementById("f-q");
  const LOOK = 10_000; // milliseconds between two looks whether the server is back
  const part = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);

  // As eyes compare names: see factboard/domain/text.py. What the list is found by has been folded there.
  const folded = (text) => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").split(/\s+/).filter(Boolean);

  // Each look at this page is a flag of its own: the page itself may be days old.
  const id = [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  form.elements.request_id.value = id;

  // --- whom -----------------------------------------------------------------------------------------------------

  const other = part("kept-other");

  function find() {
    const words = folded(search.value);
    const rows = [...near.querySelectorAll(".kept")];
    for (const row of rows) row.hidden = !words.every((word) => row.dataset.find.includes(word));
    const folder = near.querySelector("details");
    if (folder) folder.open = words.length > 0 && rows.some((row) => folder.contains(row) && !row.hidden);
    other.hidden = !words.length;
    other.querySelector("b").textContent = other.firstElementChild.dataset.whom = search.value.trim();
  }

  function know() {
    const known = chosen()?.closest(".kept")?.querySelector("template");
    beside.replaceChildren(...(known ? [known.content.cloneNode(true)] : []));
  }

  async function fill() {
    const who = outbox.able && (await outbox.who());
    nobody.hidden = Boolean(who);
    form.hidden = !who;
    if (!who) return;
    const kept = await outbox.recall("clients");
    if (kept?.user === who.user && kept.team === who.team) near.innerHTML = kept.html;
    else near.replaceChildren(part("kept-none"));
    near.append(other);
    find();
    const asked = new URLSearchParams(location.search).get("client");
    const row = asked && near.querySelector(`[name=client][value="${CSS.escape(asked)}"]`);
    if (row) row.click();
  }

  search.addEventListener("input", find);
  form.addEventListener("change", (event) => event.target.name === "client" && know());

  // --- the server is back ---------------------------------------------------------------------------------------

  const fields = [...form.querySelectorAll("textarea, [type=search], [type=date]")];
  const chosen = () => form.querySelector("[name=client]:checked");
  const begun = () => nobody.hidden && (form.hidden || chosen() || fields.some((one) => one.value)); // or sent: see flag.js

  async function look() {
    if (document.hidden) return;
    const answer = await fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(LOOK) }).catch(() => null);
    const there = Boolean(answer?.ok && answer.headers.has("Factboard"));
    document.getElementById("away").hidden = there;
    document.getElementById("back").hidden = !there;
    if (there && !begun()) location.replace(location.pathname === "/offline" ? "/flag" : location.pathname + location.search);
  }

  fill().then(look);
  setInterval(look, LOOK);
  for (const sign of ["online", "focus"]) addEventListener(sign, look);
})();
