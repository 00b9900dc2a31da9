// Fetches the page again and again and puts the new tables and jobs in the place of the old ones. The form is left alone.
"use strict";

const SOON = 1000;
const LATER = 5000;
const fresh = document.getElementById("fresh");

function replace(id, page) {
  const old = document.getElementById(id);
  const now = page.getElementById(id);
  if (now === null || old.innerHTML === now.innerHTML) {
    return;
  }
  const focused = old.contains(document.activeElement) ? document.activeElement.id : "";
  old.replaceChildren(...document.importNode(now, true).childNodes);
  const next = document.getElementById(focused);
  if (next !== null) {
    next.focus({ preventScroll: true });
  } else if (focused !== "") {
    old.tabIndex = -1;
    old.focus({ preventScroll: true });
  }
}

async function refresh() {
  if (!document.hidden) {
    try {
      const answer = await fetch("/", { cache: "no-store", signal: AbortSignal.timeout(10000) });
      if (!answer.ok) {
        throw new Error(String(answer.status));
      }
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      replace("tables", page);
      replace("jobs", page);
      say("");
    } catch {
      say("The server does not answer.");
    }
  }
  setTimeout(refresh, document.querySelector("#jobs progress") === null ? LATER : SOON);
}

function say(text) {
  if (fresh.textContent !== text) {
    fresh.textContent = text;
  }
}

const faults = document.getElementById("faults");
if (faults !== null) {
  faults.focus();
}
setTimeout(refresh, SOON);
