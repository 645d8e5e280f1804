// @ts-check
// Hydrates the page's islands when the browser is idle, or at the first touch or key. Before that, and
// without scripts, the page works as plain HTML. Samples of a state (`data-still`) are not hydrated.
//
// The page stays plain, with `data-plain` on its root, if it was changed since the server drew it, if
// hydration fails, or if it failed before (`?plain=1`).

export {};

const root = document.documentElement;
const own = document.querySelector("script[data-glue]");
const islands = [...document.querySelectorAll("html:not([data-still]) leptos-island")];

if (own instanceof HTMLElement && islands.length > 0) {
  if (new URLSearchParams(location.search).has("plain")) root.dataset.plain = "";
  else attend(own.dataset);
}

/** @param {DOMStringMap} own the data attributes of this script's element */
function attend({ glue = "", wasm = "", shape = "" }) {
  /** @type {Promise<void> | undefined} */
  let waking;
  // During an upgrade, the page may be of one version and the server that is asked for its files of another.
  const wake = () => (waking ??= start(glue, wasm, shape).catch(() => void (root.dataset.plain = "")));
  for (const touch of ["pointerover", "pointerdown", "keydown", "focusin"]) {
    addEventListener(touch, wake, { once: true, passive: true });
  }
  if ("requestIdleCallback" in window) requestIdleCallback(wake, { timeout: 1500 });
  else setTimeout(wake);

  // Text that an input method is composing is not yet an answer. Chromium sends no `input` event at
  // its end.
  addEventListener("compositionstart", () => (root.dataset.composing = ""));
  addEventListener("compositionend", ({ target }) => {
    delete root.dataset.composing;
    target?.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

/** @param {string} glue @param {string} wasm @param {string} expected */
async function start(glue, wasm, expected) {
  const module = await import(glue);
  await module.default({ module_or_path: wasm });
  // The wasm finds its nodes by counting. Translators add nodes, and some proxies remove them.
  if (islands.map(shape).join(" ") !== expected) return void (root.dataset.plain = "");
  // Copies of the outermost islands, with what is typed and ticked by now.
  const drawn = islands
    .filter((island) => !island.parentElement?.closest("leptos-island"))
    .map((island) => ({ island, copy: island.cloneNode(true) }));
  try {
    module.hydrate();
    walk(document.body, module);
  } catch (error) {
    console.error(error);
    root.dataset.plain = "";
    // Listeners that are already set would keep the form from being sent. They go with the old nodes.
    for (const { island, copy } of drawn) island.replaceWith(copy);
    // answers.js watched the form that was replaced. Another address makes the browser run it again; it
    // is a variable, so that the type checker does not look for a file of that name.
    const again = String("/answers.js?anew");
    return void (await import(again));
  }
  addEventListener("error", ({ error }) => drawAnew(error));
  addEventListener("unhandledrejection", ({ reason }) => drawAnew(reason));
  root.dataset.awake = "";
}

/**
 * The shape of an island's own nodes: elements by name, texts as `#`, comments as `!`. Children that
 * the page passed in are left out.
 * @param {Node} node @returns {string}
 */
function shape(node) {
  return [...node.childNodes]
    .map((child) => {
      if (child instanceof Text) return "#";
      if (!(child instanceof Element)) return "!";
      return `${child.localName}(${child.localName === "leptos-children" ? "" : shape(child)})`;
    })
    .join("");
}

/**
 * After a panic the wasm no longer works: the page is loaded again as plain HTML, with all answers.
 * @param {unknown} error
 */
function drawAnew(error) {
  const form = document.getElementById("tradein-form");
  if (!(error instanceof WebAssembly.RuntimeError && form instanceof HTMLFormElement)) return;
  const query = new URLSearchParams({ plain: "1" });
  for (const [name, answer] of new FormData(form)) if (typeof answer === "string") query.append(name, answer);
  location.replace(`?${query}`);
}

/** Callbacks of the `leptos-children` around the current island, to call before it. @type {(() => void)[]} */
const around = [];

/**
 * Hydrates islands from the outside in, because inner ones use contexts of outer ones.
 * @param {Element} element @param {Record<string, (element: Element) => void>} module
 */
function walk(element, module) {
  if (element.localName === "leptos-island" && element instanceof HTMLElement) {
    const wakeIsland = module[element.dataset.component ?? ""];
    if (!wakeIsland) throw new Error("The page and the wasm are of two builds");
    around.at(-1)?.();
    wakeIsland(element);
  }
  const between = element.localName === "leptos-children";
  if (between) around.push(/** @type {any} */ (element).$$on_hydrate);
  for (const child of element.children) walk(child, module);
  if (between) around.pop();
}
