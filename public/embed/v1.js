// @ts-check

const TAG = "trade-in-widget";
const ORIGIN = new URL(import.meta.url).origin;
/** Milliseconds that a page in the frame has to answer. */
const PATIENCE = 5000;

/** A change of these starts anew; of the others, the running frame is told. */
const START = ["merchant", "device-type", "brand", "model"];
const LIVE = ["locale", "theme", "accent", "product-price", "product-name"];

const WORDS = {
  zh: ["旧机估价", "这里暂时打不开估价。", "在新页面中打开"],
  en: ["Trade-in estimate", "The estimate cannot be shown here. ", "Open it in a new tab"],
};

/** Pixels kept free for the frame before it tells its height. */
const RESERVE = 640;

// The page's own CSS may override it; a <style> would fail a strict CSP.
const sheets = "adoptedStyleSheets" in document ? [new CSSStyleSheet()] : [];
sheets[0]?.replaceSync(`:host{display:block;min-height:${RESERVE}px}:host([hidden]){display:none}`);

class TradeInWidget extends HTMLElement {
  static observedAttributes = [...START, ...LIVE, "loading"];

  #root = this.attachShadow({ mode: "open" });
  /** @type {HTMLIFrameElement | null} */
  #frame = null;
  /** Pixels; kept over a remount. */
  #height = RESERVE;
  /** Runs while an answer is awaited, else 0. */
  #timer = 0;
  /** A page in this frame has answered. */
  #met = false;
  /** The frame's address is out of date: tell each page. */
  #told = false;
  #anew = false;
  #drawn = false;

  connectedCallback() {
    this.#root.adoptedStyleSheets = sheets;
    addEventListener("message", this.#receive);
    this.reset();
  }

  disconnectedCallback() {
    removeEventListener("message", this.#receive);
    this.#clear();
  }

  /** Lets `moveBefore()` keep the frame. */
  connectedMoveCallback() {}

  /** @param {string} name @param {string | null} before @param {string | null} now */
  attributeChangedCallback(name, before, now) {
    if (before !== now) this.#plan(START.includes(name));
  }

  reset() {
    this.#plan(true);
  }

  async diagnose() {
    const { diagnose } = await import("./diagnose.js");
    return diagnose(this, ORIGIN, () => this.#met && !this.#timer);
  }

  /** Draws once for all changes of a task. @param {boolean} anew */
  #plan(anew) {
    this.#anew ||= anew;
    this.#drawn = false;
    queueMicrotask(() => this.#drawn || !this.isConnected || this.#draw());
  }

  #draw() {
    this.#drawn = true;
    if (this.#anew) this.#build();
    const frame = this.#frame;
    if (!frame) return;
    const theme = this.#text("theme");
    frame.title = this.#words[0];
    // Equal schemes on both sides keep the frame transparent.
    frame.style.colorScheme = /^(light|dark)$/.test(theme) ? theme : "light dark";
    frame.setAttribute("loading", this.#text("loading") || "lazy");
    if (this.#met) {
      this.#told = true;
      this.#post("set");
    } else if (frame.src !== this.#address) frame.src = this.#address;
    if (!frame.isConnected) this.#root.append(frame);
  }

  #build() {
    this.#clear();
    this.#anew = false;
    if (!this.#text("merchant")) return this.#tell("error", { code: "invalid_input", message: "merchant is missing" });
    const frame = document.createElement("iframe");
    Object.assign(frame.style, { display: "block", width: "100%", height: `${this.#height}px`, border: 0 });
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    frame.onload = () => {
      this.#post("hello");
      if (this.#told) this.#post("set");
      clearTimeout(this.#timer);
      this.#timer = setTimeout(this.#silent, PATIENCE);
    };
    this.#frame = frame;
  }

  #clear() {
    clearTimeout(this.#timer);
    this.#root.replaceChildren();
    this.#frame = null;
    this.#timer = 0;
    this.#met = this.#told = false;
  }

  /** @param {string} name */
  #text(name) {
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
    return url.href;
  }

  /** @param {"hello" | "set"} type */
  #post(type) {
    const wishes = LIVE.map((name) => [name.replace(/-./, (dash) => dash[1].toUpperCase()), this.#text(name)]);
    this.#frame?.contentWindow?.postMessage({ tradein: 1, type, ...Object.fromEntries(wishes) }, ORIGIN);
  }

  /** @param {MessageEvent} event */
  #receive = ({ source, origin, data }) => {
    const frame = this.#frame;
    if (!frame || source !== frame.contentWindow || origin !== ORIGIN || data?.tradein !== 1) return;
    const { type, height, quote, code, message } = data;
    if (type === "ready") {
      // After a long page, show the beginning of the next.
      if (this.#met && this.#root.activeElement === frame && frame.getBoundingClientRect().top < 0) frame.scrollIntoView();
      clearTimeout(this.#timer);
      this.#timer = 0;
      this.#met = true;
      frame.nextSibling?.remove();
      frame.style.display = "block";
      this.#tell(type);
    } else if (type === "resize") {
      if (!Number.isInteger(height) || height < 0 || height > 20000 || height === this.#height) return;
      frame.style.height = `${(this.#height = height)}px`;
      this.#tell(type, { height });
    } else if (type === "error") {
      if (typeof code === "string") this.#tell(type, { code, message });
    } else if (["quote", "accept", "expire"].includes(type) && quote?.id) this.#tell(type, quote);
  };

  #silent = () => {
    const [, message, open] = this.#words;
    const link = document.createElement("a");
    Object.assign(link, { href: this.#address, target: "_blank", textContent: open });
    const notice = document.createElement("p");
    notice.role = "alert";
    notice.append(message, link);
    const frame = this.#frame;
    if (frame) frame.style.display = "none";
    frame?.nextSibling?.remove();
    frame?.after(notice);
    // A list of origins, a CSP or a blocker forbids it; a partner that is down says so itself.
    this.#tell("error", { code: "not_allowed", message });
  };

  /** @param {string} type @param {unknown} [detail] */
  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(`tradein:${type}`, { bubbles: true, composed: true, detail }));
  }
}

customElements.get(TAG) || customElements.define(TAG, TradeInWidget);
