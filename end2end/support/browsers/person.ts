import { expect } from "@playwright/test";
import type { Found, Tab } from "./tab";

/** Milliseconds within which a page has to show what is awaited. A busy machine needs them; a quiet one does not. */
const WITHIN = 30_000;

const quoted = (text: string) => JSON.stringify(text);
const is = (name: string) => `normalize-space(.)=${quoted(name)}`;
const starts = (name: string) => `starts-with(normalize-space(.), ${quoted(name)})`;

/** XPaths of what a person sees. Names are those of one language. */
export const the = {
  button: (name: string) => `//button[${is(name)}]`,
  buttonThatEndsWith: (name: string) => `//button[substring(normalize-space(.), string-length(normalize-space(.)) - ${name.length - 1})=${quoted(name)}]`,
  link: (name: string) => `//a[${is(name)}]`,
  /** The label of a radio button; it begins with this text. */
  choice: (name: string) => `//label[.//input[@type="radio"] and ${starts(name)}]`,
  /** The input of a label, around it or beside it. */
  field: (name: string) => `//label[${starts(name)}]//input | //input[@id=//label[${starts(name)}]/@for]`,
  heading: (name: string) => `//*[self::h1 or self::h2 or self::h3][contains(normalize-space(.), ${quoted(name)})]`,
  text: (text: string) => `//body//*[contains(normalize-space(text()), ${quoted(text)})]`,
};

/** What a person does in a tab: looks until something is there, then uses it. */
export class Person {
  constructor(readonly tab: Tab) {}

  /** Waits until an element is visible. */
  async sees(xpath: string): Promise<Found> {
    let seen: Found | undefined;
    await expect(async () => {
      seen = await this.visible(xpath);
      expect(seen, `${xpath} is not visible`).toBeDefined();
    }).toPass({ timeout: WITHIN });
    return seen!;
  }

  async press(xpath: string): Promise<void> {
    await this.use(xpath, (found) => found.press());
  }

  /** Chooses a radio button by its label. */
  async choose(name: string): Promise<void> {
    const checked = `[...document.querySelectorAll("input:checked")].map((input) => input.labels[0]?.innerText.trim() ?? "")`;
    await this.pressUntil(the.choice(name), async () => {
      const labels = await this.tab.value<string[]>(checked);
      expect(labels.filter((label) => label.startsWith(name))).not.toEqual([]);
    });
  }

  /** Presses again if the press had no effect: it misses an element that moves meanwhile, as a person may. */
  async pressUntil(xpath: string, effect: () => Promise<void>): Promise<void> {
    await expect(async () => {
      await this.press(xpath);
      await expect(effect).toPass({ timeout: 3_000 });
    }).toPass({ timeout: WITHIN });
  }

  async write(xpath: string, text: string): Promise<void> {
    await this.use(xpath, (found) => found.type(text));
  }

  /** Waits until an expression has a value that is as `matcher` says. */
  async until<T>(expression: string, matcher: (value: T) => void): Promise<T> {
    let value: T | undefined;
    await expect(async () => matcher((value = await this.tab.value<T>(expression)))).toPass({ timeout: WITHIN });
    return value as T;
  }

  private async visible(xpath: string): Promise<Found | undefined> {
    for (const found of await this.tab.find(xpath)) if (await found.visible()) return found;
    return undefined;
  }

  /** Finds it again if its page was replaced between looking and acting. */
  private async use(xpath: string, act: (found: Found) => Promise<void>): Promise<void> {
    await expect(async () => act(await this.sees(xpath))).toPass({ timeout: WITHIN });
  }
}
