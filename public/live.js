// @ts-check
/**
 * Replaces parts of a page by those of a freshly loaded one.
 */

/**
 * Fetches this page and replaces the elements with these ids. Returns the fetched page; if it cannot be
 * fetched, `[data-stalled]` shows its message.
 *
 * @param {...string} ids
 */
export async function refresh(...ids) {
  const stalled = document.querySelector("[data-stalled]");
  try {
    const answer = await fetch(location.href, { headers: { accept: "text/html" } });
    // The session has ended: the reloaded page says so.
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
  // An element with the focus or a selection in it is not replaced this time.
  const selection = getSelection();
  const selected = selection && !selection.isCollapsed && old.contains(selection.anchorNode);
  const within = document.activeElement !== old && old.contains(document.activeElement);
  if (selected || within) return;
  const open = [...old.querySelectorAll("details")].map((details) => details.open);
  [...fresh.querySelectorAll("details")].forEach((details, place) => (details.open = open[place] ?? false));
  old.replaceChildren(...fresh.childNodes);
}
