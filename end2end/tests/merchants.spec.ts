import { expect, inside, seen, shopPage, test } from "../support/shop";
import { ask, awake, choosePhone, describeCondition, expectPrice } from "../support/shopper";

/** The server under test, which serves the element. */
const HERE = (baseURL: string | undefined) => baseURL ?? "";

test("a shop's own top-up is a line of its own, and the page hears of it", async ({ page, baseURL }) => {
  await page.goto(`${HERE(baseURL)}/widget/corner?locale=en&product_price=799900&product_name=iPhone+17+Pro`);
  await awake(page);
  await expect(page.getByRole("radio", { name: "Laptop" })).toHaveCount(0);
  await choosePhone(page, "en");
  await describeCondition(page, "en");
  await ask(page, "en");
  await expectPrice(page, "en");
  await expect(page.locator(".after")).toContainText("The shop adds");
  const quote = JSON.parse((await page.locator("#tradein-quote").textContent()) ?? "null");
  expect(quote.top_up).toBe(30_000);
  const [price, old, added, rest] = (await page.locator(".after dd").allTextContents()).map((text) => Number(text.replace(/[^\d.]/g, "")));
  expect(price! - old! - added!).toBe(rest);
});

test("a page that is not allowed reads which origin to allow, at once", async ({ page, shop, baseURL }) => {
  await page.goto(shop.at("/", { body: shopPage(HERE(baseURL), '<trade-in-widget merchant="corner" loading="eager"></trade-in-widget>') }));
  const frame = page.frameLocator("trade-in-widget iframe");
  await expect(frame.getByRole("heading", { name: /尚未获准|not allowed yet/ })).toBeVisible();
  await expect(frame.getByText(shop.origin).first()).toBeVisible();
  await expect.poll(async () => (await seen(page, "error")).map(({ detail }) => (detail as { code: string }).code)).toEqual(["not_allowed"]);
  await expect(frame.locator("form, button, a")).toHaveCount(0);
});

test("a cross-origin isolated page shows the widget of a merchant that is set so", async ({ page, shop, baseURL }) => {
  const headers = { "cross-origin-embedder-policy": "require-corp", "cross-origin-opener-policy": "same-origin" };
  const widget = '<trade-in-widget merchant="isolated" locale="en" loading="eager"></trade-in-widget>';
  await page.goto(shop.at("/", { body: shopPage(HERE(baseURL), widget), headers }));
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await awake(page.frameLocator("trade-in-widget iframe"));
  expect(await (await inside(page)).evaluate(() => document.styleSheets.length)).toBeGreaterThan(0);
});

test("a pinned loader is checked by the browser, and works", async ({ page, shop, baseURL }) => {
  const studio = await (await fetch(`${HERE(baseURL)}/preview?locale=en`)).text();
  const [, path, integrity] = /(\/embed\/v1\.\w{16}\.js)" integrity="(sha384-[^"]+)"/.exec(studio) ?? [];
  const script = `<script type="module" src="${HERE(baseURL)}${path}" integrity="${integrity}" crossorigin></script>`;
  const body = `<!doctype html><title>Shop</title>${script}<trade-in-widget merchant="demo" locale="en" loading="eager"></trade-in-widget>`;
  await page.goto(shop.at("/", { body }));
  await awake(page.frameLocator("trade-in-widget iframe"));
});

test("the frame sets no cookie", async ({ page, context, baseURL }) => {
  await page.goto(`${HERE(baseURL)}/widget/demo?locale=en`);
  await awake(page);
  await choosePhone(page, "en");
  await describeCondition(page, "en");
  await ask(page, "en");
  await expectPrice(page, "en");
  expect(await context.cookies()).toEqual([]);
});
