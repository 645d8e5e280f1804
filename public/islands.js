// @ts-check
// Wakes the page's islands: when the browser has time, or at once when somebody touches
// the page. Until then, and without this, the page works as plain HTML; a sample of a
// state (`data-still`) stays as it is.
//
// It stays plain, and `data-plain` on the root says so, where the page is not as the server
// drew it, where waking fails, and where it failed before (`?plain=1`).

export {};

const root = document.documentElement;
const own = document.querySelector("script[data-glue]");
const islands = [...document.querySelectorAll("html:not([data-still]) leptos-island")];

if (own instanceof HTMLElement && islands.length > 0) {
  if (new URLSearchParams(location.search).has("plain")) root.dataset.plain = "";
  else attend(own.dataset);
}

/** @param {DOMStringMap} own what the script's element says */
function attend({ glue = "", wasm = "", shape = "" }) {
  /** @type {Promise<void> | undefined} */
  let waking;
  const wake = () => (waking ??= start(glue, wasm, shape));
  for (const touch of ["pointerover", "pointerdown", "keydown", "focusin"]) {
    addEventListener(touch, wake, { once: true, passive: true });
  }
  if ("requestIdleCallback" in window) requestIdleCallback(wake, { timeout: 1500 });
  else setTimeout(wake);

  // What an input method composes is no answer before its end, which Chromium tells no field of.
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
  // The wasm finds its places by counting nodes, which translators wrap and proxies strip.
  if (islands.map(shape).join(" ") !== expected) return void (root.dataset.plain = "");
  // Outermost ones; with what is typed and ticked by now.
  const drawn = islands
    .filter((island) => !island.parentElement?.closest("leptos-island"))
    .map((island) => ({ island, copy: island.cloneNode(true) }));
  try {
    module.hydrate();
    walk(document.body, module);
  } catch (error) {
    console.error(error);
    root.dataset.plain = "";
    // What listens by now, and would keep the form from being sent, goes with the old nodes.
    for (const { island, copy } of drawn) island.replaceWith(copy);
    // It watched the form that is gone. By another address, it is run once more; as a variable,
    // so that the type checker does not look for a file of that name.
    const again = String("/answers.js?anew");
    return void (await import(again));
  }
  addEventListener("error", ({ error }) => drawAnew(error));
  addEventListener("unhandledrejection", ({ reason }) => drawAnew(reason));
  root.dataset.awake = "";
}

/**
 * What an island drew itself: elements by name, texts as `#`, comments as `!`. What the page
 * put into it is not of its shape.
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
 * After a fault in the wasm nothing of it answers any more: the server draws the form anew,
 * with all answers, to stay plain.
 * @param {unknown} error
 */
function drawAnew(error) {
  const form = document.getElementById("tradein-form");
  if (!(error instanceof WebAssembly.RuntimeError && form instanceof HTMLFormElement)) return;
  const query = new URLSearchParams({ plain: "1" });
  for (const [name, answer] of new FormData(form)) if (typeof answer === "string") query.append(name, answer);
  location.replace(`?${query}`);
}

/** What the parts between an island and its children have to say before each child. @type {(() => void)[]} */
const around = [];

/**
 * Outer islands first, so that inner ones find what the outer provide.
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
