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
  let about = null; // the client whom the dialog is about, if on the board when it opened

  // --- the dialog -------------------------------------------------------------------------------------------

  const card = (client) => client && document.getElementById(`card-${client}`);

  function show() {
    gone.hidden = unsaved.hidden = true;
    leaveOut();
    if (!dialog.open) {
      const client = body.querySelector("[data-client]")?.dataset.client;
      about = card(client) ? client : null;
      dialog.append(toasts); // above it and within reach, also what is said about something else
      dialog.showModal();
    }
    tellGone();
    const first = [".problems, .meanwhile", "[autofocus]", "input:not([type=hidden]), select, textarea", "h2"];
    first.map((what) => body.querySelector(what)).find(Boolean)?.focus();
  }

  const tellGone = () => (gone.hidden = !dialog.open || !about || Boolean(card(about)));

  function load(url, from) {
    opener = from;
    htmx.ajax("GET", url, { source: dialog, target: body, swap: "innerHTML" });
  }

  // What was typed goes with the dialog only when it was sent or closed on purpose.
  // A form that waits for its answer is only put aside: how it went is still to be said.
  dialog.addEventListener("close", () => {
    if (body.querySelector("form[aria-busy]")) {
      const parked = Object.assign(document.createElement("div"), { hidden: true });
      parked.dataset.parked = "";
      parked.append(...body.childNodes);
      document.body.append(parked);
    }
    body.replaceChildren();
    document.body.append(toasts);
    const back = opener?.isConnected ? opener : card(about) ?? document.getElementById("content");
    about = opener = null;
    back?.focus();
    if (!held.length) return;
    body.replaceChildren(...held.shift());
    show();
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

  const sent = new Set(); // where answers that are on their way will stand
  const held = []; // answers to read, of forms that were sent before the one that stands in the dialog

  // Each answer has a place of its own, so that a late one disturbs nothing that somebody has begun meanwhile. `pressed`
  // is what a double tap would press again: of a form that many cards share, the button. Resolves to whether it was saved.
  function send(form, { submitter, action, pressed = submitter?.hasAttribute("formaction") ? submitter : form }) {
    if (pressed.getAttribute("aria-busy")) return Promise.resolve(false); // a double tap
    const busy = [pressed, submitter ?? pressed];
    const ready = () => busy.forEach((one) => one.removeAttribute("aria-busy"));
    const place = Object.assign(document.createElement("div"), { hidden: true });
    const home = body.contains(form) ? null : form.querySelector("a[data-close]")?.href; // of a form that is a page
    for (const one of busy) one.setAttribute("aria-busy", "true");
    if (body.contains(form)) unsaved.hidden = true;
    document.body.append(place);
    sent.add(place);
    return new Promise((resolve) => {
      // Asked of the form itself: it may have left the page by now, which hears nothing of it then.
      form.addEventListener("htmx:finally:request", function over({ detail: { ctx } }) {
        if (ctx.target !== place) return;
        form.removeEventListener("htmx:finally:request", over);
        sent.delete(place);
        ready();
        const said = ctx.response?.headers.get("Factboard-Saved");
        const saved = Boolean(said && said !== "no");
        if (saved && body.contains(form)) dialog.close();
        else if (saved && home) location.assign(`${home}?saved=${said}`); // as the form without a script does
        else if (place.firstElementChild) land(place, form);
        else if (!saved && !ctx.waits) failed(ctx, form);
        place.remove();
        form.closest("[data-parked]")?.remove();
        resolve(saved);
      });
      const target = action ?? submitter?.getAttribute("formaction") ?? form.getAttribute("action") ?? location.href;
      htmx.ajax("POST", target, { source: form, target: place, swap: "innerHTML", event: { submitter } });
    });
  }
  self.send = send;

  // What was not saved, and why: before whoever wrote it, or as soon as they have done with what they do now.
  function land(place, form) {
    if (dialog.open && !body.contains(form)) {
      held.push([...place.childNodes]);
      toast(toasts.dataset.held);
      return;
    }
    body.replaceChildren(...place.childNodes);
    show();
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-post], [data-outbox]:not([data-outbox=flag])") && !body.contains(form)) return;
    event.preventDefault();
    send(form, { submitter: event.submitter });
  });

  // It waits on the phone (static/outbox.js): the form has done its part.
  document.addEventListener("waits", ({ detail: { words, form } }) => {
    if (body.contains(form)) dialog.close();
    toast(words).dataset.waits = ""; // goes when it was sent
  });

  document.addEventListener("htmx:after:swap", () => {
    if (body.firstElementChild && !dialog.open) show();
    else tellGone();
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

  function toast(words) {
    const made = Object.assign(document.createElement("div"), { className: "toast is-wrong" });
    made.dataset.seconds = "20";
    made.append(Object.assign(document.createElement("p"), { textContent: words }));
    toasts.append(made);
    return made;
  }

  // In the form that it is about, where that is before somebody's eyes.
  function notSaved(words, form) {
    const place = body.contains(form) ? unsaved : form.querySelector?.("[data-unsaved]");
    if (!place || place.closest("[data-parked]")) {
      toast(words);
      return;
    }
    place.textContent = words;
    place.hidden = false;
    place.scrollIntoView({ block: "nearest" });
  }

  // What asks by itself, the stream and the count of notices, is silent when it fails: the watchdog speaks for both.
  document.addEventListener("htmx:before:request", (event) => {
    const place = event.target.querySelector?.(":scope > * > [data-unsaved]");
    if (place) place.hidden = true;
  });

  const itself = (event) => event.target.closest?.("#live, #notices");

  function failed(ctx, form) {
    const { unopened, lost, failed, forbidden } = toasts.dataset;
    const opening = ctx.request.method === "GET";
    const status = ctx.response?.status;
    // Names go: to the sign-in page and back here. Not reload(), which would ask to send a form anew.
    if (status === 401) location.replace(location.pathname + location.search);
    else if (status === 403) notSaved(forbidden, form);
    else if (status === 503) notSaved(opening ? unopened : failed, form);
    else if (!status || status >= 500) notSaved(opening ? unopened : lost, form); // only sending it again can tell
  }

  document.addEventListener("htmx:response:error", (event) => {
    const { ctx } = event.detail;
    if (itself(event)) {
      if ([401, 403].includes(ctx.response.status)) location.replace(location.pathname + location.search);
    } else if (!sent.has(ctx.target)) failed(ctx, event.target);
  });
  document.addEventListener("htmx:error", (event) => {
    const { ctx } = event.detail;
    if (ctx && !ctx.response && !itself(event) && !sent.has(ctx.target)) failed(ctx, event.target);
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
    if (toasts.scrollHeight > toasts.clientHeight) toasts.tabIndex = 0; // what has to be scrolled can be by keys
    else toasts.removeAttribute("tabindex");
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
