// The flag form where no server answers: the clients that this phone keeps, sealed, to choose from, and what is known of
// the one chosen. What is sent goes the way of static/flag.js: kept on the phone until the server has it.
//
//   #near         filled with the kept list; typing leaves those who fit, and offers the name as it is written
//   #away, #back  what is so: the server does not answer, or does again
//   #nobody       nobody is known to work on this phone, and nothing can be written
(() => {
  "use strict";

  const { outbox, flag } = self;
  const form = flag.form();
  const near = document.getElementById("near");
  const nobody = document.getElementById("nobody");
  const search = document.getElementById("f-q");
  const LOOK = 10_000; // milliseconds between two looks whether the server is back
  const part = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);

  // As eyes compare names: see factboard/domain/text.py, which has folded what the list is found by.
  const folded = (text) => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").split(/\s+/).filter(Boolean);

  // --- whom -----------------------------------------------------------------------------------------------------

  const other = part("kept-other");

  function find() {
    const words = folded(search.value);
    const rows = [...near.querySelectorAll(".offer")];
    for (const row of rows) row.hidden = !words.every((word) => row.dataset.find.includes(word));
    const folder = near.querySelector("details");
    const inside = rows.some((row) => folder?.contains(row) && !row.hidden);
    if (folder) [folder.hidden, folder.open] = [!inside, words.length > 0];
    other.hidden = !words.length;
    other.querySelector("b").textContent = other.firstElementChild.dataset.whom = search.value.trim();
    alone(words.length > 0 && rows.every((row) => row.hidden));
  }

  // Where nobody fits, the name as it is written is the only choice, and need not be chosen.
  function alone(yes) {
    const radio = other.firstElementChild;
    if (yes) {
      radio.checked = true;
      flag.choose(radio, 0);
    } else if (radio.checked) {
      radio.checked = false;
      search.dispatchEvent(new Event("change", { bubbles: true })); // what stands beside the button is told anew
    }
  }

  form.addEventListener("chosen", (event) => {
    event.preventDefault();
    const known = flag.client().closest(".offer")?.querySelector("template");
    if (known) event.detail.place.append(known.content.cloneNode(true));
  });

  async function fill() {
    const who = outbox.able && (await outbox.who());
    nobody.hidden = Boolean(who);
    form.hidden = !who;
    if (!who) return;
    const kept = await outbox.recall("clients");
    const own = kept?.user === who.user && kept.team === who.team;
    if (own) near.innerHTML = kept.html;
    else near.replaceChildren(part("kept-none"));
    if (own && kept.call) {
      for (const place of document.querySelectorAll(".call")) place.outerHTML = kept.call;
    }
    near.append(other);
    find();
    search.addEventListener("input", find);
    const asked = new URLSearchParams(location.search).get("client");
    if (asked) near.querySelector(`[name=client][value="${CSS.escape(asked)}"]`)?.closest("label").click();
  }

  // --- the server is back ---------------------------------------------------------------------------------------

  const fields = [...form.querySelectorAll("textarea, [type=search], [type=date]")];
  const begun = () => nobody.hidden && (form.hidden || flag.client() || fields.some((one) => one.value)); // or sent already

  async function look() {
    if (document.hidden) return;
    const answer = await fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(LOOK) }).catch(() => null);
    const there = Boolean(answer?.ok && answer.headers.has("Factboard"));
    document.getElementById("away").hidden = there;
    document.getElementById("back").hidden = !there;
    if (there && !begun() && location.pathname !== "/offline") location.reload();
  }

  fill().then(look);
  setInterval(look, LOOK);
  for (const sign of ["online", "focus"]) addEventListener(sign, look);
})();
