/** An element of a page. It is gone when its page is. */
export interface Found {
  visible(): Promise<boolean>;
  /** Presses it with the pointer. */
  press(): Promise<void>;
  /** Types at the end of what it holds. */
  type(text: string): Promise<void>;
  /** Chooses a file in an `<input type="file">`. */
  choose(path: string): Promise<void>;
}

/** One tab of a browser, or a frame in it: what any browser can do, whichever protocol drives it. */
export interface Tab {
  goto(url: string): Promise<void>;
  /** The elements that match an XPath, now. */
  find(xpath: string): Promise<Found[]>;
  /** The value of a JavaScript expression in the page; a promise is awaited. */
  value<T>(expression: string): Promise<T>;
  /** The frame that a JavaScript expression finds. */
  frame(expression: string): Tab;
  close(): Promise<void>;
}

/** A running browser. */
export interface Driver {
  /** A new tab, 1280 by 800 pixels, which shares no cookie with others. */
  tab(): Promise<Tab>;
  /** The same in a browser without JavaScript; undefined if this one cannot be driven so. */
  tabWithoutScripts?: () => Promise<Tab>;
  stop(): Promise<void>;
}
