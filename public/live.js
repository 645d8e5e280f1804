// @ts-check
/**
 * Parts of a page that the server draws anew: fetched, and put in the old ones' place.
 */

/**
 * Fetches this page anew and puts the elements of these ids in their place. What cannot be
 * had is told where the page has room for it (`[data-stalled]`). Gives back the page as it is
 * now, where it could be had.
 *
 * @param {...string} ids
 */
export async function refresh(...ids) {
  const stalled = document.querySelector("[data-stalled]");
  try {
    const answer = await fetch(location.href, { headers: { accept: "text/html" } });
    // The session is over, or the server starts anew: it says so itself.
    if (answer.status === 403) return void location.reload();
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const id of ids) replace(document.getElementById(id), page.getElementById(id));
    if (stalled) stalled.textContent = "";
    return page;
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
  const within = document.activeElement !== old && old.contains(document.activeElement);
  if (selected || within) return;
  const open = [...old.querySelectorAll("details")].map((details) => details.open);
  [...fresh.querySelectorAll("details")].forEach((details, place) => (details.open = open[place] ?? false));
  old.replaceChildren(...fresh.childNodes);
}
