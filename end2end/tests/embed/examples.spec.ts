import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Page } from "@playwright/test";
import { ailments, expect, expectHeight, inside, seen, test } from "../../support/shop";
import { serveLibraries } from "../../support/libraries";
import type { Site } from "../../support/site";
import { QUOTE } from "../../support/stand-in";

const EXAMPLES = resolve(import.meta.dirname, "../../../docs/examples");

/** Opens an example unchanged, except for the widget's address. */
async function openExample(page: Page, shop: Site, widget: Site, name: string): Promise<Error[]> {
  const errors: Error[] = [];
  page.on("pageerror", (error) => errors.push(error));
  const text = await readFile(resolve(EXAMPLES, `${name}.html`), "utf8");
  serveLibraries(shop);
  await page.goto(shop.at(`/${name}`, { body: text.replaceAll("https://HOST", widget.origin) }));
  await expectHeight(page, 900);
  return errors;
}

/** Accepts an offer, as a shopper does. */
async function accept(page: Page): Promise<void> {
  await (await inside(page)).evaluate((quote) => {
    document.dispatchEvent(new CustomEvent("tradein:post", { detail: { type: "accept", quote } }));
  }, QUOTE);
  await expect.poll(() => seen(page, "accept")).toHaveLength(1);
}

test.describe("the example", () => {
  test("html shows the widget and takes the offer off the price", async ({ page, shop, widget }) => {
    const errors = await openExample(page, shop, widget, "html");
    await accept(page);
    await expect(page.locator("#credit")).toHaveText("− ¥4500");
    expect(errors).toEqual([]);
  });

  test("strict-csp breaks no line of its policy", async ({ page, shop, widget }) => {
    const errors = await openExample(page, shop, widget, "strict-csp");
    expect(await ailments(page)).toEqual({});
    // The icon that browsers request does not belong to the widget.
    expect(await page.evaluate(() => window.violations.filter((directive) => directive !== "img-src"))).toEqual([]);
    expect(errors).toEqual([]);
  });

  test("wordpress shows the widget in a theme that styles frames", async ({ page, shop, widget }) => {
    const errors = await openExample(page, shop, widget, "wordpress");
    const [frame, content] = [await page.locator("iframe").boundingBox(), await page.locator("p").first().boundingBox()];
    expect(frame?.width).toBe(content?.width);
    expect(errors).toEqual([]);
  });

  test("tag-manager shows one widget, however often the tag fires", async ({ page, shop, widget }) => {
    const errors = await openExample(page, shop, widget, "tag-manager");
    await page.evaluate(() => {
      const tag = document.createElement("script");
      tag.text = document.querySelector("body > script")?.textContent ?? "";
      document.body.append(tag);
    });
    await expect(page.locator("trade-in-widget")).toHaveCount(1);
    await accept(page);
    expect(await page.evaluate("dataLayer")).toEqual([{ event: "tradein_accept", quote_id: QUOTE.id }]);
    expect(errors).toEqual([]);
  });

  for (const name of ["react", "vue"]) {
    test(`${name} mounts once, follows its product, leaves and comes back with the route`, async ({ page, shop, widget }) => {
      const errors = await openExample(page, shop, widget, name);
      await expect(page.locator("iframe")).toHaveCount(1);
      // StrictMode renders twice, and the widget draws once.
      expect(await seen(page, "ready")).toHaveLength(1);
      const query = async () => Object.fromEntries(new URL((await inside(page)).url()).searchParams);
      expect(await query()).toEqual({ locale: "zh-CN", product_price: "799900", product_name: "iPhone 17 Pro" });

      await page.getByRole("button", { name: "iPhone 17", exact: true }).click();
      await expect.poll(query).toEqual({ locale: "zh-CN", product_price: "599900", product_name: "iPhone 17" });
      await expect(page.locator("iframe")).toHaveCount(1);
      await expect.poll(() => seen(page, "ready")).toHaveLength(2);
      await accept(page);

      for (let round = 0; round < 3; round++) {
        await page.getByRole("button", { name: "购物车" }).click();
        await expect(page.getByText("抵扣 ¥4500")).toBeVisible();
        await expect.poll(() => page.frames().length).toBe(1);
        await page.getByRole("button", { name: "商品" }).click();
        await expectHeight(page, 900);
        await expect.poll(() => page.frames().length).toBe(2);
      }
      expect(await query()).toEqual({ locale: "zh-CN", product_price: "599900", product_name: "iPhone 17" });
      expect(await seen(page, "ready")).toHaveLength(5);
      expect(errors).toEqual([]);
    });
  }
});
