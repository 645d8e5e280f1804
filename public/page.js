// @ts-check
/**
 * Small parts of all pages:
 * - `[data-print]` prints the page;
 * - `[data-copy="ID"]` copies the text of that element and shows its own `data-copied` for 2 s;
 * - `[data-share="ID"]` passes that text, an address, to the system's share sheet; the button is hidden
 *   where there is none;
 * - `.brands` are added to a form that the server drew before it knew any;
 * - `[data-left="SECONDS"]` counts down in the words of `data-hours` and `data-minutes`. It counts from
 *   when the page was loaded, so a wrong clock does not matter.
 */

/** Milliseconds for which a button shows that it has copied. */
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
    // Copying is not permitted: select the text instead.
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
  // In a frame, sharing needs the permission of the host page, which shops need not give.
  if (!(button instanceof HTMLElement) || !("share" in navigator) || window.parent !== window) continue;
  button.hidden = false;
  button.addEventListener("click", () => {
    const source = document.getElementById(button.dataset.share ?? "");
    // Closing the share sheet is no error.
    if (source instanceof HTMLInputElement) navigator.share({ url: source.value, title: document.title }).catch(() => {});
  });
}

// Brands to search by ----------------------------------------------------------------------

const finder = document.querySelector("html:not([data-still]) .finder");
if (finder && !finder.querySelector(".brands")) {
  new MutationObserver((_, observer) => {
    // The island has got popular models, so the server now knows brands.
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
    // The form works without brands.
  }
}

// The time left --------------------------------------------------------------------------

/** Milliseconds between two updates of the time left. */
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
      // In a frame, embed/frame.js reports the expiry and reloads.
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
