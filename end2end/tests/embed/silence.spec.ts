import type { Page } from "@playwright/test";
import { DEMO, expect, expectHeight, painted, rawFrame, RESERVE, seen, shopPage, test } from "../../support/shop";
import type { Site } from "../../support/site";

/** Opens a shop's page with the clock in the test's hand. */
async function openSilent(page: Page, shop: Site, widget: Site, merchant: string, headers = {}): Promise<void> {
  await page.clock.install();
  const head = "content-security-policy" in headers ? "" : RESERVE;
  await page.goto(shop.at("/", { body: shopPage(widget.origin, DEMO.replace("demo", merchant), head), headers }));
}

async function expectNotice(page: Page): Promise<void> {
  await expect.poll(() => seen(page, "error")).toMatchObject([{ detail: { code: "not_allowed" } }]);
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(page.locator("iframe")).toBeHidden();
}

test.describe("a frame that stays silent", () => {
  const cases = {
    "en": ["The estimate cannot be shown here.", "Open it in a new tab"],
    "zh-CN": ["这里暂时打不开估价。", "在新页面中打开"],
  };
  for (const [locale, [text, label]] of Object.entries(cases)) {
    test(`is told and linked after five seconds in ${locale}`, async ({ page, shop, widget }) => {
      await page.clock.install();
      const mute = `<trade-in-widget merchant="mute" locale="${locale}" loading="eager"></trade-in-widget>`;
      await page.goto(shop.at("/", { body: shopPage(widget.origin, mute) }));
      await page.clock.pauseAt(Date.now() + 4_000);
      expect(await seen(page)).toEqual([]);
      await page.clock.runFor(5_000);
      await expectNotice(page);
      await expect(page.getByRole("alert")).toContainText(text ?? "");
      const link = page.getByRole("link", { name: label ?? "" });
      await expect(link).toHaveAttribute("href", `${widget.origin}/widget/mute?locale=${locale}`);
      expect(await page.evaluate(() => window.shifts)).toEqual([]);
    });
  }

  test("because the server never answers is told as well", async ({ page, shop, widget }) => {
    await page.clock.install();
    // No answer, so no load of the frame: the clock runs from when the frame is in view.
    await page.route("**/widget/demo*", () => undefined);
    await page.goto(shop.at("/", { body: shopPage(widget.origin, DEMO) }), { waitUntil: "domcontentloaded" });
    await expect(page.locator("iframe")).toBeAttached();
    await painted(page);
    await page.clock.runFor(5_000);
    await expectNotice(page);
  });

  test("because the frame's request fails is told as well", async ({ page, shop, widget }) => {
    await page.route("**/widget/demo*", (route) => route.abort());
    await openSilent(page, shop, widget, "demo");
    await page.clock.runFor(5_000);
    await expectNotice(page);
  });

  test("because the page's policy forbids it is told as well", async ({ page, shop, widget }) => {
    const policy = `default-src 'none'; script-src ${widget.origin}; style-src 'none'`;
    await openSilent(page, shop, widget, "demo", { "content-security-policy": policy });
    await page.clock.runFor(5_000);
    await expectNotice(page);
  });

  test("may answer late, and is shown then", async ({ page, shop, widget }) => {
    await openSilent(page, shop, widget, "raw");
    const frame = await rawFrame(page);
    await page.clock.runFor(5_000);
    await expectNotice(page);
    await frame.evaluate(() => window.port.postMessage({ tradein: 1, type: "ready", version: 2 }));
    await expect(page.getByRole("alert")).toHaveCount(0);
    await expect(page.locator("iframe")).toBeVisible();
  });

  test("on a later page is told as well, and once", async ({ page, shop, widget }) => {
    await openSilent(page, shop, widget, "raw");
    const frame = await rawFrame(page);
    await frame.evaluate(() => window.port.postMessage({ tradein: 1, type: "ready", version: 2 }));
    await expect.poll(() => seen(page, "ready")).toHaveLength(1);
    await frame.goto(`${widget.origin}/widget/mute`);
    await page.clock.runFor(20_000);
    await expectNotice(page);
    await expect(page.getByRole("alert")).toHaveCount(1);
  });

  test("gives way when the merchant is put right", async ({ page, shop, widget }) => {
    await openSilent(page, shop, widget, "mute");
    await page.clock.runFor(5_000);
    await expectNotice(page);
    await page.evaluate(() => document.querySelector("trade-in-widget")?.setAttribute("merchant", "demo"));
    await expectHeight(page, 900);
    await expect(page.getByRole("alert")).toHaveCount(0);
  });
});

test("a loader that does not load leaves the page as it was", async ({ page, shop, widget }) => {
  const errors: Error[] = [];
  page.on("pageerror", (error) => errors.push(error));
  await page.route("**/embed/v1.js", (route) => route.abort());
  const body = '<trade-in-widget merchant="demo"><p>Ask in our shop.</p></trade-in-widget>';
  await page.goto(shop.at("/", { body: shopPage(widget.origin, body) }));
  await expect(page.getByText("Ask in our shop.")).toBeVisible();
  expect(await page.evaluate(() => window.shifts)).toEqual([]);
  expect(errors).toEqual([]);
});
