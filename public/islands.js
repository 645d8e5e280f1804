// @ts-check
// Wakes the page's islands: when the browser has time, or at once when somebody touches
// the page. Until then, and without this, the page works as plain HTML; a sample of a
// state (`data-still`) stays as it is.

const own = document.querySelector("script[data-glue]");
const islands = document.querySelectorAll("html:not([data-still]) leptos-island");

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
  walk(document.body, module);
  document.documentElement.dataset.awake = "";
}

/** What the parts between an island and its children have to say before each child. @type {(() => void)[]} */
const around = [];

/**
 * Outer islands first, so that inner ones find what the outer provide.
 * @param {Element} element @param {Record<string, (element: Element) => void>} module
 */
function walk(element, module) {
  if (element.localName === "leptos-island" && element instanceof HTMLElement) {
    around.at(-1)?.();
    module[element.dataset.component ?? ""]?.(element);
  }
  const between = element.localName === "leptos-children";
  if (between) around.push(/** @type {any} */ (element).$$on_hydrate);
  for (const child of element.children) walk(child, module);
  if (between) around.pop();
}
