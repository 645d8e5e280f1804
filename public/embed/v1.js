// @ts-check

const TAG = "trade-in-widget";
const ORIGIN = new URL(import.meta.url).origin;
/** As in frame.js. */
const VERSION = 2;
/** Milliseconds to answer in. */
const PATIENCE = 5000;
/** Pixels until the frame tells its height. */
const RESERVE = 640;

/** A change of these starts anew; of the others, the running frame is told. */
const START = ["merchant", "device-type", "brand", "model"];
const LIVE = ["locale", "theme", "accent", "product-price", "product-name"];

const WORDS = {
  zh: ["旧机估价", "这里暂时打不开估价。", "在新页面中打开"],
  en: ["Trade-in estimate", "The estimate cannot be shown here. ", "Open it in a new tab"],
};

// A <style> would fail a strict CSP.
const sheets = "adoptedStyleSheets" in document ? [new CSSStyleSheet()] : [];
sheets[0]?.replaceSync(
  `:host{display:block;min-height:${RESERVE}px;height:auto!important;max-height:none!important}:host([hidden]){display:none}`,
);

class TradeInWidget extends HTMLElement {
  static observedAttributes = [...START, ...LIVE, "loading"];

  #root = this.attachShadow({ mode: "open" });
  #frame = document.createElement("iframe");
  /** @type {MessagePort | undefined} */
  #port;
  /** A lazy frame in view has begun to load. */
  #eye = new IntersectionObserver((seen) => seen.at(-1)?.isIntersecting && this.#wait());
  #height = RESERVE;
  /** Runs while an answer is awaited, else 0. */
  #timer = 0;
  /** Version of the page that has answered. */
  #met = 0;
  /** The frame's address is out of date: tell each page. */
  #told = false;
  /** 1: with a new frame; 2: and an empty form. */
  #anew = 0;
  #fresh = false;
  #drawn = false;
  #ignored = 0;

  connectedCallback() {
    this.#root.adoptedStyleSheets = sheets;
    this.#plan(1);
  }

  disconnectedCallback() {
    this.#clear();
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
      return diagnose(this, () => ({ version: VERSION, met: this.#timer ? 0 : this.#met, ignored: this.#ignored }));
    } catch {
      const mend = navigator.onLine ? `Do not copy v1.js; allow "script-src ${ORIGIN}".` : "Go online.";
      return [{ check: "script", ok: false, cause: "diagnose.js does not load.", mend }];
    }
  }

  /** Draws in a task of its own: ten frames in one take long. */
  #plan(anew = 0) {
    this.#anew = Math.max(this.#anew, anew);
    this.#drawn = false;
    setTimeout(() => this.#drawn || !this.isConnected || this.#draw());
  }

  #draw() {
    this.#drawn = true;
    if (this.#anew) this.#build();
    if (!this.#text("merchant")) return this.#tell("error", { code: "invalid_input", message: "merchant is missing" });
    const frame = this.#frame;
    const theme = this.#text("theme");
    frame.title = this.#words[0];
    // Equal schemes on both sides keep the frame transparent.
    frame.style.colorScheme = /^(light|dark)$/.test(theme) ? theme : "light dark";
    frame.setAttribute("loading", this.#text("loading") || "lazy");
    if (this.#met) {
      this.#told = true;
      this.#set();
    } else if (frame.src !== this.#address) frame.src = this.#address;
    if (frame.isConnected) return;
    this.#root.append(frame);
    this.#eye.observe(this);
  }

  #build() {
    this.#clear();
    this.#fresh = this.#anew > 1;
    this.#anew = 0;
    const frame = (this.#frame = document.createElement("iframe"));
    Object.assign(frame.style, { display: "block", width: "100%", height: `${this.#height}px`, border: 0 });
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    frame.allow = "clipboard-write";
    frame.onload = () => {
      const { port1, port2 } = new MessageChannel();
      this.#port?.close();
      this.#port = port1;
      port1.onmessage = ({ data }) => this.#hear(data ?? {});
      // Only our own page gets the port.
      frame.contentWindow?.postMessage({ tradein: 1, type: "hello" }, ORIGIN, [port2]);
      if (this.#told) this.#set();
      this.#wait();
    };
  }

  #clear() {
    this.#wait(0);
    this.#port?.close();
    this.#root.replaceChildren();
    this.#met = 0;
    this.#told = false;
  }

  #wait(patience = PATIENCE) {
    this.#eye.disconnect();
    clearTimeout(this.#timer);
    this.#timer = patience && setTimeout(this.#silent, patience);
  }

  #text(name = "") {
    return this.getAttribute(name) ?? "";
  }

  get #words() {
    return WORDS[/^en/i.test(this.#text("locale") || navigator.language) ? "en" : "zh"];
  }

  get #address() {
    const url = new URL(`/widget/${encodeURIComponent(this.#text("merchant"))}`, ORIGIN);
    for (const name of [...LIVE, ...START.slice(1)]) {
      if (this.#text(name)) url.searchParams.set(name.replace("-", "_"), this.#text(name));
    }
    if (this.#fresh) url.searchParams.set("fresh", "1");
    return url.href;
  }

  #set() {
    const wishes = LIVE.map((name) => [name.replace(/-./, (dash) => dash[1].toUpperCase()), this.#text(name)]);
    this.#port?.postMessage({ tradein: 1, type: "set", ...Object.fromEntries(wishes) });
  }

  /** What is not well-formed is counted. @param {any} message */
  #hear({ tradein, type, version, height, quote, code, message }) {
    const frame = this.#frame;
    if (tradein !== 1) this.#ignored++;
    else if (type === "ready" && Number.isInteger(version) && version > 0) {
      // After a long page, show the beginning of the next.
      if (this.#met && this.#root.activeElement === frame && frame.getBoundingClientRect().top < 0) frame.scrollIntoView();
      this.#wait(0);
      this.#met = version;
      frame.nextSibling?.remove();
      frame.style.display = "block";
      this.#tell(type);
    } else if (type === "resize" && Number.isInteger(height) && height >= 0 && height <= 20000) {
      if (height === this.#height) return;
      frame.style.height = `${(this.#height = height)}px`;
      this.#tell(type, { height });
    } else if (type === "error" && typeof code === "string" && typeof message === "string") this.#tell(type, { code, message });
    else if (["quote", "accept", "expire"].includes(type) && typeof quote?.id === "string") this.#tell(type, quote);
    else this.#ignored++;
  }

  #silent = () => {
    const [, message, open] = this.#words;
    const link = document.createElement("a");
    Object.assign(link, { href: this.#address, target: "_blank", textContent: open });
    const notice = document.createElement("p");
    notice.role = "alert";
    notice.append(message, link);
    const frame = this.#frame;
    frame.style.display = "none";
    frame.nextSibling?.remove();
    frame.after(notice);
    // A partner that is down says so itself.
    this.#tell("error", { code: "not_allowed", message });
  };

  #tell(type = "", detail = /** @type {unknown} */ (null)) {
    this.dispatchEvent(new CustomEvent(`tradein:${type}`, { bubbles: true, composed: true, detail }));
  }
}

customElements.get(TAG) || customElements.define(TAG, TradeInWidget);
