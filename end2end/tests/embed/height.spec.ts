import { DEMO, expect, expectHeight, inside, open, painted, seen, shopPage, test } from "../../support/shop";

test.describe("the height", () => {
  test("grows and shrinks with the content, without a scroll bar or a shift", async ({ page, shop, widget }) => {
    await open(page, shop, widget);
    await expectHeight(page, 900);
    const frame = await inside(page);
    await frame.getByText("Grow").click();
    await expectHeight(page, 1400);
    await frame.getByText("Shrink").click();
    await expectHeight(page, 700);
    expect(await page.evaluate(() => window.shifts)).toEqual([]);
  });

  for (const [name, view] of Object.entries({ "on a common screen": 800, "with all that follows in view": 3000 })) {
    test(`keeps its place while the loader and the frame are slow, ${name}`, async ({ page, shop, widget }) => {
      await page.setViewportSize({ width: page.viewportSize()?.width ?? 0, height: view });
      // The answers are delayed until the page has been painted without them.
      for (const part of ["**/embed/v1.js", "**/widget/demo*"]) {
        await page.route(part, async (route) => {
          await painted(page);
          await route.continue();
        });
      }
      await page.goto(shop.at("/", { body: shopPage(widget.origin, DEMO) }), { waitUntil: "commit" });
      await expectHeight(page, 900);
      await painted(page);
      expect(await page.evaluate(() => window.shifts)).toEqual([]);
    });
  }

  test("shrinks and grows within what is reserved, with all that follows in view", async ({ page, shop, widget }) => {
    await page.setViewportSize({ width: page.viewportSize()?.width ?? 0, height: 3000 });
    await open(page, shop, widget);
    await expectHeight(page, 900);
    const frame = await inside(page);
    for (const [button, height] of [["Shrink", 700], ["Tiny", 301], ["Shrink", 700]] as const) {
      await frame.getByText(button).click();
      await expectHeight(page, height);
    }
    await painted(page);
    expect(await page.evaluate(() => window.shifts)).toEqual([]);
  });

  test("is never scrolled to, not even while the frame is too low for its content", async ({ page, shop, widget }) => {
    await open(page, shop, widget);
    await expectHeight(page, 900);
    const bar = await (await inside(page)).evaluate(() => {
      document.getElementById("block")?.style.setProperty("height", "1400px");
      return innerWidth - document.documentElement.clientWidth;
    });
    expect(bar).toBe(0);
    await expectHeight(page, 1400);
  });

  test("is that of the window at least where the shop reserves none", async ({ page, shop, widget }) => {
    await page.goto(shop.at("/", { body: shopPage(widget.origin, DEMO, "") }));
    await expectHeight(page, 900);
    await (await inside(page)).getByText("Tiny").click();
    await expectHeight(page, 301);
    expect((await page.locator("trade-in-widget").boundingBox())?.height).toBe(page.viewportSize()?.height);
  });

  test("keeps what the shop has reserved, and no more than that", async ({ page, shop, widget }) => {
    await open(page, shop, widget);
    await (await inside(page)).getByText("Tiny").click();
    await expectHeight(page, 301);
    const host = async () => (await page.locator("trade-in-widget").boundingBox())?.height;
    expect(await host()).toBe(900);
    await page.evaluate(() => document.querySelector("trade-in-widget")?.style.setProperty("min-height", "0"));
    expect(await host()).toBe(301);
  });

  test("settles on the larger when it goes to and fro, until somebody acts", async ({ page, shop, widget }) => {
    await open(page, shop, widget, DEMO.replace("demo", "wavering"));
    await expect.poll(() => seen(page, "resize").then((all) => all.length)).toBeGreaterThan(3);
    await expect.poll(async () => (await page.locator("iframe").boundingBox())?.height).toBe(900);
    const reports = (await seen(page, "resize")).length;
    expect(reports).toBeLessThan(10);
    const frame = await inside(page);
    await frame.evaluate(() => document.getElementById("block")?.style.setProperty("height", "800px"));
    await painted(page);
    expect(await seen(page, "resize")).toHaveLength(reports);
    await frame.getByText("Grow").click();
    await expect.poll(() => seen(page, "resize").then((all) => all.length)).toBeGreaterThan(reports);
  });

  test("does not grow without end", async ({ page, shop, widget }) => {
    await open(page, shop, widget, DEMO.replace("demo", "endless"));
    const height = async () => (await page.locator("iframe").boundingBox())?.height ?? 0;
    await expect.poll(() => seen(page, "resize").then((all) => all.length)).toBeGreaterThan(40);
    const grows = async () => {
      const before = await height();
      await painted(page);
      return (await height()) !== before;
    };
    await expect.poll(grows).toBe(false);
  });

  for (const loading of ["eager", "lazy"]) {
    test(`comes right when a hidden parent is shown, ${loading}`, async ({ page, shop, widget }) => {
      const body = `<div id="tab" hidden>${DEMO.replace("eager", loading)}</div>`;
      await page.goto(shop.at("/", { body: shopPage(widget.origin, body) }));
      if (loading === "eager") await expect.poll(() => seen(page, "ready")).toHaveLength(1);
      expect(await seen(page, "resize")).toEqual([]);
      await page.evaluate(() => document.getElementById("tab")?.removeAttribute("hidden"));
      await expectHeight(page, 900);
      expect((await seen(page)).map(({ type }) => type)).toEqual(["ready", "resize"]);
    });
  }

  test("comes right when it changed while its tab was hidden", async ({ page, shop, widget }) => {
    await open(page, shop, widget, `<div id="tab">${DEMO}</div>`);
    await expectHeight(page, 900);
    const hide = (hidden: boolean) => page.evaluate((hidden) => document.getElementById("tab")?.toggleAttribute("hidden", hidden), hidden);
    for (const height of [1400, 700, 900]) {
      await hide(true);
      await (await inside(page)).evaluate((height) => {
        document.getElementById("block")?.style.setProperty("height", `${height}px`);
      }, height);
      await painted(page);
      await hide(false);
      await expectHeight(page, height);
    }
  });

  test("of a next page is seen from its beginning, and moves nothing in view", async ({ page, shop, widget }) => {
    await open(page, shop, widget);
    const frame = await inside(page);
    await frame.getByText("Grow").click();
    await expectHeight(page, 1400);
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await frame.evaluate(() => (document.getElementById("tradein-form") as HTMLFormElement).submit());
    await expectHeight(page, 700);
    expect(Math.abs((await page.locator("iframe").boundingBox())?.y ?? NaN)).toBeLessThan(1);
    expect(await page.evaluate(() => window.shifts)).toEqual([]);
  });
});
