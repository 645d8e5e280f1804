import type { Page } from "@playwright/test";
import { DEMO, expect, expectHeight, painted, seen, shopPage, test } from "../../support/shop";

/** Delays requests that match `pattern` until the returned function is called. */
async function hold(page: Page, pattern: string): Promise<() => void> {
  let release = () => {};
  const held = new Promise<void>((done) => (release = done));
  await page.route(pattern, async (route) => {
    await held;
    await route.continue();
  });
  return release;
}

/** Lets twenty seconds pass; the browser draws in each. */
async function twentySeconds(page: Page): Promise<void> {
  for (let second = 0; second < 20; second++) {
    await page.clock.runFor(1_000);
    await painted(page);
  }
}

test.describe("a form that is slow", () => {
  test("because of a picture that never comes is shown, and stays", async ({ page, shop, widget }) => {
    await page.clock.install();
    const body = shopPage(widget.origin, DEMO.replace("demo", "waiting"));
    await page.goto(shop.at("/", { body }), { waitUntil: "commit" });
    await expect.poll(() => seen(page, "ready")).toHaveLength(1);
    await twentySeconds(page);
    expect((await seen(page)).map(({ type }) => type)).toEqual(["ready", "resize"]);
    await expect(page.getByRole("alert")).toHaveCount(0);
    await expect(page.frameLocator("iframe").getByLabel("Model")).toBeVisible();
  });

  for (const part of ["**/widget/demo*", "**/embed/frame.js"]) {
    test(`because ${part} is slow is told of as slow, and comes`, async ({ page, shop, widget }) => {
      await page.clock.install();
      const release = await hold(page, part);
      await page.goto(shop.at("/", { body: shopPage(widget.origin, DEMO) }), { waitUntil: "commit" });
      await expect(page.locator("iframe")).toBeAttached();
      await page.clock.runFor(5_000);
      await expect.poll(() => seen(page, "error")).toMatchObject([{ detail: { code: "slow" } }]);
      await expect(page.locator("iframe")).toBeVisible();
      await twentySeconds(page);
      release();
      await expectHeight(page, 900);
      await expect(page.getByRole("alert")).toHaveCount(0);
      expect((await seen(page)).map(({ type }) => type)).toEqual(["error", "ready", "resize"]);
      expect(await page.evaluate(() => window.shifts)).toEqual([]);
    });
  }

  test("in a tab of the background has all the time it takes", async ({ page, shop, widget }) => {
    await page.clock.install();
    await page.addInitScript(() => {
      let hidden = true;
      Object.defineProperty(document, "hidden", { get: () => hidden });
      Object.assign(window, { show: () => (hidden = false) });
    });
    const release = await hold(page, "**/widget/demo*");
    await page.goto(shop.at("/", { body: shopPage(widget.origin, DEMO) }), { waitUntil: "commit" });
    await expect(page.locator("iframe")).toBeAttached();
    await twentySeconds(page);
    expect(await seen(page)).toEqual([]);
    // Once it is visible, it gets its five seconds.
    await page.clock.pauseAt(Date.now() + 60_000);
    await page.evaluate("show()");
    await page.clock.runFor(4_000);
    expect(await seen(page)).toEqual([]);
    await page.clock.resume();
    release();
    await expectHeight(page, 900);
    expect(await seen(page, "error")).toEqual([]);
  });

  const drawers = {
    "of no height": "height: 0; overflow: hidden",
    "of no width": "width: 0; overflow: hidden",
    "of no size": "width: 0; height: 0; overflow: hidden",
    "moved out of view": "position: fixed; inset: 0; overflow: hidden; transform: translateX(100%)",
    "made small": "transform: scale(0)",
    "invisible": "visibility: hidden",
    "transparent": "opacity: 0",
    "not displayed": "display: none",
  };
  for (const loading of ["lazy", "eager"]) {
    for (const [name, style] of Object.entries(drawers)) {
      test(`in a drawer ${name}, ${loading}, is no news, and is there when that opens`, async ({ page, shop, widget }) => {
        await page.clock.install();
        const release = await hold(page, "**/widget/demo*");
        const body = `<div id="drawer" style="${style}">${DEMO.replace("eager", loading)}</div>`;
        await page.goto(shop.at("/", { body: shopPage(widget.origin, body) }), { waitUntil: "commit" });
        await expect(page.locator("iframe")).toBeAttached();
        await painted(page);
        await twentySeconds(page);
        expect(await seen(page)).toEqual([]);
        await page.evaluate(() => document.getElementById("drawer")?.removeAttribute("style"));
        release();
        await expectHeight(page, 900);
        expect(await seen(page, "error")).toEqual([]);
      });
    }
  }
});
