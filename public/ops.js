// @ts-check
/**
 * The operator's page, fresh every few seconds: the server draws it, this puts the new one
 * in the old one's place, while somebody looks at it.
 */

/** Milliseconds between two. */
const PAUSE = 5000;

async function refresh() {
  if (document.hidden) return;
  const stalled = document.querySelector("[data-stalled]");
  try {
    const answer = await fetch(location.href, { headers: { accept: "text/html" } });
    // The session is over, or the server starts anew: it says so itself.
    if (answer.status === 403) return location.reload();
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    replace(document.getElementById("live"), page.getElementById("live"));
    if (stalled) stalled.textContent = "";
  } catch {
    const text = stalled?.getAttribute("data-stalled") ?? "";
    if (stalled && stalled.textContent !== text) stalled.textContent = text;
  }
}

/** @param {HTMLElement | null} old @param {HTMLElement | null} fresh */
function replace(old, fresh) {
  if (!old || !fresh) return;
  // Who reads in it or has selected something is left alone until the next time.
  const selection = getSelection();
  const selected = selection && !selection.isCollapsed && old.contains(selection.anchorNode);
  if (selected || old.contains(document.activeElement)) return;
  const open = [...old.querySelectorAll("details")].map((details) => details.open);
  [...fresh.querySelectorAll("details")].forEach((details, place) => (details.open = open[place] ?? false));
  old.replaceChildren(...fresh.childNodes);
}

setInterval(() => void refresh(), PAUSE);
document.addEventListener("visibilitychange", () => void refresh());
