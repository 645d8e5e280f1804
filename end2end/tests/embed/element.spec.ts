import { DEMO, expect, expectHeight, inside, open, painted, seen, shopPage, test } from "../../support/shop";

test.describe("the element", () => {
  test("loads when it comes near the view", async ({ page, shop, widget }) => {
    const far = '<div class="far"></div><trade-in-widget merchant="demo"></trade-in-widget>';
    const css = shop.at("/far.css", { body: ".far { height: 20000px }", type: "text/css" });
    const asked: string[] = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(shop.at("/", { body: shopPage(widget.origin, far, `<link rel="stylesheet" href="${css}">`) }));
    await painted(page);
    expect(asked).not.toContain("/widget/demo");
    await page.locator("trade-in-widget").scrollIntoViewIfNeeded();
    await expectHeight(page, 900);
  });

  test("survives removal, return and moves", async ({ page, shop, widget }) => {
    await open(page, shop, widget);
    await expectHeight(page, 900);
    await page.evaluate(() => {
      const element = document.querySelector("trade-in-widget");
      element?.remove();
      // As React's StrictMode does: removed and inserted again within a task.
      if (element) document.body.append(element);
      element?.remove();
      if (element) document.body.prepend(element);
    });
    await expect.poll(() => seen(page, "ready")).toHaveLength(2);
    await expectHeight(page, 900);
    await expect(page.locator("iframe")).toHaveCount(1);

    const frame = await inside(page);
    await frame.getByLabel("Model").fill("typed");
    const kept = await page.evaluate(() => {
      if (!("moveBefore" in document.body)) return false;
      const move = document.body.moveBefore as (node: Element, before: Element | null) => void;
      move.call(document.body, document.querySelector("trade-in-widget") as Element, null);
      return true;
    });
    if (kept) await expect((await inside(page)).getByLabel("Model")).toHaveValue("typed");
  });

  test("stands several times on a page, each with its own frame", async ({ page, shop, widget }) => {
    const of = (id: string, merchant: string) =>
      `<trade-in-widget id="${id}" merchant="${merchant}" loading="eager"></trade-in-widget>`;
    await open(page, shop, widget, of("a", "demo") + of("b", "other") + of("c", "quoted"));
    await expectHeight(page, 900, "#a");
    await expectHeight(page, 1000, "#b");
    await expectHeight(page, 900, "#c");
    await expect.poll(async () => (await seen(page, "quote")).map(({ from }) => from)).toEqual(["c"]);
    expect((await seen(page, "ready")).map(({ from }) => from).sort()).toEqual(["a", "b", "c"]);
    await page.evaluate(() => document.getElementById("b")?.setAttribute("theme", "dark"));
    await expect((await inside(page, "#b")).locator("html")).toHaveAttribute("data-theme", "dark");
    await expect((await inside(page, "#a")).locator("html")).toHaveAttribute("data-theme", "auto");
  });

  test("is defined once, however often the loader is loaded", async ({ page, shop, widget }) => {
    const errors: Error[] = [];
    page.on("pageerror", (error) => errors.push(error));
    await open(page, shop, widget);
    await page.evaluate((address) => import(address), `${widget.origin}/embed/v1.js?again`);
    expect(errors).toEqual([]);
    await expect(page.locator("iframe")).toHaveCount(1);
  });

  test("comes to life when the loader comes after it, long after", async ({ page, shop, widget }) => {
    const head = '<!doctype html><title>Shop</title><meta name="viewport" content="width=device-width">';
    await page.goto(shop.at("/", { body: head + DEMO }));
    await expect(page.locator("iframe")).toHaveCount(0);
    await page.evaluate((address) => import(address), `${widget.origin}/embed/v1.js`);
    await expectHeight(page, 900);
  });

  test("comes to life by a script that is no module, and by one that a consent manager held back", async ({ page, shop, widget }) => {
    const head = '<!doctype html><title>Shop</title><meta name="viewport" content="width=device-width">';
    const plain = `<script>import("${widget.origin}/embed/v1.js")</script>`;
    await page.goto(shop.at("/plain", { body: head + DEMO + plain }));
    await expectHeight(page, 900);

    const held = `<script type="text/plain" data-type="module" src="${widget.origin}/embed/v1.js"></script>`;
    await page.goto(shop.at("/held", { body: head + DEMO + held }));
    await expect(page.locator("iframe")).toHaveCount(0);
    await page.evaluate(() => {
      const old = document.querySelector<HTMLScriptElement>("script[data-type]");
      const script = document.createElement("script");
      Object.assign(script, { type: old?.dataset.type, src: old?.src });
      old?.replaceWith(script);
    });
    await expectHeight(page, 900);
  });

  test("made by a script shows where it is put, whichever comes first", async ({ page, shop, widget }) => {
    await open(page, shop, widget);
    await page.evaluate(() => {
      const element = document.createElement("trade-in-widget");
      document.body.prepend(element);
      element.id = "made";
      element.setAttribute("merchant", "other");
      element.setAttribute("loading", "eager");
    });
    await expectHeight(page, 1000, "#made");
  });

  test("does nothing before it is put into the page, and nothing more once it is out", async ({ page, shop, widget }) => {
    const asked: string[] = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await open(page, shop, widget);
    await page.evaluate(async () => {
      const loose = document.createElement("trade-in-widget");
      loose.setAttribute("merchant", "other");
      const left = document.createElement("trade-in-widget");
      left.setAttribute("merchant", "short");
      left.setAttribute("loading", "eager");
      document.body.append(left);
      left.remove();
      left.reset();
      // Later than the tasks that the widget plans now.
      await new Promise((done) => setTimeout(done));
      return [loose, left].map((element) => element.shadowRoot?.childElementCount);
    }).then((frames) => expect(frames).toEqual([0, 0]));
    expect(asked.filter((path) => path.startsWith("/widget/"))).toEqual(["/widget/demo"]);
  });

  test("starts over for good on reset, and only then", async ({ page, shop, widget }) => {
    await open(page, shop, widget);
    const query = async () => new URL((await inside(page)).url()).search;
    const change = (what: "reset" | "brand") =>
      page.evaluate((what) => {
        const element = document.querySelector("trade-in-widget");
        if (what === "reset") element?.reset();
        else element?.setAttribute("brand", "苹果");
      }, what);
    const ready = (times: number) => expect.poll(() => seen(page, "ready")).toHaveLength(times);
    expect(await query()).toBe("?locale=en");
    await (await inside(page)).getByLabel("Model").fill("typed");

    await change("reset");
    await ready(2);
    expect(await query()).toBe("?locale=en&fresh=1");
    await expect((await inside(page)).getByLabel("Model")).toHaveValue("");
    // When the form is drawn again with other answers, it must not be emptied again.
    await (await inside(page)).getByLabel("Model").fill("typed again");
    await page.evaluate(() => document.querySelector("trade-in-widget")?.setAttribute("product-price", "500000"));
    await ready(3);
    expect(await query()).toBe("?locale=en&model=typed+again&product_price=500000");

    // In one task, so that only the moved form is drawn.
    await page.evaluate(() => {
      const element = document.querySelector("trade-in-widget") as HTMLElement;
      element.removeAttribute("product-price");
      document.body.prepend(element);
    });
    await ready(4);
    // The browser kept what was typed.
    expect(await query()).toBe("?locale=en&model=typed+again");
    await change("brand");
    await ready(5);
    expect(await query()).toBe("?locale=en&brand=%E8%8B%B9%E6%9E%9C");
    // A move in the same task does not cancel the reset.
    await page.evaluate(() => {
      const element = document.querySelector("trade-in-widget");
      element?.reset();
      element?.remove();
      document.body.append(element as Node);
    });
    await ready(6);
    expect(await query()).toBe("?locale=en&brand=%E8%8B%B9%E6%9E%9C&fresh=1");
  });

  test("hides when the shop hides it", async ({ page, shop, widget }) => {
    await open(page, shop, widget);
    await page.evaluate(() => document.querySelector("trade-in-widget")?.setAttribute("hidden", ""));
    await expect(page.locator("trade-in-widget")).toBeHidden();
  });
});
