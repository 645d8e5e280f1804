import type { Page } from "@playwright/test";
import type { Site } from "../support/site";
import { QUOTE } from "../support/stand-in";
import { RESERVE, expect, expectHeight, inside, seen, shopPage, test } from "../support/shop";

const DEMO = '<trade-in-widget merchant="demo" locale="en" loading="eager"></trade-in-widget>';

/** Opens a shop's page with `body` on it and waits for the widget's answer. */
async function open(page: Page, shop: Site, widget: Site, body = DEMO, headers = {}): Promise<void> {
  await page.goto(shop.at("/product", { body: shopPage(widget.origin, body, "content-security-policy" in headers ? "" : RESERVE), headers }));
  await expect.poll(() => seen(page, "ready")).not.toEqual([]);
}

test.describe("the handshake", () => {
  test("ends in ready, then the height", async ({ page, shop, widget }) => {
    await open(page, shop, widget);
    await expectHeight(page, 900);
    expect((await seen(page)).slice(0, 2)).toEqual([
      { type: "ready", detail: null, from: "" },
      { type: "resize", detail: { height: 900 }, from: "" },
    ]);
  });

  test("hands a quote, its acceptance and a failure to the shop", async ({ page, shop, widget }) => {
    await open(page, shop, widget, DEMO.replace("demo", "quoted"));
    await expect.poll(() => seen(page, "quote")).toEqual([{ type: "quote", detail: QUOTE, from: "" }]);
    await (await inside(page)).getByText("Accept").click();
    await expect.poll(() => seen(page, "accept")).toEqual([{ type: "accept", detail: QUOTE, from: "" }]);

    await open(page, shop, widget, DEMO.replace("demo", "failed"));
    const detail = { code: "partner_unavailable", message: "Try again soon." };
    await expect.poll(() => seen(page, "error")).toEqual([{ type: "error", detail, from: "" }]);
  });

  test("forwards what an island posts, and only words of the protocol", async ({ page, shop, widget }) => {
    await open(page, shop, widget);
    await (await inside(page)).evaluate((quote) => {
      for (const type of ["ready", "resize", "made-up", "expire"]) {
        document.dispatchEvent(new CustomEvent("tradein:post", { detail: { type, quote, height: 5 } }));
      }
    }, QUOTE);
    await expect.poll(() => seen(page, "expire")).toEqual([{ type: "expire", detail: QUOTE, from: "" }]);
    expect(await seen(page, "ready")).toHaveLength(1);
    expect(await seen(page, "resize")).toHaveLength(1);
  });

  test("is refused to a shop that is not on the list, which learns nothing", async ({ page, shop, widget }) => {
    await page.clock.install();
    await page.goto(shop.at("/", { body: shopPage(widget.origin, DEMO.replace("demo", "strangers")) }));
    const root = (await inside(page)).locator("html");
    await expect(root).toHaveAttribute("data-ignored", "1");
    await page.clock.runFor(5_000);
    expect((await seen(page)).map((event) => event.type)).toEqual(["error"]);
  });

  test("takes place with the widget's own site, when that is on the list", async ({ page, widget }) => {
    await open(page, widget, widget, DEMO.replace("demo", "strangers"));
  });
});

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

  test("keeps its place while the loader and the frame are slow", async ({ page, shop, widget }) => {
    const reserve = `<link rel="stylesheet" href="${shop.at("/shop.css", {
      body: "trade-in-widget { display: block; min-height: 900px }",
      type: "text/css",
    })}">`;
    // The answers wait until the page has been painted without them.
    for (const part of ["**/embed/v1.js", "**/widget/demo*"]) {
      await page.route(part, async (route) => {
        await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
        await route.continue();
      });
    }
    await page.goto(shop.at("/", { body: shopPage(widget.origin, DEMO, reserve) }), { waitUntil: "commit" });
    await expectHeight(page, 900);
    expect(await page.evaluate(() => window.shifts)).toEqual([]);
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
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
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
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      return (await height()) !== before;
    };
    await expect.poll(grows).toBe(false);
  });

  test("comes right when a hidden parent is shown", async ({ page, shop, widget }) => {
    const body = `<div id="tab" hidden>${DEMO}</div>`;
    await page.goto(shop.at("/", { body: shopPage(widget.origin, body) }));
    await expect.poll(() => seen(page, "ready")).toHaveLength(1);
    expect(await seen(page, "resize")).toEqual([]);
    await page.evaluate(() => document.getElementById("tab")?.removeAttribute("hidden"));
    await expectHeight(page, 900);
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

test.describe("messages", () => {
  const FORGED = { tradein: 1, type: "accept", quote: QUOTE };

  test("from other windows are ignored, whatever their origin", async ({ page, shop, stranger, widget }) => {
    const forger = { body: `<script>parent.postMessage(${JSON.stringify(FORGED)}, "*"); parent.postMessage("done", "*")</script>` };
    const frames = [stranger, widget].map((site) => `<iframe src="${site.at("/forger", forger)}"></iframe>`);
    await open(page, shop, widget);
    await page.evaluate(
      async ([html, forged]) => {
        let left = 2;
        const done = new Promise<void>((resolve) => {
          addEventListener("message", ({ data }) => data === "done" && --left === 0 && resolve());
        });
        window.postMessage(forged, "*");
        document.body.insertAdjacentHTML("beforeend", html as string);
        await done;
      },
      [frames.join(""), FORGED] as const,
    );
    expect(await seen(page, "accept")).toEqual([]);
  });

  test("from the frame are ignored once another site stands in it", async ({ page, shop, stranger, widget }) => {
    await open(page, shop, widget);
    const forger = { body: `<script>parent.postMessage(${JSON.stringify(FORGED)}, "*"); parent.postMessage("done", "*")</script>` };
    await page.evaluate((address) => {
      const frame = document.querySelector("trade-in-widget")?.shadowRoot?.querySelector("iframe");
      const done = new Promise((resolve) => addEventListener("message", ({ data }) => data === "done" && resolve(0)));
      if (frame) frame.src = address;
      return done;
    }, stranger.at("/forger", forger));
    expect(await seen(page, "accept")).toEqual([]);
  });

  test("that are malformed are ignored by the shop's side", async ({ page, shop, widget }) => {
    await open(page, shop, widget);
    await expectHeight(page, 900);
    const before = await seen(page);
    await (await inside(page)).evaluate((quote) => {
      const heights = [-1, 20_001, 700.5, NaN, Infinity, "700", null, {}, 900];
      const odd = [
        null, 1, "tradein", [], {}, { tradein: 2, type: "accept", quote }, { tradein: "1", type: "accept", quote },
        { tradein: 1 }, { tradein: 1, type: "constructor" }, { tradein: 1, type: ["accept"], quote },
        { tradein: 1, type: "accept" }, { tradein: 1, type: "accept", quote: "x" }, { tradein: 1, type: "error", code: 5 },
        ...heights.map((height) => ({ tradein: 1, type: "resize", height })),
      ];
      for (const message of odd) parent.postMessage(message, "*");
      parent.postMessage({ tradein: 1, type: "expire", quote }, "*");
    }, QUOTE);
    await expect.poll(() => seen(page, "expire")).toHaveLength(1);
    expect(await seen(page)).toEqual([...before, { type: "expire", detail: QUOTE, from: "" }]);
  });

  test("that are malformed or forged are ignored and counted in the frame", async ({ page, shop, widget }) => {
    await open(page, shop, widget);
    const frame = await inside(page);
    // The frame's own window is not the shop's page, though it names the right type.
    await frame.evaluate(() => window.postMessage({ tradein: 1, type: "set", theme: "dark" }, "*"));
    await page.evaluate(() => {
      const frame = document.querySelector("trade-in-widget")?.shadowRoot?.querySelector("iframe")?.contentWindow;
      const odd = [{ tradein: 2, type: "set", theme: "dark" }, { tradein: 1, type: "toString" }, { tradein: 1 }, { other: 1 }, "x", null];
      for (const message of odd) frame?.postMessage(message, "*");
    });
    await expect(frame.locator("html")).toHaveAttribute("data-ignored", "4");
    await expect(frame.locator("html")).toHaveAttribute("data-theme", "auto");
  });
});

test.describe("attributes", () => {
  const set = (page: Page, name: string, value: string) =>
    page.evaluate(([name, value]) => document.querySelector("trade-in-widget")?.setAttribute(name, value), [name, value] as const);
  const query = async (page: Page) => Object.fromEntries(new URL((await inside(page)).url()).searchParams);

  test("make the address, and the frame asks for nothing more", async ({ page, shop, widget }) => {
    const all = `<trade-in-widget merchant="demo" locale="en" theme="dark" accent="#0a7" product-price="799900"
      product-name="A&amp;B 17" device-type="手机" brand="苹果" model="iPhone 14" loading="eager"></trade-in-widget>`;
    await open(page, shop, widget, all);
    const frame = page.locator("iframe");
    const { src, ...rest } = await frame.evaluate((element) =>
      Object.fromEntries([...element.attributes].filter(({ name }) => name !== "style").map(({ name, value }) => [name, value])),
    );
    expect(rest).toEqual({ title: "Trade-in estimate", referrerpolicy: "strict-origin-when-cross-origin", loading: "eager" });
    expect(new URL(src ?? "").pathname).toBe("/widget/demo");
    expect(Object.fromEntries(new URL(src ?? "").searchParams)).toEqual({
      locale: "en", theme: "dark", accent: "#0a7", product_price: "799900", product_name: "A&B 17",
      device_type: "手机", brand: "苹果", model: "iPhone 14",
    });
  });

  test("change the theme of the running page", async ({ page, shop, widget }) => {
    await open(page, shop, widget);
    const root = (await inside(page)).locator("html");
    await root.evaluate(() => ((window as { same?: boolean }).same = true));
    await set(page, "theme", "dark");
    await expect(root).toHaveAttribute("data-theme", "dark");
    expect(await root.evaluate(() => (window as { same?: boolean }).same)).toBe(true);
  });

  test("hold for the frame's later pages", async ({ page, shop, widget }) => {
    await open(page, shop, widget);
    await set(page, "theme", "dark");
    const frame = await inside(page);
    await expect(frame.locator("html")).toHaveAttribute("data-theme", "dark");
    await expect(frame.locator("[name=theme]")).toHaveValue("dark");
    await frame.goto(widget.at("/widget/short", { body: "" }).replace("short", "other"));
    await expect(frame.locator("html")).toHaveAttribute("data-theme", "dark");
  });

  test("that change the language keep the answers", async ({ page, shop, widget }) => {
    await open(page, shop, widget);
    const frame = await inside(page);
    await frame.getByLabel("Model").fill("iPhone 14 Pro");
    await frame.getByLabel("Screen").check();
    await frame.getByLabel("Battery").check();
    await set(page, "locale", "zh-CN");
    await expect(page.locator("iframe")).toHaveAttribute("title", "旧机估价");
    await expect(frame.locator("html")).toHaveAttribute("lang", "zh-CN");
    expect(await query(page)).toMatchObject({ locale: "zh-CN", model: "iPhone 14 Pro" });
    expect(new URL(frame.url()).searchParams.getAll("faults[]")).toEqual(["screen", "battery"]);
    await expect.poll(() => seen(page, "ready")).toHaveLength(2);
  });

  test("that change the product draw the page again, unless an island does it", async ({ page, shop, widget }) => {
    await open(page, shop, widget);
    await set(page, "product-price", "500000");
    await expect.poll(() => query(page)).toEqual({ locale: "en", product_price: "500000" });
    const frame = await inside(page);
    await frame.evaluate(() => {
      document.addEventListener("tradein:set", (event) => {
        event.preventDefault();
        document.documentElement.dataset.price = (event as CustomEvent).detail.productPrice;
      });
    });
    await set(page, "product-price", "600000");
    await expect(frame.locator("html")).toHaveAttribute("data-price", "600000");
    expect(await query(page)).toEqual({ locale: "en", product_price: "500000" });
  });

  test("that change the merchant or the device start anew, once", async ({ page, shop, widget }) => {
    await open(page, shop, widget);
    await page.evaluate(() => {
      const element = document.querySelector("trade-in-widget");
      element?.setAttribute("merchant", "other");
      element?.setAttribute("brand", "苹果");
    });
    await expectHeight(page, 1000);
    expect(await query(page)).toEqual({ locale: "en", brand: "苹果" });
    expect(page.frames()).toHaveLength(2);
    expect(await seen(page, "ready")).toHaveLength(2);
  });

  test("without a merchant show nothing and say why", async ({ page, shop, widget }) => {
    await page.goto(shop.at("/", { body: shopPage(widget.origin, "<trade-in-widget></trade-in-widget>") }));
    await expect.poll(() => seen(page, "error")).toMatchObject([{ detail: { code: "invalid_input" } }]);
    await expect(page.locator("iframe")).toHaveCount(0);
    await set(page, "merchant", "demo");
    await set(page, "loading", "eager");
    await expectHeight(page, 900);
  });
});

test.describe("the element", () => {
  test("loads when it comes near the view", async ({ page, shop, widget }) => {
    const far = '<div class="far"></div><trade-in-widget merchant="demo"></trade-in-widget>';
    const css = shop.at("/far.css", { body: ".far { height: 20000px }", type: "text/css" });
    const asked: string[] = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(shop.at("/", { body: shopPage(widget.origin, far, `<link rel="stylesheet" href="${css}">`) }));
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
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
      // As React's StrictMode does: away and back within a task.
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

  test("is defined once, however often the loader is loaded, and starts over on reset", async ({ page, shop, widget }) => {
    const errors: Error[] = [];
    page.on("pageerror", (error) => errors.push(error));
    await open(page, shop, widget);
    await page.evaluate((address) => import(address), `${widget.origin}/embed/v1.js?again`);
    await (await inside(page)).getByLabel("Model").fill("typed");
    await page.evaluate(() => document.querySelector<HTMLElement & { reset(): void }>("trade-in-widget")?.reset());
    await expect.poll(() => seen(page, "ready")).toHaveLength(2);
    await expect((await inside(page)).getByLabel("Model")).toHaveValue("");
    expect(errors).toEqual([]);
  });

  test("stands against hostile styles", async ({ page, shop, widget }) => {
    const css = shop.at("/hostile.css", {
      body: `iframe { all: unset; height: 10px } * { all: unset !important; line-height: 0 !important }
        body, p, h1 { display: block !important }`,
      type: "text/css",
    });
    await page.goto(shop.at("/", { body: shopPage(widget.origin, DEMO, `<link rel="stylesheet" href="${css}">`) }));
    await expectHeight(page, 900);
    const box = await page.locator("iframe").boundingBox();
    expect(box?.width).toBe(await page.evaluate(() => document.documentElement.clientWidth));
  });

  test("hides when the shop hides it", async ({ page, shop, widget }) => {
    await open(page, shop, widget);
    await page.evaluate(() => document.querySelector("trade-in-widget")?.setAttribute("hidden", ""));
    await expect(page.locator("trade-in-widget")).toBeHidden();
  });

  test("works under a strict Content-Security-Policy", async ({ page, shop, widget }) => {
    const policy = `default-src 'none'; script-src ${widget.origin}; frame-src ${widget.origin}; style-src 'none'; img-src data:`;
    await open(page, shop, widget, DEMO, { "content-security-policy": policy });
    await expectHeight(page, 900);
    expect(await page.locator("trade-in-widget").evaluate((element) => getComputedStyle(element).display)).toBe("block");
    const checks = await page.evaluate(() => document.querySelector<HTMLElement & { diagnose(): Promise<unknown> }>("trade-in-widget")?.diagnose());
    expect(checks).toMatchObject([{ ok: true }, { ok: true }, { ok: true }]);
    expect(await page.evaluate(() => window.violations)).toEqual([]);
  });
});

test.describe("a frame that stays silent", () => {
  const cases = { "en": ["The estimate cannot be shown here.", "Open it in a new tab"], "zh-CN": ["这里暂时打不开估价。", "在新页面中打开"] };
  for (const [locale, [text, label]] of Object.entries(cases)) {
    test(`is told and linked after five seconds in ${locale}`, async ({ page, shop, widget }) => {
      await page.clock.install();
      const mute = `<trade-in-widget merchant="mute" locale="${locale}" loading="eager"></trade-in-widget>`;
      await page.goto(shop.at("/", { body: shopPage(widget.origin, mute) }));
      await page.clock.pauseAt(Date.now() + 4_000);
      expect(await seen(page)).toEqual([]);
      await page.clock.runFor(5_000);
      expect(await seen(page)).toMatchObject([{ type: "error", detail: { code: "not_allowed" } }]);
      await expect(page.getByRole("alert")).toContainText(text ?? "");
      const link = page.getByRole("link", { name: label ?? "" });
      await expect(link).toHaveAttribute("href", `${widget.origin}/widget/mute?locale=${locale}`);
      expect(await page.evaluate(() => window.shifts)).toEqual([]);
    });
  }

  test("is explained by diagnose", async ({ page, shop, widget }) => {
    await page.clock.install();
    await page.goto(shop.at("/", { body: shopPage(widget.origin, DEMO.replace("demo", "mute")) }));
    const asked = page.evaluate(() => document.querySelector<HTMLElement & { diagnose(): Promise<{ mend: string }[]> }>("trade-in-widget")?.diagnose());
    await page.clock.runFor(6_000);
    const [merchant, script, answer] = (await asked) ?? [];
    expect([merchant, script]).toMatchObject([{ check: "merchant", ok: true }, { check: "script", ok: true }]);
    expect(answer).toMatchObject({ check: "answer", ok: false });
    expect(answer?.mend).toContain(`frame-src ${widget.origin}`);
    expect(answer?.mend).toContain(shop.origin);
  });

  test("may answer late, and is shown then", async ({ page, shop, widget }) => {
    await page.clock.install();
    await page.goto(shop.at("/", { body: shopPage(widget.origin, DEMO.replace("demo", "mute")) }));
    await page.clock.runFor(5_000);
    await expect(page.getByRole("link")).toBeVisible();
    await (await inside(page)).evaluate(() => parent.postMessage({ tradein: 1, type: "ready" }, "*"));
    await expect(page.getByRole("link")).toHaveCount(0);
    await expect(page.locator("iframe")).toBeVisible();
  });

  test("because the page's policy forbids it is told as well", async ({ page, shop, widget }) => {
    await page.clock.install();
    const policy = `default-src 'none'; script-src ${widget.origin}; style-src 'none'`;
    await page.goto(shop.at("/", { body: shopPage(widget.origin, DEMO), headers: { "content-security-policy": policy } }));
    await page.clock.runFor(5_000);
    await expect.poll(() => seen(page, "error")).toMatchObject([{ detail: { code: "not_allowed" } }]);
  });
});

test("the frame's script does nothing on a page that stands alone", async ({ page, widget }) => {
  const errors: Error[] = [];
  page.on("pageerror", (error) => errors.push(error));
  await page.goto(`${widget.origin}/widget/quoted?locale=en`);
  await page.evaluate(() => {
    window.postMessage({ tradein: 1, type: "hello" }, "*");
    window.postMessage({ tradein: 1, type: "set", theme: "dark" }, "*");
    document.dispatchEvent(new CustomEvent("tradein:post", { detail: { type: "quote" } }));
  });
  await page.getByText("Accept").click();
  const root = page.locator("html");
  await expect(root).toHaveAttribute("data-theme", "auto");
  expect(await root.evaluate((element) => ["framed", "ignored"].filter((name) => name in element.dataset))).toEqual([]);
  expect(errors).toEqual([]);
});
