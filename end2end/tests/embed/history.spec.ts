import type { Page } from "@playwright/test";
import { DEMO, expect, inside, open, seen, test } from "../../support/shop";

/** What a reader sees: the shop's page, and the page in the widget's frame. */
async function view(page: Page): Promise<string> {
  const frames = page.frames().slice(1).map((frame) => frame.url());
  return [page.url(), ...frames].map((url) => url.replace(/^http:\/\/[^/]+/, "")).join(" ");
}

/** Goes through `steps` more pages of the frame, as links and forms there do. */
async function goOn(page: Page, steps: number): Promise<void> {
  const before = (await seen(page, "ready")).length;
  for (let step = 1; step <= steps; step++) {
    const frame = await inside(page);
    await frame.evaluate((step) => {
      // The first is a page of its own; the others are shown in place, as the form's steps are.
      if (step === 1) location.href = "/widget/short?step=1";
      else history.pushState(null, "", `?step=${step}`);
    }, step);
    await expect.poll(async () => (await inside(page)).url()).toContain(`step=${step}`);
    await expect.poll(() => seen(page, "ready")).toHaveLength(before + 1);
  }
}

const changes = {
  "a reset": (page: Page) => page.evaluate(() => document.querySelector("trade-in-widget")?.reset()),
  "another merchant": (page: Page) => page.evaluate(() => document.querySelector("trade-in-widget")?.setAttribute("merchant", "other")),
  "two resets and another merchant": async (page: Page) => {
    for (let round = 0; round < 2; round++) {
      const before = (await seen(page, "ready")).length;
      await page.evaluate(() => document.querySelector("trade-in-widget")?.reset());
      await expect.poll(() => seen(page, "ready")).toHaveLength(before + 1);
    }
    await page.evaluate(() => document.querySelector("trade-in-widget")?.setAttribute("merchant", "other"));
  },
};

test.describe("Back", () => {
  for (const [name, change] of Object.entries(changes)) {
    test(`after ${name} shows another page for each press, to the one before the shop's`, async ({ page, shop, widget }) => {
      await page.goto(shop.at("/list", { body: "<title>List</title>" }));
      await open(page, shop, widget);
      await goOn(page, 4);
      const entries = await page.evaluate(() => history.length);
      const before = (await inside(page)).url();
      await change(page);
      await expect.poll(async () => (await inside(page)).url()).not.toBe(before);
      await expect.poll(async () => (await inside(page)).url()).toContain(name.includes("merchant") ? "/widget/other" : "fresh=1");
      await (await inside(page)).waitForLoadState();
      // The new form has taken the last page's place.
      expect(await page.evaluate(() => history.length)).toBe(entries);
      const views = [await view(page)];
      while (!page.url().endsWith("/list")) {
        await page.evaluate(() => history.back());
        await expect.poll(() => view(page)).not.toBe(views.at(-1));
        views.push(await view(page));
        expect(views.length).toBeLessThan(10);
      }
      // The shop's page had five places: the form, and four steps.
      expect(views).toHaveLength(6);
      expect(new Set(views).size).toBe(6);
    });
  }

  test("after a reset of a form that was not gone through leaves the shop's page", async ({ page, shop, widget }) => {
    await page.goto(shop.at("/list", { body: "<title>List</title>" }));
    await open(page, shop, widget, DEMO);
    await page.evaluate(() => document.querySelector("trade-in-widget")?.reset());
    await expect.poll(async () => (await inside(page)).url()).toContain("fresh=1");
    await (await inside(page)).waitForLoadState();
    await page.goBack();
    expect(page.url()).toBe(`${shop.origin}/list`);
  });
});
