// @ts-check
/**
 * `<trade-in-value merchant type brand model storage>`: what an old device was lately worth, in one line, as a link to
 * the widget. It has no frame and needs no other script. It asks the server once, when it comes near the view; the
 * answer has the words of all languages, and any cache may keep it.
 *
 * Where there is no price, or no answer, it shows nothing. It always takes the height of one line, so that nothing
 * on the page moves.
 */

const ORIGIN = new URL(import.meta.url).origin;
const NEEDED = ["merchant", "type", "brand", "model"];

/** Undefined on a server that renders pages, which may import this module all the same. @type {any} */
const { document, customElements, IntersectionObserver, HTMLElement = Object } = globalThis;

// A strict Content-Security-Policy would block a <style> element.
const sheets = document?.adoptedStyleSheets ? [new CSSStyleSheet()] : [];
// A name that is too long is cut first, the price never. What does not fit beside the sentence is in a second row, which
// is out of sight. A fallback font may be higher than the line, so there is some room above and below it.
sheets[0]?.replaceSync(
  ":host{display:block;height:1lh}:host([hidden]){display:none}" +
    "a{display:flex;flex-wrap:wrap;align-items:baseline;gap:.5em;height:1lh;padding:.2em 0;position:relative;top:-.2em;overflow:hidden;white-space:pre;color:inherit;text-decoration:none}" +
    "a>*{display:flex;align-items:baseline;max-width:100%}" +
    "i{font:inherit;flex-shrink:1;min-width:0;overflow:hidden;text-overflow:ellipsis}i[part]{flex-shrink:1e6}" +
    "b{font-weight:600;text-decoration:underline;text-underline-offset:.15em}a:hover i{text-decoration:underline}small{font-size:.85em}[part=sandbox]{margin-right:.6em}",
);

class TradeInValue extends HTMLElement {
  static observedAttributes = ["lang", "storage", ...NEEDED];

  #root = this.attachShadow({ mode: "open" });
  /** Missing in older browsers. @type {any} */
  #states = this.attachInternals?.().states;
  /** @type {any} */
  #eye;

  connectedCallback() {
    this.#root.adoptedStyleSheets = sheets;
    this.#plan();
  }

  disconnectedCallback() {
    this.#plan();
  }

  attributeChangedCallback(name = "", before = "", now = "") {
    if (before !== now) this.#plan();
  }

  /** Begins anew. Frameworks set one attribute after the other; the observer reports after the last of them. */
  #plan() {
    this.#eye?.disconnect();
    this.#eye = undefined;
    this.#root.replaceChildren();
    this.#say(false);
    if (!this.isConnected) return;
    const eye = (this.#eye = new IntersectionObserver(
      (/** @type {IntersectionObserverEntry[]} */ seen) => {
        if (!seen.some(({ isIntersecting }) => isIntersecting)) return;
        eye.disconnect();
        this.#ask(eye);
      },
      { rootMargin: "50%" },
    ));
    eye.observe(this);
  }

  /** @param {unknown} eye the observer that noticed it; another one if an attribute has changed since */
  async #ask(eye) {
    let told;
    try {
      const url = new URL(`${ORIGIN}/embed/value/${encodeURIComponent(this.#text("merchant"))}`);
      for (const name of ["type", "brand", "model", "storage"]) if (this.#text(name)) url.searchParams.set(name, this.#text(name));
      // Without these, the server would answer with an error.
      const answer = NEEDED.every((name) => this.#text(name)) && (await fetch(url, { credentials: "omit" }));
      if (answer && answer.status === 200) told = await answer.json();
      if (eye === this.#eye && told?.version === 1) this.#draw(told);
    } catch {
      // No answer: the page goes on without it.
    }
    if (eye === this.#eye && !this.#root.firstChild) this.#say(true);
  }

  /** Sets `:state(empty)`, by which a page may hide the line. */
  #say(empty = false) {
    try {
      this.#states?.[empty ? "add" : "delete"]("empty");
    } catch {
      // Browsers before `:state()` take names with dashes only.
    }
  }

  #text(name = "") {
    return this.getAttribute(name) ?? "";
  }

  /** @param {any} told the server's answer */
  #draw({ device, words, widget }) {
    const primary = (tag = "") => tag.toLowerCase().split("-")[0];
    const tags = Object.keys(words);
    // The language of this part of the page, else the reader's, else any.
    const asked = [this.closest("[lang]")?.lang, ...navigator.languages];
    const tag = asked.map((one) => tags.find((known) => primary(known) === primary(one))).find(Boolean) ?? tags[0] ?? "";
    const { text, note, hint, sandbox, ...values } = words[tag];
    const url = new URL(widget, ORIGIN);
    url.searchParams.set("locale", tag);

    /** @param {string} name @param {string} part @param {(string | Node)[]} content */
    const make = (name, part, ...content) => {
      const element = document.createElement(name);
      if (part) element.setAttribute("part", part);
      element.append(...content);
      return element;
    };
    const pieces = text.split(/\{(\w+)\}/).map((/** @type {string} */ piece, /** @type {number} */ place) =>
      place % 2 ? make(piece === "price" ? "b" : "i", piece, values[piece]) : make("i", "", piece),
    );
    if (sandbox) pieces.unshift(make("small", "sandbox", sandbox));
    const link = make("a", "card link", make("span", "text", ...pieces), make("small", "note", note));
    link.href = url.href;
    link.lang = tag;
    link.title = hint;
    link.onclick = (/** @type {MouseEvent} */ event) => this.#open(event, device, url.href);
    this.#root.append(link);
  }

  /** Opens the merchant's widget on this page, if it shows one. @param {MouseEvent} event @param {any} device */
  #open(event, device, url = "") {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const merchant = this.#text("merchant");
    const detail = { merchant, device, url };
    const news = new CustomEvent("tradein:open", { bubbles: true, composed: true, cancelable: true, detail });
    if (!this.dispatchEvent(news)) return event.preventDefault();
    for (const widget of document.querySelectorAll("trade-in-widget")) {
      if (widget.getAttribute("merchant") !== merchant || !widget.getClientRects().length) continue;
      event.preventDefault();
      for (const name of ["device_type", "brand", "model", "storage"]) {
        const attribute = name.replace("_", "-");
        if (device[name]) widget.setAttribute(attribute, device[name]);
        else widget.removeAttribute(attribute);
      }
      widget.scrollIntoView();
      return widget.shadowRoot?.querySelector("iframe")?.focus({ preventScroll: true });
    }
  }
}

customElements?.get("trade-in-value") || customElements?.define("trade-in-value", TradeInValue);
