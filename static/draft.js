// A document's form: what is typed is kept on the server as one goes, and rows are added in place.
//
//   form[data-draft]   its address; the answer stands in #kept, and says which state of the draft this page has seen;
//                      data-unsaved: what stands in it came from a form that was not saved
//   [data-table]       a table of rows: [data-rows] holds them, [data-blank] is one to copy, [data-more] adds one
(() => {
  "use strict";

  const form = document.querySelector("form[data-draft]");
  if (!form) return;
  const kept = document.getElementById("kept");
  const failed = form.querySelector("[data-not-kept]");
  const PAUSE = 600; // milliseconds without typing before it is kept
  const AGAIN = 5_000; // after one that did not arrive

  let timer = 0;
  let turn = 0; // of this page's sendings: a slow one must not take the place of a later one
  let onItsWay = null; // to be given up when the form itself goes
  let busy = false;
  let waiting = false; // something was typed while one was on its way
  let sending = false; // the form itself has gone

  function typed() {
    const fields = [...new FormData(form)].filter(([, value]) => typeof value === "string");
    return new URLSearchParams([...fields, ["turn", String(++turn)]]);
  }

  // Something was typed before this script had come.
  function differs() {
    return [...form.elements].some((one) => {
      if (one.type === "hidden" || !one.name) return false;
      if (one.type === "checkbox" || one.type === "radio") return one.checked !== one.defaultChecked;
      if (one.options) return one.selectedIndex > 0 && !one.options[one.selectedIndex].defaultSelected;
      return one.defaultValue !== undefined && one.value !== one.defaultValue;
    });
  }

  async function keep() {
    clearTimeout(timer);
    if (sending) return;
    if (busy) return void (waiting = true);
    busy = true;
    waiting = false;
    timer = 0;
    let arrived = false;
    onItsWay = new AbortController();
    try {
      const answer = await fetch(form.dataset.draft, {
        method: "POST",
        body: typed(),
        redirect: "manual",
        signal: onItsWay.signal,
      });
      if (answer.ok || answer.status === 409 || answer.status === 413) {
        arrived = true;
        show(await answer.text(), answer.ok);
      }
    } catch {
      // no network: said below, and tried again
    }
    busy = false;
    if (sending) return;
    failed.hidden = arrived;
    if (!arrived) later(AGAIN);
    else if (waiting) later(PAUSE);
  }

  function show(html, ok) {
    const page = new DOMParser().parseFromString(html, "text/html");
    const said = page.querySelector("[data-token]");
    if (!said) return;
    if (ok) form.elements.draft.value = said.dataset.token;
    kept.replaceChildren(...said.childNodes);
  }

  function later(pause) {
    clearTimeout(timer);
    timer = setTimeout(keep, pause);
  }

  form.addEventListener("input", () => later(PAUSE));
  form.addEventListener("change", () => later(PAUSE));
  form.addEventListener("submit", (event) => {
    if (event.submitter?.name === "more") return;
    sending = true;
    clearTimeout(timer);
    onItsWay?.abort();
  });
  addEventListener("pageshow", () => (sending = false));
  if (form.dataset.unsaved !== undefined || differs()) later(0);

  // Leaving: the last words go with a request that outlives the page.
  addEventListener("pagehide", () => {
    if (sending || (!timer && !waiting && !busy)) return;
    fetch(form.dataset.draft, { method: "POST", body: typed(), keepalive: true }).catch(() => {});
  });

  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-more]");
    if (!button) return;
    event.preventDefault();
    const table = button.closest("[data-table]");
    const rows = table.querySelector("[data-rows]");
    const places = [...rows.querySelectorAll("input[name$='-id']")].map((one) => Number(one.name.split("-").at(-2)));
    const place = String(Math.max(-1, ...places) + 1);
    const row = table.querySelector("[data-blank]").content.firstElementChild.cloneNode(true);
    for (const one of row.querySelectorAll("*")) {
      for (const name of ["id", "name", "for", "aria-describedby"]) {
        if (one.hasAttribute(name)) one.setAttribute(name, one.getAttribute(name).replaceAll("__n__", place));
      }
    }
    row.querySelector("[data-number]").textContent = String(rows.children.length + 1);
    rows.append(row);
    row.querySelector("input:not([type=hidden]), textarea, select")?.focus();
  });
})();
