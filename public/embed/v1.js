// @ts-check

const TAG = "trade-in-widget";
const ORIGIN = new URL(import.meta.url).origin;
/** As in frame.js. */
const VERSION = 3;
/** Seconds in view after which a silent frame is slow. */
const PATIENCE = 5;
/** Pixels until the frame tells its height. */
const RESERVE = 640;

/** A change of these starts anew; of the others, the running frame is told. */
const START = ["merchant", "device-type", "brand", "model"];
const LIVE = ["locale", "theme", "accent", "product-price", "product-name"];

// A server that draws pages has none of these, and may import this all the same.
const { document, customElements, HTMLElement = /** @type {any} */ (Object) } = globalThis;

// A <style> would fail a strict CSP.
const sheets = document && "adoptedStyleSheets" in document ? [new CSSStyleSheet()] : [];
sheets[0]?.replaceSync(
  `:host{display:block;min-height:${RESERVE}px;height:auto!important;max-height:none!important}:host([hidden]){display:none}`,
);

/** The page's widgets, each at its place. @type {Element[]} */
const places = [];

class TradeInWidget extends HTMLElement {
  static observedAttributes = [...START, ...LIVE, "loading"];

  #root = this.attachShadow({ mode: "open" });
  #frame = document.createElement("iframe");
  /** @type {MessagePort | undefined} */
  #port;
  /** Until it is known to be out of it: that comes with the next frame that is drawn. */
  #inView = true;
  // In a closed drawer it may touch the view without being in it.
  #eye = new IntersectionObserver((seen) => (this.#inView = Number(seen.at(-1)?.intersectionRatio) > 0), { threshold: 0.001 });
  #height = RESERVE;
  /** Runs while an answer is awaited, else 0. */
  #timer = 0;
  /** Seconds in view without an answer; for ever, once that is told. */
  #waited = 0;
  /** Where the frame was sent; then it goes its own ways. */
  #sent = "";
  /** The frame holds a page, or why there is none. */
  #loaded = false;
  /** The page in the frame has said that it is there. */
  #called = false;
  /** Version of the page that has answered. */
  #met = 0;
  /** Code of the failure it shows. */
  #failed = "";
  /** The frame's address is out of date: tell each page. */
  #told = false;
  /** 1: from the start; 2: and with an empty form. */
  #anew = 0;
  #fresh = false;
  #drawn = false;
  #ignored = 0;

  connectedCallback() {
    this.#root.adoptedStyleSheets = sheets;
    addEventListener("message", this);
    this.#plan(1);
  }

  disconnectedCallback() {
    removeEventListener("message", this);
    this.#clear();
    this.#root.replaceChildren();
  }

  /** Lets `moveBefore()` keep the frame. */
  connectedMoveCallback() {}

  attributeChangedCallback(name = "", before = "", now = "") {
    if (before !== now) this.#plan(+START.includes(name));
  }

  reset() {
    this.#plan(2);
  }

  async diagnose() {
    try {
      const { diagnose } = await import("./diagnose.js");
      return diagnose(this, () => this.#state);
    } catch {
      const mend = navigator.onLine ? `Do not copy v1.js; allow "script-src ${ORIGIN}".` : "Go online.";
      return [{ check: "script", ok: false, cause: "diagnose.js does not load.", mend }];
    }
  }

  get #state() {
    const met = this.#timer ? 0 : this.#met;
    return { version: VERSION, met, ignored: this.#ignored, failed: this.#failed, address: this.#sent, waited: this.#waited };
  }

  /** A page in the frame says that it is there. @param {MessageEvent} event */
  handleEvent({ source, origin, data }) {
    if (source !== this.#frame.contentWindow || origin !== ORIGIN || data?.tradein !== 1 || data.type !== "here") return;
    this.#called = this.#loaded = true;
    this.#use(this.#hello({ here: true }));
    this.#wait();
  }

  /** Draws in a task of its own: ten frames in one take long. */
  #plan(anew = 0) {
    this.#anew = Math.max(this.#anew, anew);
    this.#drawn = false;
    setTimeout(() => this.#drawn || !this.isConnected || this.#draw());
  }

  #draw() {
    this.#drawn = true;
    const frame = this.#frame;
    const anew = this.#anew;
    if (anew) {
      this.#clear();
      this.#fresh = anew > 1;
      this.#anew = 0;
    }
    if (!this.#text("merchant")) {
      this.#root.replaceChildren();
      return this.#tell("error", { code: "invalid_input", message: "merchant is missing" });
    }
    const theme = this.#text("theme");
    frame.title = /^en/i.test(this.#text("locale") || navigator.language) ? "Trade-in estimate" : "旧机估价";
    // Equal schemes on both sides keep the frame transparent.
    frame.style.colorScheme = /^(light|dark)$/.test(theme) ? theme : "light dark";
    frame.setAttribute("loading", this.#text("loading") || "lazy");
    const address = this.#address;
    if (this.#met) {
      this.#told = true;
      return this.#set();
    }
    if (!frame.isConnected) this.#insert(address);
    else if (anew || address !== this.#sent) {
      // A place in the history for each page would be dead once the frame is at the next.
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
    // By it, the frame's pages know whom to call, and whose answers they hold.
    frame.name = `${window.origin} ${this.id || place}`;
    frame.src = address;
    // By its content wide where a parent shrinks to that, and never wider than there is room.
    Object.assign(frame.style, { display: "block", width: "100vw", maxWidth: "100%", height: `${this.#height}px`, border: 0 });
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    frame.allow = "clipboard-write";
    frame.onload = () => {
      this.#loaded = true;
      // For a page of an older version, which waits for it; others have called.
      this.#hello();
      if (!this.#called) this.#wait();
      this.#called = false;
    };
    this.#loaded = false;
    this.#root.append(frame);
  }

  /** Hands the frame's page a port, which counts once that page speaks by it. */
  #hello(more = {}) {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => {
      this.#use(port1);
      this.#hear(data ?? {});
    };
    // Only our own page gets it.
    this.#frame.contentWindow?.postMessage({ tradein: 1, type: "hello", ...more }, ORIGIN, [port2]);
    if (this.#told) this.#set(port1);
    return port1;
  }

  #use(/** @type {MessagePort} */ port) {
    if (port !== this.#port) this.#port?.close();
    this.#port = port;
  }

  #clear() {
    this.#came();
    this.#port?.close();
    this.#met = 0;
    this.#told = false;
  }

  /** No second counts while the frame, or the whole tab, is out of sight. */
  #wait() {
    if (this.#timer) return;
    this.#eye.observe(this);
    this.#timer = setInterval(() => {
      const shown = this.checkVisibility?.({ opacityProperty: true, visibilityProperty: true }) !== false;
      if (document.hidden || !this.#inView || !shown || !this.getBoundingClientRect().width) return;
      const slow = () => {
        this.#waited = Infinity;
        this.#tell("error", { code: "slow", message: this.#frame.title });
      };
      if (++this.#waited === PATIENCE) import("./late.js").then(({ late }) => late(this, () => this.#state), slow);
      // What tells it better is slow itself.
      else if (this.#waited === PATIENCE * 2 && !this.#frame.nextSibling) slow();
    }, 1000);
  }

  #came() {
    clearInterval(this.#timer);
    this.#eye.disconnect();
    this.#timer = this.#waited = 0;
    this.#frame.style.height = `${this.#height}px`;
    this.#frame.nextSibling?.remove();
  }

  #text(name = "") {
    return this.getAttribute(name) ?? "";
  }

  get #address() {
    const url = new URL(`/widget/${encodeURIComponent(this.#text("merchant"))}`, ORIGIN);
    for (const name of [...LIVE, ...START.slice(1)]) {
      if (this.#text(name)) url.searchParams.set(name.replace("-", "_"), this.#text(name));
    }
    if (this.#fresh) url.searchParams.set("fresh", "1");
    return url.href;
  }

  #set(port = this.#port) {
    const wishes = LIVE.map((name) => [name.replace(/-./, (dash) => dash[1].toUpperCase()), this.#text(name)]);
    port?.postMessage({ tradein: 1, type: "set", ...Object.fromEntries(wishes) });
  }

  /** What is not well-formed is counted. @param {any} message */
  #hear({ tradein, type, version, height, quote, code, message }) {
    const frame = this.#frame;
    if (tradein !== 1) this.#ignored++;
    else if (type === "ready" && Number.isInteger(version) && version > 0) {
      this.#came();
      // After a long page, show the beginning of the next, below what sticks to the top.
      const { scrollMarginTop } = getComputedStyle(this);
      const { scrollPaddingTop } = getComputedStyle(document.documentElement);
      const covered = parseFloat(scrollMarginTop) + (parseFloat(scrollPaddingTop) || 0);
      const hidden = this.getBoundingClientRect().top < covered;
      if (this.#met && this.#root.activeElement === frame && hidden) this.scrollIntoView();
      this.#met = version;
      this.#failed = "";
      this.#tell(type);
    } else if (type === "resize" && Number.isInteger(height) && height >= 0 && height <= 20000) {
      if (height === this.#height) return;
      frame.style.height = `${(this.#height = height)}px`;
      this.#tell(type, { height });
    } else if (type === "error" && typeof code === "string" && typeof message === "string") {
      this.#failed = code;
      this.#tell(type, { code, message });
    } else if (["quote", "accept", "expire"].includes(type) && typeof quote?.id === "string") this.#tell(type, quote);
    else if (type === "escape") import("./escape.js").then(({ escape }) => escape(this));
    else this.#ignored++;
  }

  #tell(type = "", detail = /** @type {unknown} */ (null)) {
    this.dispatchEvent(new CustomEvent(`tradein:${type}`, { bubbles: true, composed: true, detail }));
  }
}

customElements?.get(TAG) || customElements?.define(TAG, TradeInWidget);
