// @ts-check
/**
 * Buttons of any page: `[data-print]` prints it; `[data-copy="ID"]` copies the text of the
 * element with that id and shows its own `data-copied` for a while.
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
