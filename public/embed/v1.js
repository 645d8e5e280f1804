// @ts-check

const ORIGIN = new URL(import.meta.url).origin;
/** The same number as in frame.js. */
const VERSION = 3;
/** The frame's height in pixels until it reports its own. */
const RESERVE = 640;
/**
 * Room in pixels that the element reserves at most: for one question at a time, and for all at once. The form's first page
 * is never higher (end2end/tests/embed/room.spec.ts).
 */
const ROOM = [1380, 2100];
/** Width in pixels from which the form shows all questions at once. */
const WIDE = 617;
/** The frame's title, and the message for a slow frame, in Chinese and English. */
const WORDS = [["旧机估价", "请稍等。"], ["Trade-in estimate", "Please wait."]];

/** A change of one in START loads the form again; a change of one in LIVE is sent to the running frame. */
const START = ["merchant", "device-type", "brand", "model", "storage"];
const LIVE = ["locale", "theme", "accent", "product-price", "product-name"];

/** Undefined on a server that renders pages, which may import this module all the same. @type {any} */
const { document, customElements, HTMLElement = Object } = globalThis;

// One for each room; the last one that is adopted counts. What follows a widget as high as the window is out of view, and
// moves unseen. A strict Content-Security-Policy would block a <style> element.
const sheets = (document?.adoptedStyleSheets ? ROOM : []).map((room) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    `:host{display:block;min-height:min(100vh,${room}px);height:auto!important;max-height:none!important;flex-shrink:9999;min-width:min(100%,240px)}:host([hidden]){display:none}`,
  );
  return sheet;
});

/** The page's widgets; the index is part of the frame's name. @type {Element[]} */
const places = [];

class TradeInWidget extends HTMLElement {
  static observedAttributes = ["loading", ...START, ...LIVE];

  #root = this.attachShadow({ mode: "open" });
  /** The top of the widget, to scroll to. */
  #top = document.createElement("div");
  #frame = document.createElement("iframe");
  /** @type {MessagePort | undefined} */
  #port;
  #height = RESERVE;
  /** While an answer is awaited: aborted when it comes. @type {any} */
  #waiting;
  /** The frame's address, or the address that its page reported when it left. */
  #sent = "";
  /** The host page's address when the frame's page arrived; empty before, while an older page may still send messages. */
  #page = "";
  /** The frame has loaded a page, or the browser's error page. */
  #loaded = false;
  /** A page in the frame has sent `here` since the last one loaded. */
  #called = false;
  /** Version of the page that has answered; 0 for none. */
  #met = 0;
  /** Code of the failure that it shows. */
  #failed = "";
  /** An attribute has changed since the frame was loaded, so each page gets the values of now. */
  #changed = false;
  /** The form is to be loaded again. */
  #anew = false;
  /** ... and to be empty: its answers are deleted. */
  #empty = false;
  /** The form in the frame was loaded empty. */
  #fresh = false;
  #planned = 0;
  #ignored = 0;

  connectedCallback() {
    this.#root.adoptedStyleSheets = sheets;
    // It has a width only with a style.
    if (this.clientWidth < WIDE) this.#root.adoptedStyleSheets = sheets.slice(0, 1);
    addEventListener("message", this);
    this.#plan(true);
  }

  disconnectedCallback() {
    removeEventListener("message", this);
    this.#clear();
    this.#root.replaceChildren();
  }

  /** Defined, so that `moveBefore()` keeps the frame. */
  connectedMoveCallback() {}

  attributeChangedCallback(name = "", before = "", now = "") {
    if (before !== now) this.#plan(START.includes(name));
  }

  reset() {
    this.#empty = true;
    this.#plan(true);
  }

  diagnose() {
    const mend = navigator.onLine ? `Do not copy v1.js; allow "script-src ${ORIGIN}".` : "Go online.";
    return import("./diagnose.js").then(
      ({ diagnose }) => diagnose(this, () => this.#state),
      () => [{ check: "script", ok: false, cause: "diagnose.js does not load.", mend }],
    );
  }

  get #state() {
    return { version: VERSION, met: this.#waiting ? 0 : this.#met, ignored: this.#ignored, failed: this.#failed, address: this.#sent, english: this.#english };
  }

  /** Handles `here`, which each page in the frame sends first. @param {MessageEvent} event */
  handleEvent({ source, origin, data }) {
    if (source !== this.#frame.contentWindow || origin !== ORIGIN || data?.tradein !== 1 || data.type !== "here" || this.#anew) return;
    const { merchant, address = this.#sent } = data;
    if (address !== this.#sent && (!this.#page || (merchant && merchant !== this.#text("merchant")))) {
      // A page that is being replaced, or one of another merchant, reached by the browser's Back.
      return this.#hello({ gone: this.#address, back: this.#page === location.href });
    }
    this.#page = location.href;
    this.#called = this.#loaded = true;
    this.#use(this.#hello({ here: true }));
    this.#wait();
  }

  /** Draws in a task of its own: ten frames in one task would block the page. */
  #plan(anew = false) {
    this.#anew ||= anew;
    clearTimeout(this.#planned);
    this.#planned = setTimeout(() => this.isConnected && this.#draw());
  }

  #draw() {
    const frame = this.#frame;
    const anew = this.#anew;
    if (anew) {
      this.#clear();
      this.#fresh = this.#empty;
      this.#anew = this.#empty = false;
    }
    if (!this.#text("merchant")) {
      this.#root.replaceChildren();
      return this.#tell("error", { code: "invalid_input", message: "no merchant" });
    }
    frame.title = WORDS[this.#english][0];
    // A frame is transparent only if its colour scheme is the same as that of its page.
    frame.style.colorScheme = /^(light|dark)$/.exec(this.#text("theme"))?.[0] ?? "light dark";
    frame.loading = this.#text("loading") || "lazy";
    const address = this.#address;
    if (this.#met) {
      this.#changed = true;
      return this.#set();
    }
    if (!frame.isConnected) this.#insert(address);
    else if (anew || address !== this.#sent) {
      this.#page = "";
      // Replaces the frame's page, so that the old one leaves no entry in the browser's history.
      if (this.#loaded) frame.contentWindow?.location.replace(address);
      else frame.src = address;
    }
    this.#sent = address;
    this.#wait();
  }

  #insert(address = "") {
    const frame = this.#frame;
    let place = places.indexOf(this);
    if (place < 0) place = [...places, this].findIndex((other) => other === this || !other.isConnected);
    places[place] = this;
    // The frame's pages read from it which origin to post to, and which widget their answers belong to.
    frame.name = `${window.origin} ${this.id || place}`;
    frame.src = address;
    // Gives a width to a parent that shrinks to its content, and never exceeds the parent's.
    frame.style.cssText += "display:block;width:100vw;max-width:100%;border:0";
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    frame.allow = "clipboard-write";
    frame.onload = () => {
      this.#loaded = true;
      // Pages of older versions wait for this hello; newer ones have sent `here`.
      this.#hello();
      if (!this.#called) this.#wait();
      this.#called = false;
    };
    this.#loaded = false;
    this.#page = location.href;
    this.#top.style.scrollMargin = "inherit";
    this.#root.append(this.#top, frame);
  }

  /** Sends the frame's page a port. It is used from the first message that comes by it. */
  #hello(more = {}) {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => {
      this.#use(port1);
      this.#hear(data ?? {});
    };
    // The target origin makes sure that only our own page gets the port.
    this.#frame.contentWindow?.postMessage({ tradein: 1, type: "hello", ...more }, ORIGIN, [port2]);
    if (this.#changed) this.#set(port1);
    return port1;
  }

  /** @param {MessagePort} port */
  #use(port) {
    if (port !== this.#port) this.#port?.close();
    this.#port = port;
  }

  #clear() {
    this.#came();
    this.#port?.close();
    this.#met = 0;
    this.#changed = false;
  }

  /** Waits for the frame's page. Seconds count only while frame and tab are visible. */
  #wait() {
    if (this.#waiting) return;
    const { signal } = (this.#waiting = new AbortController());
    // late.js changes this error if it finds the cause in time.
    const news = { code: "slow", message: WORDS[this.#english][1] };
    let inView = true;
    let waited = 0;
    // In a closed drawer the widget may touch the view with a ratio of 0, which is not visible.
    const eye = new IntersectionObserver((seen) => seen.forEach(({ intersectionRatio }) => (inView = intersectionRatio > 0)), { threshold: 0.001 });
    eye.observe(this);
    const timer = setInterval(() => {
      const shown = this.checkVisibility?.({ opacityProperty: true, visibilityProperty: true }) !== false;
      if (document.hidden || !inView || !shown || !this.getBoundingClientRect().width) return;
      // late.js gets two seconds before the error is reported.
      if (++waited === 3) import("./late.js").then(({ late }) => late(this, () => this.#state, news, waited, signal), () => {});
      if (waited === 5) this.#tell("error", news);
    }, 1000);
    signal.onabort = () => {
      clearInterval(timer);
      eye.disconnect();
    };
  }

  #came() {
    this.#waiting = this.#waiting?.abort();
    this.#frame.style.height = `${this.#height}px`;
    this.#frame.nextSibling?.remove();
  }

  #text(name = "") {
    return this.getAttribute(name) ?? "";
  }

  get #english() {
    return +/^en/i.test(this.#text("locale") || navigator.language);
  }

  get #address() {
    const url = new URL(`${ORIGIN}/widget/${encodeURIComponent(this.#text("merchant"))}`);
    for (const name of [...LIVE, ...START.slice(1)]) {
      if (this.#text(name)) url.searchParams.set(name.replace("-", "_"), this.#text(name));
    }
    if (this.#fresh) url.searchParams.set("fresh", "1");
    return url.href;
  }

  /** Tells the page in the frame that an order has used its offer. @param {{ orderId: string }} order */
  redeemed(order) {
    this.#port?.postMessage({ tradein: 1, type: "redeemed", ...order });
  }

  #set(port = this.#port) {
    const [locale, theme, accent, productPrice, productName] = LIVE.map((name) => this.#text(name));
    port?.postMessage({ tradein: 1, type: "set", locale, theme, accent, productPrice, productName });
  }

  /** Handles a message of the frame. Malformed messages are counted and ignored. @param {any} message */
  #hear({ tradein, type, version, height, quote, code, message, address }) {
    if (this.#anew) return;
    if (tradein !== 1) this.#ignored++;
    else if (type === "ready" && Number.isInteger(version) && version > 0) {
      this.#came();
      // After a long page, scroll to the top of the next one.
      if (this.#met && this.#root.activeElement === this.#frame && this.getBoundingClientRect().top < innerHeight) this.#top.scrollIntoView({ block: "nearest" });
      this.#met = version;
      this.#failed = "";
      this.#tell(type);
    } else if (type === "resize" && Number.isInteger(height) && height >= 0 && height <= 20000) {
      if (height === this.#height) return;
      this.#frame.style.height = `${(this.#height = height)}px`;
      this.#tell(type, { height });
    } else if (type === "error" && typeof code === "string" && typeof message === "string") {
      this.#failed = code;
      this.#tell(type, { code, message });
    } else if (["accept", "withdraw", "expire", "quote"].includes(type) && typeof quote?.id === "string") this.#tell(type, quote);
    else if (type === "escape") import("./escape.js").then(({ escape }) => escape(this), () => {});
    else if (type === "left" && address?.startsWith?.(`${ORIGIN}/`)) {
      // The next page may load sooner than this message comes, or not at all.
      this.#sent = address;
      this.#wait();
    } else this.#ignored++;
  }

  /** @param {string} type @param {unknown} detail */
  #tell(type, detail = null) {
    this.dispatchEvent(new CustomEvent(`tradein:${type}`, { bubbles: true, composed: true, detail }));
  }
}

customElements?.get("trade-in-widget") || customElements?.define("trade-in-widget", TradeInWidget);
