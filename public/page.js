// @ts-check
/**
 * Buttons of any page: `[data-print]` prints it; `[data-copy="ID"]` copies the text of the
 * element with that id and shows its own `data-copied` for a while.
 *
 * `[data-share="ID"]` hands that text, an address, to the system's own sharing, and is
 * shown where there is one.
 *
 * `.brands` are put into a form that the server knew none for when it drew it.
 *
 * And the time left: `[data-left="SECONDS"]` counts down from what the server drew, in its
 * words `data-hours` and `data-minutes`, by this browser's stopwatch and never by its clock.
 */

/** Milliseconds that a button says it has copied. */
const SHOWN = 2000;

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element && event.target.closest("[data-print], [data-copy]");
  if (!(button instanceof HTMLElement)) return;
  if (button.dataset.copy === undefined) window.print();
  else void copy(button, button.dataset.copy);
});

/** @param {HTMLElement} button @param {string} id */
async function copy(button, id) {
  const source = document.getElementById(id);
  if (!source) return;
  const field = source instanceof HTMLTextAreaElement || source instanceof HTMLInputElement;
  try {
    await navigator.clipboard.writeText(field ? source.value : (source.textContent ?? ""));
  } catch {
    // Not permitted here: leave it selected, one key from being copied.
    if (field) source.select();
    else getSelection()?.selectAllChildren(source);
    return;
  }
  const { copied } = button.dataset;
  if (!copied || button.textContent === copied) return;
  const label = button.textContent;
  button.setAttribute("aria-live", "polite");
  button.textContent = copied;
  setTimeout(() => (button.textContent = label), SHOWN);
}

for (const button of document.querySelectorAll("[data-share]")) {
  // A frame may not share unless its page allows it, and that is not ours to ask for.
  if (!(button instanceof HTMLElement) || !("share" in navigator) || window.parent !== window) continue;
  button.hidden = false;
  button.addEventListener("click", () => {
    const source = document.getElementById(button.dataset.share ?? "");
    // Who closes the system's sheet has changed their mind; there is nothing to tell.
    if (source instanceof HTMLInputElement) navigator.share({ url: source.value, title: document.title }).catch(() => {});
  });
}

// Brands to search by ----------------------------------------------------------------------

const finder = document.querySelector("html:not([data-still]) .finder");
if (finder && !finder.querySelector(".brands")) {
  new MutationObserver((_, observer) => {
    // The form's island has asked for popular models by now; those have brands.
    if (!finder.querySelector("leptos-island > .results")) return;
    observer.disconnect();
    void offerBrands(finder);
  }).observe(finder, { childList: true, subtree: true });
}

/** @param {Element} finder */
async function offerBrands(finder) {
  try {
    const answer = await fetch(`?locale=${document.documentElement.lang}`, { cache: "no-cache" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const brands = page.querySelector(".brands");
    if (brands) finder.querySelector("leptos-island")?.before(brands);
  } catch {
    // The search field does without them.
  }
}

// The time left --------------------------------------------------------------------------

/** Milliseconds from one look at the time to the next. */
const TICK = 5000;

for (const line of document.querySelectorAll("[data-left]")) {
  if (line instanceof HTMLElement) countDown(line);
}

/** @param {HTMLElement} line */
function countDown(line) {
  const { left = "", hours = "", minutes = "" } = line.dataset;
  const drawn = performance.now();
  const show = () => {
    const seconds = Number(left) - (performance.now() - drawn) / 1000;
    if (seconds <= 0) {
      clearInterval(timer);
      // In a frame, the page around it is told first (embed/frame.js).
      if (window.parent === window) location.reload();
      return;
    }
    const total = Math.ceil(seconds / 60);
    const words = total < 60 ? minutes : hours;
    const text = words.replace("{h}", `${Math.floor(total / 60)}`).replace("{m}", `${total % 60}`);
    if (line.textContent !== text) line.textContent = text;
  };
  const timer = setInterval(show, TICK);
}
