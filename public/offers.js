// @ts-check
/**
 * Draws the offers of other buyers in another order without loading the page again: in a shop's page, the reader
 * stays where they are. Without this script, the links load the page.
 */

export {};

document.addEventListener("click", (event) => {
  const link = event.target instanceof Element && event.target.closest(".order a");
  const { button, ctrlKey, metaKey, shiftKey, altKey } = event;
  if (!(link instanceof HTMLAnchorElement) || button || ctrlKey || metaKey || shiftKey || altKey) return;
  event.preventDefault();
  void reorder(link.href);
});

/** @param {string} address */
async function reorder(address) {
  const old = document.querySelector(".offers");
  try {
    const answer = await fetch(address, { cache: "no-cache" });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".offers");
    if (!old || !fresh) return location.assign(address);
    for (const row of old.querySelectorAll("details[open]")) fresh.querySelector(`#${row.id}`)?.setAttribute("open", "");
    old.replaceWith(fresh);
    history.replaceState(history.state, "", address);
    const chosen = fresh.querySelector("[aria-current]");
    if (chosen instanceof HTMLElement) chosen.focus({ preventScroll: true });
  } catch {
    location.assign(address);
  }
}
