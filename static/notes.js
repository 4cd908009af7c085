/* Meeting notes: one touch copies a client's note, and says that it was copied; and a button that prints. */
"use strict";

const ready = (root) => {
  for (const button of root.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
  for (const form of root.querySelectorAll("form[data-copy]")) {
    const text = form.querySelector("textarea");
    const button = form.querySelector("[data-copy-button]");
    const byHand = form.querySelector("[data-by-hand]");
    const failed = form.querySelector("[data-copy-failed]");
    button.hidden = false;
    byHand.hidden = true;
    button.addEventListener("click", async (event) => {
      event.preventDefault();
      try {
        await navigator.clipboard.writeText(text.value);
      } catch {
        text.select();
        failed.hidden = byHand.hidden = false;
        button.hidden = true;
        return;
      }
      form.submit();
    });
  }
};

ready(document);
