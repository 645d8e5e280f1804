// @ts-check

const ORIGIN = new URL(import.meta.url).origin;
/** As in frame.js. */
const VERSION = 3;
/** Pixels until the frame tells its height. */
const RESERVE = 640;

/** The frame's title, and what is told of a slow one, in Chinese and in English. */
const WORDS = [["旧机估价", "请稍等。"], ["Trade-in estimate", "Please wait."]];

/** A change of these starts anew; of the others, the running frame is told. */
const START = ["merchant", "device-type", "brand", "model"];
const LIVE = ["locale", "theme", "accent", "product-price", "product-name"];

/** A server that draws pages has none of these, and may import this all the same. @type {any} */
const { document, customElements, HTMLElement = Object } = globalThis;

// A <style> would fail a strict CSP.
const sheets = document?.adoptedStyleSheets ? [new CSSStyleSheet()] : [];
sheets[0]?.replaceSync(
  `:host{display:block;min-height:${RESERVE}px;height:auto!important;max-height:none!important;flex-shrink:9999;min-width:min(100%,240px)}:host([hidden]){display:none}`,
);

/** The page's widgets, each at its place. @type {Element[]} */
const places = [];

class TradeInWidget extends HTMLElement {
  static observedAttributes = ["loading", ...START, ...LIVE];

  #root = this.attachShadow({ mode: "open" });
  /** Where the widget begins: what is scrolled to. */
  #top = document.createElement("div");
  #frame = document.createElement("iframe");
  /** @type {MessagePort | undefined} */
  #port;
  #height = RESERVE;
  /** Aborted when the answer that is awaited has come; undefined while none is. @type {any} */
  #waiting;
  /** Where the frame was sent, or what the page there left to show another. */
  #sent = "";
  /** The host's address when the frame got there; empty until then, while an older page may still speak. */
  #page = "";
  /** The frame holds a page, or why there is none. */
  #loaded = false;
  /** The page in the frame has said that it is there, and not that it goes. */
  #called = false;
  /** Version of the page that has answered. */
  #met = 0;
  /** Code of the failure it shows. */
  #failed = "";
  /** An attribute has changed since the frame was sent: each page is told of it. */
  #changed = false;
  /** The frame is to start from the first page of the form. */
  #anew = false;
  /** That form is to be empty: the answers are forgotten. */
  #empty = false;
  /** The form that is in the frame was started empty. */
  #fresh = false;
  #planned = 0;
  #ignored = 0;

  connectedCallback() {
    this.#root.adoptedStyleSheets = sheets;
    addEventListener("message", this);
    this.#plan(true);
  }

  disconnectedCallback() {
    removeEventListener("message", this);
    this.#clear();
    this.#root.replaceChildren();
  }

  /** Lets `moveBefore()` keep the frame. */
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

  /** A page in the frame says that it is there. @param {MessageEvent} event */
  handleEvent({ source, origin, data }) {
    if (source !== this.#frame.contentWindow || origin !== ORIGIN || data?.tradein !== 1 || data.type !== "here" || this.#anew) return;
    const { merchant, address = this.#sent } = data;
    if (address !== this.#sent && (!this.#page || (merchant && merchant !== this.#text("merchant")))) {
      // One that is about to go, or another merchant's, to which the browser's Back has led.
      return this.#hello({ gone: this.#address, back: this.#page === location.href });
    }
    this.#page = location.href;
    this.#called = this.#loaded = true;
    this.#use(this.#hello({ here: true }));
    this.#wait();
  }

  /** Draws in a task of its own: ten frames in one take long. */
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
      return this.#tell("error", { code: "invalid_input", message: "merchant is missing" });
    }
    [frame.title] = WORDS[this.#english];
    // Equal schemes on both sides keep the frame transparent.
    [frame.style.colorScheme] = /^(light|dark)$/.exec(this.#text("theme")) ?? ["light dark"];
    frame.loading = this.#text("loading") || "lazy";
    const address = this.#address;
    if (this.#met) {
      this.#changed = true;
      return this.#set();
    }
    if (!frame.isConnected) this.#insert(address);
    else if (anew || address !== this.#sent) {
      this.#page = "";
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
    frame.style.cssText += "display:block;width:100vw;max-width:100%;border:0";
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
    this.#page = location.href;
    this.#top.style.scrollMargin = "inherit";
    this.#root.append(this.#top, frame);
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

  /** No second counts while the frame, or the whole tab, is out of sight. */
  #wait() {
    if (this.#waiting) return;
    const { signal } = (this.#waiting = new AbortController());
    // What is found out in time is told in place of slowness.
    const news = { code: "slow", message: WORDS[this.#english][1] };
    let waited = 0;
    let inView = true;
    // Of what a closed drawer holds, nothing may be in view and yet touch it.
    const eye = new IntersectionObserver((seen) => seen.forEach(({ intersectionRatio }) => (inView = intersectionRatio > 0)), { threshold: 0.001 });
    eye.observe(this);
    const timer = setInterval(() => {
      const shown = this.checkVisibility?.({ opacityProperty: true, visibilityProperty: true }) !== false;
      if (document.hidden || !inView || !shown || !this.getBoundingClientRect().width) return;
      // Asked two seconds before it is told.
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
    const url = new URL(`/widget/${encodeURIComponent(this.#text("merchant"))}`, ORIGIN);
    for (const name of [...LIVE, ...START.slice(1)]) {
      if (this.#text(name)) url.searchParams.set(name.replace("-", "_"), this.#text(name));
    }
    if (this.#fresh) url.searchParams.set("fresh", "1");
    return url.href;
  }

  #set(port = this.#port) {
    const [locale, theme, accent, productPrice, productName] = LIVE.map((name) => this.#text(name));
    port?.postMessage({ tradein: 1, type: "set", locale, theme, accent, productPrice, productName });
  }

  /** What is not well-formed is counted. @param {any} message */
  #hear({ tradein, type, version, height, quote, code, message, address }) {
    const frame = this.#frame;
    if (this.#anew) return;
    if (tradein !== 1) this.#ignored++;
    else if (type === "ready" && Number.isInteger(version) && version > 0) {
      this.#came();
      // After a long page, show the beginning of the next, below what sticks to the top.
      const above = this.getBoundingClientRect().top < innerHeight;
      if (this.#met && this.#root.activeElement === frame && above) this.#top.scrollIntoView({ block: "nearest" });
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
    else if (type === "escape") import("./escape.js").then(({ escape }) => escape(this), () => {});
    else if (type === "left" && address?.startsWith?.(`${ORIGIN}/`)) {
      this.#called = false;
      this.#sent = address;
    } else this.#ignored++;
  }

  /** @param {string} type @param {unknown} detail */
  #tell(type, detail = null) {
    this.dispatchEvent(new CustomEvent(`tradein:${type}`, { bubbles: true, composed: true, detail }));
  }
}

customElements?.get("trade-in-widget") || customElements?.define("trade-in-widget", TradeInWidget);
