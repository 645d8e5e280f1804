// @ts-check
/**
 * Inside the frame: talks with the page around it, and with nobody else. Each page says
 * that it is here as soon as this runs, however long its pictures take; the loader there
 * says hello and hands over a MessagePort, by which all else goes. An older loader, which
 * has not named the frame, says hello when the frame has loaded.
 *
 * The page states its facts in its markup:
 * - `<html data-origins="…">`: who may listen, as CSP sources: exact origins,
 *   `http://localhost:*` for any port, `'self'`;
 * - `<html data-merchant="…">`: whose page it is;
 * - `<script type="application/json" id="tradein-quote">`: the quote it shows;
 * - `<html data-failure="code" data-failure-message="…">`: why it shows none.
 *
 * An island says more by a `tradein:post` event on `document`, detail `{type, …}`. When
 * the host changes its wishes, `tradein:set` fires there; who handles it in place calls
 * `preventDefault()`, and the page is not fetched again.
 *
 * For the height, `body` must contain its margins (`display: flow-root`, flex or grid)
 * and, under `[data-framed]`, take no height from the window (no `100vh`).
 */

const root = document.documentElement;

/** Of this script and its loader. Raised in both at once; `diagnose()` finds loaders that stayed behind. */
const VERSION = 3;
/** What may be said to the host. */
const SPOKEN = ["quote", "accept", "expire", "error"];
const THEMES = ["auto", "light", "dark"];
/** What stands where the host wishes nothing: the merchant's own, or `auto`. */
const drawnTheme = root.dataset.theme ?? "auto";
/** Wishes that need the server to draw the page again, with their names in its query. */
const DRAWN = { locale: "locale", accent: "accent", productPrice: "product_price", productName: "product_name" };
/** Wishes that the form carries on to the next page, with their names there. */
const CARRIED = { ...DRAWN, theme: "theme" };

/** Milliseconds within which heights are watched for going to and fro. */
const WATCHED = 5000;
/** Turns up and down in that time that make a loop. */
const TURNS = 3;
/** Reports in that time that make one that grows without end. */
const REPORTS = 40;

/** Milliseconds after which the browser's Back has led nowhere. */
const STAYED = 1000;

/** @typedef {{ type: string } & Record<string, unknown>} Message */

/** The one origin that is spoken to: set by the first hello. @type {string | undefined} */
let host;
/** The way there: set by the last. @type {MessagePort | undefined} */
let port;
/** This page has called: it takes the hello that answers, and no other. */
let announced = false;
/** Messages from before the first hello. @type {Message[]} */
const early = [];

if (window.parent !== window) {
  root.dataset.framed = "";
  window.addEventListener("message", meet);
  window.addEventListener("keydown", escape);
  window.addEventListener("pagehide", leave);
  document.addEventListener("tradein:post", (event) => say(/** @type {CustomEvent<Message>} */ (event).detail));
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element && event.target.closest("[data-post]");
    if (button instanceof HTMLElement) say({ type: button.dataset.post ?? "", quote: quote() });
  });
  announce();
}

/**
 * Tells the page around, if that may listen, that it may say hello, and which page this is:
 * the browser's history may have brought one of another merchant. The loader has named
 * the frame by that page's origin and a place there; the name outlives the frame's pages.
 */
function announce() {
  const [around = ""] = window.name.split(" ");
  if (!allowed(around)) return;
  announced = true;
  const { merchant } = root.dataset;
  window.parent.postMessage({ tradein: 1, type: "here", address: location.href, merchant }, around);
}

/** Tells where the answers so far are, in case the next page does not come. */
function leave() {
  const query = `${carried({})}`;
  if (port) post({ type: "left", address: `${location.origin}${location.pathname}${query && `?${query}`}` });
}

/**
 * Makes room for the page at `address`, where this one is no longer wanted. Brought by the
 * browser's Back, it leads on in that direction, so that a press is not lost on it.
 * @param {string} address @param {boolean} back
 */
function makeWay(address, back) {
  if (!address.startsWith(`${location.origin}/`)) return;
  const replace = () => location.replace(address);
  if (!back || !window.navigation) return replace();
  const [first] = navigation.entries();
  // Forward, what comes next may be as unwanted, and behind is what is.
  const came = navigation.activation?.from?.index ?? Infinity;
  if (came < (navigation.currentEntry?.index ?? 0)) return replace();
  if (!first || first.key === navigation.currentEntry?.key) {
    // Before the frame's first page is what came before the host's page, if anything did.
    history.back();
    setTimeout(replace, STAYED);
    return;
  }
  // Another step of this page is no page of its own, which would speak and be told so again.
  navigation.traverseTo(first.key).committed?.then(() => makeWay(address, back), replace);
}

/** A browser keeps keys to the frame; this one is often meant for a dialog around it. @param {KeyboardEvent} event */
function escape({ key, isComposing, defaultPrevented, target }) {
  // In a field for searches, it empties the field.
  const empties = target instanceof HTMLInputElement && target.type === "search" && target.value;
  if (key === "Escape" && port && !isComposing && !defaultPrevented && !empties) post({ type: "escape" });
}

/** Takes a port from the page around, if that may listen, and from no one else. @param {MessageEvent} event */
function meet({ source, origin, data, ports: [given] }) {
  // Other scripts and extensions have messages of their own.
  if (data?.tradein === undefined) return;
  const trusted = source === window.parent && (host ? origin === host : allowed(origin));
  if (!trusted || data.tradein !== 1 || data.type !== "hello" || !given) return ignore();
  if (typeof data.gone === "string") return makeWay(data.gone, data.back === true);
  // The hello at the frame's load is for pages of older versions. This page has called, and
  // the hello that answers it says so.
  if (announced && !data.here) return given.close();
  const first = !host;
  host = origin;
  port?.close();
  port = given;
  port.onmessage = ({ data }) => (isSet(data) ? follow(data) : ignore());
  greet(first);
}

function ignore() {
  root.dataset.ignored = `${Number(root.dataset.ignored ?? 0) + 1}`;
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

/** What the page says for itself. @param {Message} message */
function say(message) {
  if (SPOKEN.includes(message?.type)) post(message);
}

/** @param {Message} message */
function post(message) {
  if (port) port.postMessage({ ...message, tradein: 1 });
  else early.push(message);
}

/** The longest time that a timer takes, in milliseconds. */
const LONGEST = 2 ** 31 - 1;

/**
 * When the price lapses while it is shown, tells so and draws the page as it stands then.
 * How long that is the server has said (`data-left`, in seconds); only where it has not,
 * the browser's clock counts.
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

// The host's wishes ---------------------------------------------------------------------

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
 * The page's query with the wishes in it, and with what the form holds by now, so that a
 * page drawn again has lost no answer.
 * @param {Record<string, unknown>} wishes
 */
function carried(wishes) {
  const form = document.getElementById("tradein-form");
  const query = new URLSearchParams(location.search);
  // It started this form empty, and would empty it again.
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

/** The height last told, unrounded. */
let told = NaN;
/** Reports of the last second. @type {{ at: number, width: number, height: number }[]} */
let recent = [];
/** The heights went to and fro: keep still until somebody does something. */
let settled = false;

function height() {
  return document.body.getBoundingClientRect().height;
}

function watchHeight() {
  // The frame is as tall as its content: a scroll bar could only flicker between two heights.
  root.style.overflow = "hidden";
  // Told at once: a frame out of view draws nothing, and would be measured only in view.
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
  // In a hidden parent there is no width, so the height says nothing.
  if (width === 0 || now === 0) return;
  // A width not seen lately is news; one that comes and goes with the height is a loop.
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

/** How often a series changes between rising and falling. @param {number[]} series */
function turns(series) {
  const steps = series.slice(1).map((value, index) => Math.sign(value - (series[index] ?? value)));
  return steps.slice(1).filter((step, index) => step !== steps[index]).length;
}
