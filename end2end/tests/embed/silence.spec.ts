import type { Page } from "@playwright/test";
import { DEMO, expect, expectHeight, painted, rawFrame, RESERVE, seen, shopPage, test } from "../../support/shop";
import type { Site } from "../../support/site";

/** Opens a shop's page with the clock in the test's hand. */
async function openSilent(page: Page, shop: Site, widget: Site, merchant: string, headers = {}): Promise<void> {
  await page.clock.install();
  const head = "content-security-policy" in headers ? "" : RESERVE;
  const body = shopPage(widget.origin, DEMO.replace("demo", merchant), head);
  await page.goto(shop.at("/", { body, headers }), { waitUntil: "domcontentloaded" });
  await expect(page.locator("iframe")).toBeAttached();
}

/** The notice of a frame that may still come: it is there, and so is the frame. */
async function expectSlow(page: Page): Promise<void> {
  await expect.poll(() => seen(page, "error")).toMatchObject([{ detail: { code: "slow" } }]);
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(page.locator("iframe")).toBeVisible();
}

/** The notice of one that cannot come. */
async function expectRefused(page: Page, code: string): Promise<void> {
  await expect.poll(() => seen(page, "error")).toMatchObject([{ detail: { code } }]);
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(page.locator("iframe")).toBeHidden();
}

test.describe("a frame that stays silent", () => {
  const cases = {
    "en": ["This takes longer than usual.", "Open it in a new tab"],
    "zh-CN": ["打开得比平时慢，请稍等。", "在新页面中打开"],
  };
  for (const [locale, [text, label]] of Object.entries(cases)) {
    test(`is told of and linked after five seconds in ${locale}, and moves nothing`, async ({ page, shop, widget }) => {
      await page.clock.install();
      const mute = `<trade-in-widget merchant="mute" locale="${locale}" loading="eager"></trade-in-widget>`;
      await page.goto(shop.at("/", { body: shopPage(widget.origin, mute) }));
      await expect(page.locator("iframe")).toBeAttached();
      const before = (await page.locator("trade-in-widget").boundingBox())?.height;
      await page.clock.pauseAt(Date.now() + 4_000);
      expect(await seen(page)).toEqual([]);
      await page.clock.runFor(5_000);
      await expectSlow(page);
      await expect(page.getByRole("alert")).toContainText(text ?? "");
      const link = page.getByRole("link", { name: label ?? "" });
      await expect(link).toHaveAttribute("href", `${widget.origin}/widget/mute?locale=${locale}`);
      expect((await page.locator("trade-in-widget").boundingBox())?.height).toBe(before);
      expect(await page.evaluate(() => window.shifts)).toEqual([]);
    });
  }

  test("because its request fails is slow: it may be asked for again", async ({ page, shop, widget }) => {
    await page.route("**/widget/demo*", (route) => route.abort());
    await openSilent(page, shop, widget, "demo");
    await page.clock.runFor(5_000);
    await expectSlow(page);
    // The net is back.
    await page.unroute("**/widget/demo*");
    await page.evaluate(() => dispatchEvent(new Event("online")));
    await expectHeight(page, 900);
    await expect(page.getByRole("alert")).toHaveCount(0);
  });

  test("because the page's policy forbids it is told of as that", async ({ page, shop, widget }) => {
    const policy = `default-src 'none'; script-src ${widget.origin}; style-src 'none'`;
    await openSilent(page, shop, widget, "demo", { "content-security-policy": policy });
    await page.clock.runFor(5_000);
    await expectRefused(page, "not_allowed");
  });

  test("because there is no such merchant is told of as that", async ({ page, shop, widget }) => {
    await openSilent(page, shop, widget, "dem0");
    await page.clock.runFor(5_000);
    await expectRefused(page, "not_found");
  });

  test("is slow as long as the server does not say that it is forbidden, which is told when it does", async ({ page, shop, widget }) => {
    let release = () => {};
    const held = new Promise<void>((done) => (release = done));
    await page.route("**/embed/check*", async (route) => {
      await held;
      await route.continue();
    });
    await openSilent(page, shop, widget, "closed");
    await page.clock.runFor(5_000);
    await expect.poll(async () => {
      await page.clock.runFor(1_000);
      return seen(page, "error");
    }).toMatchObject([{ detail: { code: "slow" } }]);
    release();
    await expect.poll(() => seen(page, "error")).toMatchObject([{ detail: { code: "slow" } }, { detail: { code: "not_allowed" } }]);
    await expect(page.getByRole("alert")).toHaveCount(1);
  });

  test("may answer late, and is shown then", async ({ page, shop, widget }) => {
    await openSilent(page, shop, widget, "raw");
    const frame = await rawFrame(page);
    await page.clock.runFor(5_000);
    await expectSlow(page);
    await frame.evaluate(() => window.port.postMessage({ tradein: 1, type: "ready", version: 2 }));
    await expect(page.getByRole("alert")).toHaveCount(0);
    await expect.poll(async () => (await page.locator("iframe").boundingBox())?.height).toBe(640);
  });

  test("is told of even where what tells it does not load", async ({ page, shop, widget }) => {
    await page.route("**/embed/late.js", (route) => route.abort());
    await openSilent(page, shop, widget, "mute");
    await page.clock.runFor(5_000);
    await expect.poll(() => seen(page, "error")).toMatchObject([{ detail: { code: "slow" } }]);
    await page.clock.runFor(20_000);
    expect(await seen(page, "error")).toHaveLength(1);
  });

  test("is told of once where what tells it is slow itself", async ({ page, shop, widget }) => {
    let release = () => {};
    const held = new Promise<void>((done) => (release = done));
    await page.route("**/embed/late.js", async (route) => {
      await held;
      await route.continue();
    });
    await openSilent(page, shop, widget, "mute");
    // From here on, a busy machine's own time does not count.
    await page.clock.pauseAt(Date.now() + 1_000);
    await page.clock.runFor(6_000);
    expect(await seen(page, "error")).toEqual([]);
    await page.clock.runFor(4_000);
    await expect.poll(() => seen(page, "error")).toMatchObject([{ detail: { code: "slow" } }]);
    release();
    await expect(page.getByRole("alert")).toBeVisible();
    expect(await seen(page, "error")).toHaveLength(1);
  });

  test("on a later page is told of as well, and once", async ({ page, shop, widget }) => {
    await openSilent(page, shop, widget, "raw");
    const frame = await rawFrame(page);
    await frame.evaluate(() => window.port.postMessage({ tradein: 1, type: "ready", version: 2 }));
    await expect.poll(() => seen(page, "ready")).toHaveLength(1);
    await frame.goto(`${widget.origin}/widget/mute`);
    await page.clock.runFor(5_000);
    await expectSlow(page);
    await page.clock.runFor(20_000);
    expect(await seen(page, "error")).toHaveLength(1);
    await expect(page.getByRole("alert")).toHaveCount(1);
  });

  test("gives way when the merchant is put right", async ({ page, shop, widget }) => {
    await openSilent(page, shop, widget, "mute");
    await page.clock.runFor(5_000);
    await expectSlow(page);
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
  await painted(page);
  await expect(page.getByText("Ask in our shop.")).toBeVisible();
  expect(await page.evaluate(() => window.shifts)).toEqual([]);
  expect(errors).toEqual([]);
});
