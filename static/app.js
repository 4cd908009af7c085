// What the pages do beside plain links and forms. Everything here has a plain way too: without this script each
// link is a page and each form a POST answered by one.
//
//   a[data-dialog]        opens its page's form in the one dialog
//   form in the dialog,
//   form[data-post],
//   form[data-outbox]     are sent in place; the answer is a toast, or the form again with what is wrong
//   [data-unsaved]        in a form that htmx sends, says when it did not go through
//   [data-close]          closes the dialog
//   a[data-menu]          opens the menu of a card
//   [data-fills]          writes its words into the field of that id
//   [data-settles]        a list that moves up when one of its buttons was touched: then it rests for a moment
//   input[data-search]    arrow keys lead into the list that it fills
(() => {
  "use strict";

  const dialog = document.getElementById("dialog");
  const body = document.getElementById("dialog-body");
  const gone = document.getElementById("dialog-gone");
  const unsaved = document.getElementById("dialog-unsaved");
  const toasts = document.getElementById("toasts");
  const menu = document.getElementById("card-menu");
  if (!dialog || !toasts) return;

  let opener = null; // what had the focus when the dialog opened
  let home = null; // where to, once the form that is a page of its own was saved
  let about = null; // the client whom the dialog is about, if on the board when it opened

  // --- the dialog -------------------------------------------------------------------------------------------

  const card = (client) => client && document.getElementById(`card-${client}`);

  function show() {
    gone.hidden = unsaved.hidden = true;
    leaveOut();
    if (!dialog.open) {
      const client = body.querySelector("[data-client]")?.dataset.client;
      about = card(client) ? client : null;
      dialog.showModal();
    }
    const first = [".problems, .meanwhile", "[autofocus]", "input:not([type=hidden]), select, textarea", "h2"];
    first.map((what) => body.querySelector(what)).find(Boolean)?.focus();
  }

  function load(url, from) {
    opener = from;
    htmx.ajax("GET", url, { source: dialog, target: body, swap: "innerHTML" });
  }

  // What was typed goes with the dialog only when it was sent or closed on purpose.
  dialog.addEventListener("close", () => {
    body.replaceChildren();
    const back = opener?.isConnected ? opener : card(about) ?? document.getElementById("content");
    about = opener = null;
    back?.focus();
  });

  const typed = () => [...body.querySelectorAll("textarea, input[type=text]")].some((field) => field.value !== field.defaultValue);
  dialog.addEventListener("cancel", (event) => {
    if (typed()) event.preventDefault(); // Esc by mistake loses nothing; the buttons close it
  });

  // Who had the contact is not offered again among those who were there too.
  function leaveOut() {
    const by = body.querySelector("[name=by]")?.value;
    for (const box of body.querySelectorAll("[name=others]")) box.closest("label").hidden = box.value === by;
  }
  body.addEventListener("change", leaveOut);

  // --- sending ----------------------------------------------------------------------------------------------

  function send(form, submitter) {
    if (form.getAttribute("aria-busy")) return; // a double tap
    form.setAttribute("aria-busy", "true");
    submitter?.setAttribute("aria-busy", "true");
    unsaved.hidden = true;
    home = body.contains(form) ? null : form.querySelector("a[data-close]")?.href;
    const action = submitter?.getAttribute("formaction") ?? form.getAttribute("action") ?? location.href;
    htmx
      .ajax("POST", action, { source: form, target: body, swap: "innerHTML", event: { submitter } })
      .finally(() => {
        form.removeAttribute("aria-busy");
        submitter?.removeAttribute("aria-busy");
      });
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-post], [data-outbox]:not([data-outbox=flag])") && !body.contains(form)) return;
    event.preventDefault();
    send(form, event.submitter);
  });

  document.addEventListener("saved", () => {
    dialog.close();
    if (home) location.assign(home);
  });

  // It waits on the phone (static/outbox.js): the form has done its part.
  document.addEventListener("waits", (event) => {
    dialog.close();
    notSaved(event.detail);
  });

  document.addEventListener("htmx:after:swap", () => {
    if (body.firstElementChild && !dialog.open) show();
    else if (dialog.open && about) gone.hidden = Boolean(card(about));
  });

  // Ready words: one takes the place of another, and stands after what somebody has typed.
  document.addEventListener("click", (event) => {
    const chip = event.target.closest?.("[data-fills]");
    const field = chip && document.getElementById(chip.dataset.fills);
    if (!field) return;
    const words = chip.textContent.trim();
    const ready = [...chip.parentElement.children].map((one) => one.textContent.trim());
    const kept = field.value.trim().split("; ").filter((one) => one && !ready.includes(one));
    field.value = [...kept, words].join("; ");
  });

  // --- when it did not go through ---------------------------------------------------------------------------

  function notSaved(words) {
    const place = dialog.open ? unsaved : document.querySelector("[data-unsaved]");
    if (place) {
      place.textContent = words;
      place.hidden = false;
      place.scrollIntoView({ block: "nearest" });
      return;
    }
    const toast = document.createElement("div");
    toast.className = "toast is-wrong";
    toast.dataset.seconds = "20";
    toast.append(Object.assign(document.createElement("p"), { textContent: words }));
    toasts.append(toast);
  }

  // What asks by itself, the stream and the count of notices, is silent when it fails: the watchdog speaks for both.
  document.addEventListener("htmx:before:request", (event) => {
    const place = event.target.querySelector?.(":scope > * > [data-unsaved]");
    if (place) place.hidden = true;
  });

  const opening = (event) => event.detail.ctx.request.method === "GET";
  const lost = (event) => (opening(event) ? toasts.dataset.unopened : toasts.dataset.lost);
  const asked = (event) => !event.target.closest?.("#live, #notices");

  document.addEventListener("htmx:response:error", (event) => {
    const status = event.detail.ctx.response.status;
    // Names go: to the sign-in page and back here, or to "not allowed". Not reload(), which would ask to send a form anew.
    if (status === 401 || (status === 403 && !asked(event))) location.replace(location.pathname + location.search);
    if (!asked(event)) return;
    if (status === 403) notSaved(toasts.dataset.forbidden);
    else if (status === 503) notSaved(opening(event) ? toasts.dataset.unopened : toasts.dataset.failed);
    else if (status >= 500) notSaved(lost(event)); // it may have been saved: only sending it again can tell
  });
  document.addEventListener("htmx:error", (event) => {
    const { ctx } = event.detail;
    if (asked(event) && ctx && !ctx.response && !ctx.waits) notSaved(lost(event));
  });

  // --- toasts -----------------------------------------------------------------------------------------------

  // Each leaves when its time is over, but never from under a hand or the keyboard. What can be undone stays, so that
  // two quick touches are two ways back; of what cannot, the newest stays.
  const offers = (toast) => toast.querySelector("form");
  const old = (newest) => [...toasts.querySelectorAll(".toast:not(.is-wrong)")].filter((one) => one !== newest && !offers(one));
  const watchToasts = new MutationObserver((changes) => {
    for (const toast of changes.flatMap((change) => [...change.addedNodes]).filter((node) => node.dataset?.seconds)) {
      if (!toast.matches(".is-wrong")) old(toast).forEach((one) => one.remove());
      const leave = () => (toast.matches(":hover, :focus-within") ? setTimeout(leave, 2_000) : toast.remove());
      setTimeout(leave, toast.dataset.seconds * 1_000);
      offers(toast)?.addEventListener("submit", () => setTimeout(() => toast.remove(), 400));
      toasts.scrollTop = toasts.scrollHeight;
    }
  });
  watchToasts.observe(toasts, { childList: true });

  // --- a list that moves up under the finger ----------------------------------------------------------------

  const REST = 3_000; // milliseconds: the second of two taps on one spot was meant for the first one's row
  let rests = null;

  document.addEventListener(
    "click",
    (event) => {
      const list = event.target.closest?.("[data-settles]");
      const pressed = event.target.closest?.("button, a[data-dialog]");
      if (!list || !pressed) return;
      if (rests) {
        event.preventDefault();
        event.stopPropagation();
      } else if (pressed.matches("button")) {
        document.body.classList.add("is-settling");
        rests = setTimeout(() => {
          rests = null;
          document.body.classList.remove("is-settling");
        }, REST);
      }
    },
    true,
  );

  // --- links ------------------------------------------------------------------------------------------------

  function openMenu(link) {
    for (const item of menu.querySelectorAll("[data-act]")) {
      const untaken = item.dataset.act === "take" && card(link.dataset.menu)?.matches(".is-untaken"); // has its own button
      item.hidden = untaken || link.dataset.not?.split(" ").includes(item.dataset.act); // and what does not fit now
      item.href = `/clients/${link.dataset.menu}${item.dataset.act && "/"}${item.dataset.act}`;
    }
    menu.querySelector(".of").textContent = link.dataset.of;
    opener = link;
    menu.showPopover({ source: link });
    menu.querySelector("a:not([hidden])").focus();
  }

  document.addEventListener("click", (event) => {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target.closest?.("a[data-dialog], a[data-menu], [data-close]");
    if (!link) return;
    if (link.matches("[data-close]")) {
      if (!dialog.contains(link)) return;
      event.preventDefault();
      dialog.close();
    } else if (link.matches("[data-menu]")) {
      if (!menu?.showPopover) return;
      event.preventDefault();
      openMenu(link);
    } else {
      event.preventDefault();
      const from = menu?.contains(link) ? opener : link;
      menu?.hidePopover?.();
      load(link.getAttribute("href"), from);
    }
  });

  // --- the keyboard -----------------------------------------------------------------------------------------

  const STEP = { ArrowDown: 1, ArrowUp: -1 };

  document.addEventListener("keydown", (event) => {
    const step = STEP[event.key];
    if (!step) return;
    const search = event.target.closest?.("[data-search]");
    if (search && step > 0) {
      const first = document.getElementById(search.getAttribute("aria-controls"))?.querySelector("input, a, button");
      if (first) {
        event.preventDefault();
        first.focus();
      }
    } else if (menu?.contains(event.target)) {
      event.preventDefault();
      const items = [...menu.querySelectorAll("a:not([hidden])")];
      items.at((items.indexOf(event.target) + step) % items.length).focus();
    }
  });
})();
