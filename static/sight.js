// In a team that not everybody sees all of: what is no longer this reader's to see goes from the open page within
// seconds, also where no stream keeps it true. What somebody types stays, as long as the page shows nobody who is gone.
//
//   #sight   since when the page asks: the newest fact that it can show (value), the day and whom it had opened (data-was)
(() => {
  "use strict";

  const mark = document.getElementById("sight");
  if (!mark) return;
  const EVERY = 2_500; // milliseconds
  // Where people may stand in words alone, without the sign by which they are known elsewhere.
  const IN_WORDS = /^\/(history|meetings|notices|statistics|access-log)(\/|$)/;
  let seq = mark.value;
  let asking = false;

  const shows = (id) => IN_WORDS.test(location.pathname) || location.pathname.includes(id) || document.body.innerHTML.includes(id);

  // Names go at once, also those in a dialog or a menu; the page as it may be comes when it can.
  function letGo() {
    for (const over of document.querySelectorAll("dialog, [popover], [data-parked]")) over.remove();
    document.getElementById("content")?.replaceChildren();
    location.replace(location.href);
  }

  async function ask() {
    if (asking || document.hidden) return;
    asking = true;
    try {
      const query = new URLSearchParams({ seq, was: mark.dataset.was });
      const answer = await fetch(`/sight?${query}`, { headers: { Accept: "application/json" }, cache: "no-store" });
      if (answer.status === 401 || answer.status === 403) return letGo();
      if (!answer.ok) return;
      const told = await answer.json();
      seq = told.seq;
      if (told.all || told.gone.length) await self.outbox?.forget?.("clients").catch(() => {}); // kept on a phone
      if (told.all || told.gone.some(shows)) letGo();
    } catch {
      // No answer: asked again soon.
    } finally {
      asking = false;
    }
  }

  setInterval(ask, EVERY);
  document.addEventListener("visibilitychange", ask);
  window.addEventListener("pageshow", ask);
})();
