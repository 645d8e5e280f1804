// @ts-check
// Wakes the page's islands: when the browser has time, or at once when somebody touches
// the page. Until then, and without this, the page works as plain HTML.

const own = document.querySelector("script[data-glue]");
const islands = document.querySelectorAll("leptos-island");

if (own instanceof HTMLElement && islands.length > 0) {
  const { glue = "", wasm = "" } = own.dataset;
  /** @type {Promise<void> | undefined} */
  let waking;
  const wake = () => (waking ??= start(glue, wasm));
  for (const touch of ["pointerover", "pointerdown", "keydown", "focusin"]) {
    addEventListener(touch, wake, { once: true, passive: true });
  }
  if ("requestIdleCallback" in window) requestIdleCallback(wake, { timeout: 1500 });
  else setTimeout(wake);
}

/**
 * @param {string} glue @param {string} wasm
 */
async function start(glue, wasm) {
  const module = await import(glue);
  await module.default({ module_or_path: wasm });
  module.hydrate();
  for (const island of islands) {
    if (island instanceof HTMLElement) module[island.dataset.component ?? ""]?.(island);
  }
  document.documentElement.dataset.awake = "";
}
