// @ts-check
/**
 * The frame's side of the messages between a widget's page and the host page around it.
 *
 * The handshake: each page posts `here` as soon as this script runs; the loader in the host page
 * answers with `hello` and a MessagePort, which carries all other messages. An older loader gives the
 * frame no name; it posts `hello` when the frame has loaded.
 *
 * The page's markup holds the facts:
 * - `<html data-origins="…">`: which host pages may listen, as CSP sources: exact origins,
 *   `http://localhost:*` for any port, `'self'`;
 * - `<html data-merchant="…">`: the merchant of the page;
 * - `<script type="application/json" id="tradein-quote">`: the quote that the page shows;
 * - `<html data-failure="code" data-failure-message="…">`: why it shows none.
 *
 * An island or another script sends further messages by a `tradein:post` event on `document` with the
 * detail `{type, …}`. When the host changes its options, `tradein:set` fires there; a listener that applies
 * them calls `preventDefault()`, and the page is not loaded again.
 *
 * To be measured, `body` must contain its margins (`display: flow-root`, flex or grid) and, under
 * `[data-framed]`, must not depend on the window's height (no `100vh`).
 */

const root = document.documentElement;

/** Version of this script and its loader, raised in both at once. `diagnose()` finds older loaders. */
const VERSION = 3;
/** Messages that islands and other scripts of a page may send to the host. */
const SPOKEN = ["quote", "accept", "expire", "withdraw", "error"];
const THEMES = ["auto", "light", "dark"];
/** The theme where the host sets none: the merchant's, or `auto`. */
const drawnTheme = root.dataset.theme ?? "auto";
/** Options of the host for which the server must draw the page again, with their names in its query. */
const DRAWN = { locale: "locale", accent: "accent", productPrice: "product_price", productName: "product_name" };
/** Options that the form sends on to the next page, with their names there. */
const CARRIED = { ...DRAWN, theme: "theme" };

/** Milliseconds within which heights are checked for a loop. */
const WATCHED = 5000;
/** Changes between growing and shrinking in that time that count as a loop. */
const TURNS = 3;
/** Reports in that time that count as endless growth. */
const REPORTS = 40;

/** Milliseconds after which the browser's Back has had no effect. */
const STAYED = 1000;

/** @typedef {{ type: string } & Record<string, unknown>} Message */

/** The host page's origin, set by the first hello. @type {string | undefined} */
let host;
/** The port to it, set by the last hello. @type {MessagePort | undefined} */
let port;
/** This page has posted `here`, so it accepts only a hello that answers it. */
let announced = false;
/** Messages from before the first hello. @type {Message[]} */
const early = [];

if (window.parent !== window) {
  root.dataset.framed = "";
  window.addEventListener("message", meet);
  window.addEventListener("keydown", escape);
  window.addEventListener("pagehide", leave);
  document.addEventListener("tradein:post", (event) => say(/** @type {CustomEvent<Message>} */ (event).detail));
  announce();
}

/**
 * Posts `here` to the page around, if its origin is allowed, with the address and merchant of this
 * page: the browser's history may have brought a page of another merchant. The frame's name, which
 * the loader has set, begins with the host page's origin and stays the same for all its pages.
 */
function announce() {
  const [around = ""] = window.name.split(" ");
  if (!allowed(around)) return;
  announced = true;
  const { merchant } = root.dataset;
  window.parent.postMessage({ tradein: 1, type: "here", address: location.href, merchant }, around);
}

/**
 * Posts this page's address with the answers so far, in case the next page does not load. A page that
 * the browser keeps for Back or Forward has no next page: the page around it leaves as well.
 * @param {PageTransitionEvent} event
 */
function leave({ persisted }) {
  if (persisted) return;
  const query = `${carried({})}`;
  if (port) post({ type: "left", address: `${location.origin}${location.pathname}${query && `?${query}`}` });
}

/**
 * Replaces this outdated page by the one at `address`. If the browser's Back led here, it goes further
 * back instead, so that the press has an effect.
 * @param {string} address @param {boolean} back
 */
function makeWay(address, back) {
  if (!address.startsWith(`${location.origin}/`)) return;
  const replace = () => location.replace(address);
  if (!back || !window.navigation) return replace();
  const [first] = navigation.entries();
  // Reached by Forward: the next entry may be outdated as well.
  const came = navigation.activation?.from?.index ?? Infinity;
  if (came < (navigation.currentEntry?.index ?? 0)) return replace();
  if (!first || first.key === navigation.currentEntry?.key) {
    // Before the frame's first page comes the page before the host page, if there is one.
    history.back();
    setTimeout(replace, STAYED);
    return;
  }
  // Another step of this page loads no new page that would post `here`, so this goes on by itself.
  navigation.traverseTo(first.key).committed?.then(() => makeWay(address, back), replace);
}

/** Passes Escape on to the host: the browser sends keys to the frame only, but a reader may want to close a dialog around it. @param {KeyboardEvent} event */
function escape({ key, isComposing, defaultPrevented, target }) {
  // In a search field with text, Escape empties the field.
  const empties = target instanceof HTMLInputElement && target.type === "search" && target.value;
  if (key === "Escape" && port && !isComposing && !defaultPrevented && !empties) post({ type: "escape" });
}

/** Takes a port from the page around, if its origin is allowed. @param {MessageEvent} event */
function meet({ source, origin, data, ports: [given] }) {
  // A message of another script or extension.
  if (data?.tradein === undefined) return;
  const trusted = source === window.parent && (host ? origin === host : allowed(origin));
  if (!trusted || data.tradein !== 1 || data.type !== "hello" || !given) return ignore();
  if (typeof data.gone === "string") return makeWay(data.gone, data.back === true);
  // The loader also posts a hello when the frame has loaded, for pages of older versions. After `here`
  // only the hello that answers it counts.
  if (announced && !data.here) return given.close();
  const first = !host;
  host = origin;
  port?.close();
  port = given;
  port.onmessage = ({ data }) => hear(data);
  greet(first);
}

function ignore() {
  root.dataset.ignored = `${Number(root.dataset.ignored ?? 0) + 1}`;
}

/** A message of the loader. @param {any} data */
function hear(data) {
  if (isSet(data)) follow(data);
  else if (data?.tradein === 1 && data.type === "redeemed" && typeof data.orderId === "string") {
    import("./used.js").then(({ used }) => used(data.orderId), () => {});
  } else ignore();
}

/** @param {any} data */
function isSet(data) {
  if (data?.tradein !== 1 || data.type !== "set") return false;
  return Object.keys(CARRIED).every((wish) => ["string", "undefined"].includes(typeof data[wish]));
}

/** @param {string} origin */
function allowed(origin) {
  return (root.dataset.origins ?? "").split(/\s+/).some((source) => {
    if (source === "'self'") return origin === location.origin;
    if (source.endsWith(":*")) return origin.replace(/:\d+$/, "") === source.slice(0, -2);
    return source !== "" && origin === source;
  });
}

/** @param {boolean} first */
function greet(first) {
  post({ type: "ready", version: VERSION });
  told = NaN;
  if (first) watchHeight();
  else report(height());
  const { failure, failureMessage } = root.dataset;
  if (failure) post({ type: "error", code: failure, message: failureMessage ?? "" });
  const shown = quote();
  if (shown) post({ type: "quote", quote: shown });
  if (first) watchValidity(shown);
  early.splice(0).forEach(post);
}

/** Posts a message of another script of the page, if its type is allowed. @param {Message} message */
function say(message) {
  if (SPOKEN.includes(message?.type)) post(message);
}

/** @param {Message} message */
function post(message) {
  if (port) port.postMessage({ ...message, tradein: 1 });
  else early.push(message);
}

/** The longest delay of a timer, in milliseconds. */
const LONGEST = 2 ** 31 - 1;

/**
 * When the quote expires while it is shown: posts `expire` and loads the page again. The time left is
 * the server's (`data-left`, in seconds); without it, the browser's clock is used.
 * @param {{ valid_until?: string | null } | null} shown
 */
function watchValidity(shown) {
  const drawn = document.querySelector("[data-left]")?.getAttribute("data-left");
  const left = drawn ? Number(drawn) * 1000 - performance.now() : Date.parse(shown?.valid_until ?? "") - Date.now();
  if (!(left > 0 && left < LONGEST)) return;
  setTimeout(() => {
    post({ type: "expire", quote: shown });
    location.reload();
  }, left);
}

/** The quote on this page. */
function quote() {
  try {
    return JSON.parse(document.getElementById("tradein-quote")?.textContent ?? "null");
  } catch {
    return null;
  }
}

// The host's options ---------------------------------------------------------------------

/** @param {Record<string, unknown>} wishes */
function follow(wishes) {
  const { theme } = wishes;
  if (typeof theme === "string") root.dataset.theme = THEMES.includes(theme) ? theme : drawnTheme;
  const query = carried(wishes);
  const handled = !document.dispatchEvent(new CustomEvent("tradein:set", { detail: wishes, cancelable: true }));
  const before = new URLSearchParams(location.search);
  const redraw = Object.values(DRAWN).some((name) => {
    const wish = query.get(name) ?? "";
    return wish !== (before.get(name) ?? "") && !(name === "locale" && wish === root.lang);
  });
  if (redraw && !handled) location.replace(`${location.pathname}?${query}`);
}

/**
 * The page's query with the host's options and the form's current answers, so that a page that is
 * loaded again has them all.
 * @param {Record<string, unknown>} wishes
 */
function carried(wishes) {
  const form = document.getElementById("tradein-form");
  const query = new URLSearchParams(location.search);
  // `fresh` would empty the form again.
  query.delete("fresh");
  if (form instanceof HTMLFormElement) {
    const answers = [...new FormData(form)];
    for (const [name] of answers) query.delete(name);
    for (const [name, answer] of answers) if (answer && typeof answer === "string") query.append(name, answer);
  }
  for (const [wish, name] of Object.entries(CARRIED)) {
    const value = wishes[wish];
    if (typeof value !== "string") continue;
    if (value) query.set(name, value);
    else query.delete(name);
    const field = form?.querySelector(`input[type="hidden"][name="${name}"]`);
    if (field instanceof HTMLInputElement) field.value = value;
  }
  return query;
}

// Height --------------------------------------------------------------------------------

/** The height that was reported last, unrounded. */
let told = NaN;
/** Reports of the last WATCHED milliseconds. @type {{ at: number, width: number, height: number }[]} */
let recent = [];
/** The heights have looped: no more reports until the reader does something. */
let settled = false;

function height() {
  return document.body.getBoundingClientRect().height;
}

function watchHeight() {
  // The frame is as tall as its content; a scroll bar would only flicker.
  root.style.overflow = "hidden";
  // At once: in a frame out of view, the observer below does not run.
  report(height());
  let planned = false;
  const plan = () => {
    if (planned) return;
    planned = true;
    requestAnimationFrame(() => {
      planned = false;
      report(height());
    });
  };
  new ResizeObserver(plan).observe(document.body, { box: "border-box" });
  for (const action of ["pointerdown", "keydown", "input"]) {
    window.addEventListener(
      action,
      () => {
        forget();
        plan();
      },
      { capture: true, passive: true },
    );
  }
}

function forget() {
  recent = [];
  settled = false;
}

/** @param {number} now */
function report(now) {
  const width = window.innerWidth;
  // In a hidden parent the frame has no width, and its height means nothing.
  if (width === 0 || now === 0) return;
  // A new width is a real change; a width that alternates with the height is a loop.
  if (!recent.some((past) => past.width === width)) forget();
  if (settled || Math.abs(now - told) < 1) return;
  const at = performance.now();
  recent = recent.filter((past) => at - past.at < WATCHED);
  recent.push({ at, width, height: now });
  const heights = recent.map((past) => past.height);
  settled = turns(heights) >= TURNS || heights.length > REPORTS;
  told = settled ? Math.max(...heights) : now;
  post({ type: "resize", height: Math.ceil(told) });
}

/** How often a series changes between growing and shrinking. @param {number[]} series */
function turns(series) {
  const steps = series.slice(1).map((value, index) => Math.sign(value - (series[index] ?? value)));
  return steps.slice(1).filter((step, index) => step !== steps[index]).length;
}
