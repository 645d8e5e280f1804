import { expect, seen, test } from "../../support/shop";

/** The form's columns in pages of shops: narrow and broad phones, a tablet, a desk. */
const WIDTHS = [320, 360, 768, 1280];
const KNOWN = 'device-type="手机" brand="苹果" model="iPhone 14 Pro"';

/**
 * A page that draws its content once it has the loader, as shops' scripts do. A page that is drawn before the loader has
 * come moves when it comes, which no loader can prevent.
 */
const shopPage = (host: string, content: string) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title>
  <meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">
  <script type="module">
    await import("${host}/embed/v1.js");
    document.body.innerHTML = ${JSON.stringify(content)};
  </script></head><body></body></html>`;

test.describe("the room that the element reserves", () => {
  for (const locale of ["zh-CN", "en"]) {
    for (const loading of ["eager", "lazy"]) {
      test(`is as high as the form at any width, in ${locale}, ${loading}`, async ({ page, shop, baseURL }) => {
        test.skip(test.info().project.name !== "desktop", "the widths are those of the widgets");
        const widgets = WIDTHS.flatMap((width) => ["", KNOWN].map((attributes, index) =>
          `<div style="width: ${width}px"><trade-in-widget id="w${width}-${index}" merchant="demo" locale="${locale}" loading="${loading}" ${attributes}>
            </trade-in-widget></div><p>More</p>`));
        // So high a window that the room is not cut to it, and all that moves is in view.
        await page.setViewportSize({ width: 1400, height: 14_000 });
        await page.goto(shop.at("/", { body: shopPage(`${baseURL}`, widgets.join("")) }));
        // Each of them has its height.
        await expect.poll(async () => new Set((await seen(page, "resize")).map(({ from }) => from)).size).toBe(widgets.length);
        expect(await page.evaluate(() => window.shifts)).toEqual([]);
        const rest = await page.evaluate(() => [...document.querySelectorAll("trade-in-widget")].map((widget) =>
          widget.clientHeight - (widget.shadowRoot?.querySelector("iframe")?.clientHeight ?? 0)));
        expect(Math.min(...rest), String(rest)).toBeGreaterThanOrEqual(0);
      });
    }
  }

  test("leaves what follows out of view in a window of any size", async ({ page, shop, baseURL }) => {
    const widget = '<trade-in-widget merchant="demo" locale="en" loading="eager"></trade-in-widget>';
    await page.goto(shop.at("/", { body: shopPage(`${baseURL}`, `<h1>A phone</h1>${widget}<p>More</p>`) }));
    await expect.poll(() => seen(page, "resize")).not.toEqual([]);
    expect(await page.evaluate(() => window.shifts)).toEqual([]);
  });
});
