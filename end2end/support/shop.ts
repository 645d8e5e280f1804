import { test as base, expect, type Frame, type Page } from "@playwright/test";
import type { Check, TradeInWidgetElement } from "../../public/embed/v1";
import { Site } from "./site";
import { standIn } from "./stand-in";

/** An event of the widget, as the shop's page received it. */
export type Seen = { type: string; detail: unknown; from: string };

declare global {
  interface Window {
    seen: Seen[];
    shifts: number[];
    violations: string[];
    /** The times of tasks that blocked the page's thread for 50 ms or more. */
    longTasks: number[];
    /** In the stand-in's page `raw`: the port to the loader, and the messages from it. */
    port: MessagePort;
    heard: { data: unknown; origin: string; ports: number }[];
  }
}

/** The widget that most tests use. */
export const DEMO = '<trade-in-widget merchant="demo" locale="en" loading="eager"></trade-in-widget>';

/** The space that a shop reserves for the form, so that its page does not move. */
export const RESERVE = "<style>trade-in-widget:not([hidden]) { display: block; min-height: 900px }</style>";

/** A shop's page: the two lines that `docs/embedding.md` gives, between other content. */
export function shopPage(loader: string, widget: string, head = RESERVE): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title>
    <meta name="viewport" content="width=device-width">
    <link rel="icon" href="data:,">${head}
    <script type="module" src="${loader}/embed/v1.js"></script></head>
    <body><h1>A phone</h1>${widget}<p>${"More about the phone. ".repeat(200)}</p></body></html>`;
}

/** Records a page's events, layout shifts and CSP violations from its start. */
async function watch(page: Page): Promise<void> {
  await page.addInitScript(() => {
    if (window.parent !== window) return;
    window.seen = [];
    window.shifts = [];
    window.violations = [];
    window.longTasks = [];
    for (const type of ["ready", "resize", "quote", "accept", "withdraw", "expire", "error"]) {
      document.addEventListener(`tradein:${type}`, (event) => {
        window.seen.push({ type, detail: (event as CustomEvent).detail, from: (event.target as Element).id });
      });
    }
    document.addEventListener("securitypolicyviolation", (event) => window.violations.push(event.violatedDirective));
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.shifts.push((entry as unknown as { value: number }).value);
    }).observe({ type: "layout-shift", buffered: true });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) window.longTasks.push(duration);
    }).observe({ type: "longtask", buffered: true });
  });
}

/** Opens a shop's page with `body` on it and waits for the widget's answer. */
export async function open(page: Page, shop: Site, widget: Site, body = DEMO, headers = {}): Promise<void> {
  // A page with a strict policy takes no <style>.
  const head = "content-security-policy" in headers ? "" : RESERVE;
  await page.goto(shop.at("/product", { body: shopPage(widget.origin, body, head), headers }));
  await expect.poll(() => seen(page, "ready")).not.toEqual([]);
}

/** The checks of `diagnose()` that failed or could not be made, by name. */
export async function ailments(page: Page): Promise<Partial<Record<Check["check"], Check>>> {
  const checks = await page.evaluate(() => document.querySelector<TradeInWidgetElement>("trade-in-widget")?.diagnose());
  return Object.fromEntries((checks ?? []).filter(({ ok }) => !ok).map((check) => [check.check, check]));
}

/** The checks that failed, without those that could not be made. */
export function wrong(found: Partial<Record<string, Check>>): string[] {
  return Object.keys(found).filter((name) => found[name]?.ok === false);
}

/**
 * The five seconds after which a silent frame counts as slow, on a clock that the test controls. The
 * server is asked after three of them and has answered by then, unless it does not answer.
 */
export async function fiveSeconds(page: Page, widget: Site, { asks = true } = {}): Promise<void> {
  const answer = asks ? page.waitForResponse((response) => response.url().includes("/embed/check")) : null;
  await page.clock.runFor(3_000);
  await (await answer)?.finished();
  await page.evaluate((address) => import(address), `${widget.origin}/embed/late.js`);
  await painted(page);
  await page.clock.runFor(2_000);
}

/** Waits until the page has been painted twice, so that everything planned for the next frame is done. */
export async function painted(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
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

/** The stand-in's page `raw` in the frame, once its variable `port` is the loader's port. */
export async function rawFrame(page: Page): Promise<Frame> {
  const frame = await inside(page);
  await frame.waitForFunction("globalThis.port");
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
 * `shop` is a site that embeds the widget, `widget` the stand-in that serves it,
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
