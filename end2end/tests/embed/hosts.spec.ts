import type { Page } from "@playwright/test";
import { ailments, DEMO, expect, expectHeight, fiveSeconds, inside, open, RESERVE, seen, shopPage, test } from "../../support/shop";
import type { Site } from "../../support/site";

/** Opens a shop's page with a style sheet that would damage the widget. */
async function openStyled(page: Page, shop: Site, widget: Site, styles: string): Promise<void> {
  const css = shop.at("/hostile.css", { body: styles, type: "text/css" });
  await page.goto(shop.at("/", { body: shopPage(widget.origin, DEMO, `<link rel="stylesheet" href="${css}">`) }));
}

test.describe("a host page", () => {
  test("with a strict policy needs two directives and no more", async ({ page, shop, widget }) => {
    const policy = [
      "default-src 'none'", "style-src 'none'", "img-src data:", "require-trusted-types-for 'script'",
      `script-src ${widget.origin}`, `frame-src ${widget.origin}`,
    ];
    await open(page, shop, widget, DEMO, { "content-security-policy": policy.join("; ") });
    await expectHeight(page, 900);
    expect(await page.locator("trade-in-widget").evaluate((element) => getComputedStyle(element).display)).toBe("block");
    expect(await ailments(page)).toEqual({});
    expect(await page.evaluate(() => window.violations)).toEqual([]);
  });

  test("in a sandbox works when that leaves scripts and the origin", async ({ page, shop, widget }) => {
    const address = shop.at("/inner", { body: shopPage(widget.origin, DEMO) });
    const sandbox = "allow-scripts allow-same-origin allow-forms allow-popups";
    const frame = `<iframe id="outer" sandbox="${sandbox}" src="${address}" width="340" height="2000"></iframe>`;
    const head = '<!doctype html><title>Outer</title><meta name="viewport" content="width=device-width">';
    await page.goto(shop.at("/", { body: head + frame }));
    const inner = page.frameLocator("#outer");
    await expect(inner.frameLocator("trade-in-widget iframe").locator("html")).toHaveAttribute("data-framed", "");
    await expect.poll(async () => (await inner.locator("iframe").boundingBox())?.height).toBe(900);
  });

  test("under COEP takes the frame of a merchant that is set up for it", async ({ page, shop, widget }) => {
    const headers = { "cross-origin-embedder-policy": "require-corp", "cross-origin-opener-policy": "same-origin" };
    await open(page, shop, widget, DEMO.replace("demo", "isolated"), headers);
    await expectHeight(page, 900);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  });

  test("under COEP gets the notice for another merchant, not a blank", async ({ page, shop, widget }) => {
    await page.clock.install();
    const headers = { "cross-origin-embedder-policy": "require-corp" };
    await page.goto(shop.at("/", { body: shopPage(widget.origin, DEMO), headers }));
    await fiveSeconds(page, widget, { asks: false });
    await expect(page.getByRole("alert")).toBeVisible();
    expect(await seen(page)).toMatchObject([{ type: "error", detail: { code: "not_allowed" } }]);
  });

  test("that is not allowed gets the notice and learns nothing", async ({ page, shop, widget }) => {
    await page.clock.install();
    await page.goto(shop.at("/", { body: shopPage(widget.origin, DEMO.replace("demo", "closed")) }));
    await fiveSeconds(page, widget);
    await expect.poll(() => seen(page)).toMatchObject([{ type: "error", detail: { code: "not_allowed" } }]);
    await expect(page.getByRole("alert")).toBeVisible();
    await expect((await inside(page)).locator("#tradein-form")).toHaveCount(0);
  });

  test("that is not allowed learns nothing by a hello of its own either", async ({ page, stranger, widget }) => {
    // A server without a frame policy in its headers: only the frame's script checks the host page.
    const hostile = `<iframe src="${widget.origin}/widget/strangers"></iframe><script>
      globalThis.heard = [];
      addEventListener("message", ({ data }) => heard.push(data));
      document.querySelector("iframe").onload = ({ target }) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = ({ data }) => heard.push(data);
        target.contentWindow.postMessage({ tradein: 1, type: "hello" }, "*", [port2]);
        port1.postMessage({ tradein: 1, type: "set", theme: "dark" });
      };</script>`;
    await page.goto(stranger.at("/", { body: hostile }));
    const frame = page.frameLocator("iframe").locator("html");
    await expect(frame).toHaveAttribute("data-ignored", "1");
    await expect(frame).toHaveAttribute("data-theme", "auto");
    expect(await page.evaluate("heard")).toEqual([]);
  });
});

test.describe("hostile styles", () => {
  const attacks = {
    "that undo all": `iframe { all: unset; height: 10px } * { all: unset !important; line-height: 0 !important }
      body, p, h1 { display: block !important }`,
    "that cut heights": `iframe { all: unset; height: 10px }
      * { height: 10px !important; max-height: 20px !important; overflow: visible !important }`,
    "that hide and move frames": `iframe { display: none !important; position: absolute !important;
      width: 1px !important; transform: scale(0) !important }`,
    "that draw boxes their own way": `* { box-sizing: content-box !important; padding: 0 !important;
      border: 0 !important; float: none !important; min-width: 0 !important }`,
  };
  for (const [name, styles] of Object.entries(attacks)) {
    test(`${name} leave the frame as it is`, async ({ page, shop, widget }) => {
      await openStyled(page, shop, widget, styles);
      await expectHeight(page, 900);
      const frame = await page.locator("iframe").boundingBox();
      const element = await page.locator("trade-in-widget").boundingBox();
      expect(frame?.width).toBe(await page.evaluate(() => document.body.clientWidth));
      if (name !== "that undo all") expect(element?.height).toBe(900);
    });
  }

  test("do not keep the shop from hiding it", async ({ page, shop, widget }) => {
    await openStyled(page, shop, widget, "trade-in-widget.gone { display: none }");
    await expectHeight(page, 900);
    await page.evaluate(() => document.querySelector("trade-in-widget")?.classList.add("gone"));
    await expect(page.locator("trade-in-widget")).toBeHidden();
  });
});
