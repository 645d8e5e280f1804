import { test as base, expect, type Frame, type Page } from "@playwright/test";
import { Site } from "./site";
import { standIn } from "./stand-in";

/** An event of the widget as the shop's page saw it. */
export type Seen = { type: string; detail: unknown; from: string };

declare global {
  interface Window {
    seen: Seen[];
    shifts: number[];
    violations: string[];
  }
}

/** What a shop keeps free for the form, so that its page does not move. */
export const RESERVE = "<style>trade-in-widget:not([hidden]) { display: block; min-height: 900px }</style>";

/** A shop's page: the two lines that `docs/embedding.md` gives, between other content. */
export function shopPage(loader: string, widget: string, head = RESERVE): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title>
    <meta name="viewport" content="width=device-width">
    <link rel="icon" href="data:,">${head}
    <script type="module" src="${loader}/embed/v1.js"></script></head>
    <body><h1>A phone</h1>${widget}<p>${"More about the phone. ".repeat(200)}</p></body></html>`;
}

/** Watches a page from its first moment on: events, layout shifts, CSP violations. */
async function watch(page: Page): Promise<void> {
  await page.addInitScript(() => {
    if (window.parent !== window) return;
    window.seen = [];
    window.shifts = [];
    window.violations = [];
    for (const type of ["ready", "resize", "quote", "accept", "expire", "error"]) {
      document.addEventListener(`tradein:${type}`, (event) => {
        window.seen.push({ type, detail: (event as CustomEvent).detail, from: (event.target as Element).id });
      });
    }
    document.addEventListener("securitypolicyviolation", (event) => window.violations.push(event.violatedDirective));
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.shifts.push((entry as unknown as { value: number }).value);
    }).observe({ type: "layout-shift", buffered: true });
  });
}

/** The events seen so far, of one type or of all. */
export async function seen(page: Page, type?: string): Promise<Seen[]> {
  const all = await page.evaluate(() => window.seen);
  return type ? all.filter((event) => event.type === type) : all;
}

/** The page in the frame of the widget `selector`. */
export async function inside(page: Page, selector = "trade-in-widget"): Promise<Frame> {
  const frame = await (await page.locator(`${selector} iframe`).elementHandle())?.contentFrame();
  if (!frame) throw new Error(`${selector} has no frame`);
  return frame;
}

/** Waits until the widget's frame is as high as that, and has no scroll bar. */
export async function expectHeight(page: Page, height: number, selector = "trade-in-widget"): Promise<void> {
  const frame = page.locator(`${selector} iframe`);
  await expect.poll(async () => (await frame.boundingBox())?.height).toBe(height);
  const overflow = await (await inside(page, selector)).evaluate(() => {
    const { clientWidth, clientHeight, scrollHeight } = document.documentElement;
    return { bar: innerWidth - clientWidth, hidden: scrollHeight - clientHeight };
  });
  expect(overflow).toEqual({ bar: 0, hidden: 0 });
}

/**
 * `shop` is a site that embeds the widget, `widget` the stand-in that it comes from,
 * `stranger` a third. Each test has its own.
 */
export const test = base.extend<{ shop: Site; widget: Site; stranger: Site }>({
  page: async ({ page }, use) => {
    await watch(page);
    await use(page);
  },
  shop: async ({}, use) => {
    const site = await Site.start("localhost");
    await use(site);
    await site.stop();
  },
  stranger: async ({}, use) => {
    const site = await Site.start("localhost");
    await use(site);
    await site.stop();
  },
  widget: async ({}, use) => {
    const site = await standIn();
    await use(site);
    await site.stop();
  },
});

export { expect };
