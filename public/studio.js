// @ts-check
/**
 * The studio: applies each switch at once, without a page load, and lists the widget's events. The server
 * draws each setting; this script replaces the changed parts of the page and sets the attributes of
 * the running widget.
 */

export {};

const form = document.getElementById("options");
const list = document.getElementById("events");
/** Milliseconds without typing before a change is applied. */
const PAUSE = 250;
/** The most events in the list. */
const LISTED = 30;

if (form instanceof HTMLFormElement && list) {
  /** @type {ReturnType<typeof setTimeout> | 0} */
  let timer = 0;
  /** The number of the latest change; answers to earlier ones are dropped. */
  let latest = 0;
  const plan = () => {
    clearTimeout(timer);
    timer = setTimeout(() => act(++latest), PAUSE);
  };
  form.addEventListener("input", plan);
  for (const picker of form.querySelectorAll("[data-picks]")) if (picker instanceof HTMLInputElement) pick(picker);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    plan();
  });

  /** @param {number} mine */
  const act = async (mine) => {
    const query = new URLSearchParams(/** @type {any} */ (new FormData(form)));
    const address = `${location.pathname}?${query}`;
    const answer = await fetch(address).catch(() => null);
    const text = await answer?.text();
    if (mine !== latest) return;
    // Without an answer, the browser loads the page and shows the error.
    if (!answer?.ok || !text) return location.assign(address);
    put(new DOMParser().parseFromString(text, "text/html"), address);
  };
  for (const type of ["ready", "resize", "quote", "accept", "withdraw", "expire", "error"]) {
    document.addEventListener(`tradein:${type}`, (event) => tell(list, type, /** @type {CustomEvent} */ (event).detail));
  }
  watchState(list);
}

// The server's warning about http is wrong if a proxy hides from it that the browser uses https.
const blocked = document.getElementById("blocked");
if (blocked && location.protocol === "https:" && blocked.dataset.host?.startsWith("http:")) blocked.hidden = false;

/** Ties a colour field to the field that the colour is typed in. @param {HTMLInputElement} picker */
function pick(picker) {
  const typed = document.getElementById(picker.dataset.picks ?? "");
  const probe = document.createElement("canvas").getContext("2d");
  if (!(typed instanceof HTMLInputElement) || !probe) return;
  picker.hidden = false;
  picker.addEventListener("input", () => (typed.value = picker.value));
  typed.addEventListener("input", () => {
    // Reading it back writes any CSS colour as #rrggbb; text that is no colour changes nothing.
    probe.fillStyle = typed.value;
    if (String(probe.fillStyle).startsWith("#")) picker.value = String(probe.fillStyle);
  });
}

/** @param {Document} drawn @param {string} address */
function put(drawn, address) {
  history.replaceState(null, "", address);
  // In a parsed page, the content of <noscript> becomes elements, and would show the frame twice.
  for (const plain of drawn.querySelectorAll("noscript")) plain.remove();
  for (const part of document.querySelectorAll("[data-live]")) {
    const fresh = drawn.querySelector(`[data-live="${part.getAttribute("data-live")}"]`);
    if (!fresh || fresh.innerHTML === part.innerHTML) continue;
    // Keep opened details open.
    const open = part.querySelector("details[open] pre")?.id;
    part.replaceChildren(...fresh.childNodes);
    for (const details of part.querySelectorAll("details")) details.open = details.querySelector("pre")?.id === open;
  }
  const shop = document.querySelector(".shop");
  const wanted = drawn.querySelector(".shop");
  if (!shop || !wanted) return;
  for (const { name, value } of wanted.attributes) shop.setAttribute(name, value);
  for (const part of [".shop-bar", ".shop-product", ".shop-tradein > h3"]) {
    const fresh = wanted.querySelector(part);
    if (fresh) shop.querySelector(part)?.replaceWith(document.adoptNode(fresh));
  }
  const widget = shop.querySelector("trade-in-widget");
  const after = wanted.querySelector("trade-in-widget");
  if (widget && after) return become(widget, after);
  const place = wanted.querySelector(".shop-tradein");
  if (place) shop.querySelector(".shop-tradein")?.replaceWith(document.importNode(place, true));
  if (list) watchState(list);
}

/** Gives a running widget another's attributes. @param {Element} widget @param {Element} other */
function become(widget, other) {
  for (const name of widget.getAttributeNames()) if (!other.hasAttribute(name)) widget.removeAttribute(name);
  for (const name of other.getAttributeNames()) {
    const value = other.getAttribute(name) ?? "";
    if (widget.getAttribute(name) !== value) widget.setAttribute(name, value);
  }
}

// Events of the widget -------------------------------------------------------------------

/** @param {Element} list @param {string} type @param {unknown} detail */
function tell(list, type, detail) {
  const line = document.createElement("li");
  const name = document.createElement("code");
  name.textContent = `tradein:${type}`;
  line.append(name);
  if (detail) {
    const json = document.createElement("pre");
    // An offer's token stays out of the page.
    const shown = JSON.stringify(detail, (name, value) => (name === "token" ? "…" : value), 1);
    json.textContent = shown;
    const more = document.createElement("details");
    const summary = document.createElement("summary");
    summary.textContent = shown.replace(/\s+/g, " ").slice(0, 60);
    more.append(summary, json);
    line.append(more);
  }
  list.prepend(line);
  while (list.children.length > LISTED) list.lastElementChild?.remove();
}

/**
 * A sample of a state is shown in a plain frame: this sets its height to that of its page, and lists the
 * events that the widget would send, from the facts in the page's markup.
 * @param {Element} list
 */
function watchState(list) {
  const frame = document.querySelector("iframe.state-frame");
  if (!(frame instanceof HTMLIFrameElement)) return;
  const look = () => {
    const page = frame.contentDocument;
    if (!page?.body || page.URL === "about:blank") return;
    const fit = () => (frame.style.height = `${Math.ceil(page.body.getBoundingClientRect().height)}px`);
    new ResizeObserver(fit).observe(page.body);
    fit();
    tell(list, "ready", undefined);
    const { failure, failureMessage } = page.documentElement.dataset;
    if (failure) tell(list, "error", { code: failure, message: failureMessage });
    const quote = page.getElementById("tradein-quote")?.textContent;
    if (quote) tell(list, "quote", JSON.parse(quote));
  };
  frame.addEventListener("load", look);
  if (frame.contentDocument?.readyState === "complete") look();
}
