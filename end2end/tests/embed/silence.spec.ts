import type { Page } from "@playwright/test";
import { DEMO, expect, expectHeight, fiveSeconds, inside, open, painted, rawFrame, RESERVE, seen, shopPage, test } from "../../support/shop";
import type { Site } from "../../support/site";

/** Opens a shop's page with a clock that the test controls. */
async function openSilent(page: Page, shop: Site, widget: Site, merchant: string, headers = {}): Promise<void> {
  await page.clock.install();
  const head = "content-security-policy" in headers ? "" : RESERVE;
  const body = shopPage(widget.origin, DEMO.replace("demo", merchant), head);
  await page.goto(shop.at("/", { body, headers }), { waitUntil: "domcontentloaded" });
  await expect(page.locator("iframe")).toBeAttached();
}

/** Expects the notice for a frame that may still load, beside that frame. */
async function expectSlow(page: Page): Promise<void> {
  await expect.poll(() => seen(page, "error")).toMatchObject([{ detail: { code: "slow" } }]);
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(page.locator("iframe")).toBeVisible();
}

/** Expects the notice for a frame that cannot load. */
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
    // The network works again.
    await page.unroute("**/widget/demo*");
    await page.evaluate(() => dispatchEvent(new Event("online")));
    await expectHeight(page, 900);
    await expect(page.getByRole("alert")).toHaveCount(0);
  });

  test("because the page's policy forbids it is told of as that", async ({ page, shop, widget }) => {
    const policy = `default-src 'none'; script-src ${widget.origin}; style-src 'none'`;
    await openSilent(page, shop, widget, "demo", { "content-security-policy": policy });
    await fiveSeconds(page, widget, { asks: false });
    await expectRefused(page, "not_allowed");
  });

  test("because there is no such merchant is told of as that", async ({ page, shop, widget }) => {
    await openSilent(page, shop, widget, "dem0");
    await fiveSeconds(page, widget);
    await expectRefused(page, "not_found");
  });

  for (const part of ["/embed/check", "/embed/late.js", "/embed/known.js"]) {
    test(`is slow after five seconds though ${part} hangs, and forbidden once that is known`, async ({ page, shop, widget }) => {
      let release = () => {};
      const held = new Promise<void>((done) => (release = done));
      await page.route(`**${part}*`, async (route) => {
        await held;
        await route.continue();
      });
      await openSilent(page, shop, widget, "closed");
      await page.clock.pauseAt(Date.now() + 500);
      await page.clock.runFor(3_000);
      expect(await seen(page, "error")).toEqual([]);
      await page.clock.runFor(2_000);
      expect(await seen(page, "error")).toMatchObject([{ detail: { code: "slow", message: expect.stringMatching(/^[A-Z].*\.$/) } }]);
      await page.clock.runFor(20_000);
      expect(await seen(page, "error")).toHaveLength(1);
      release();
      if (part === "/embed/check") return;
      await expect.poll(() => seen(page, "error")).toMatchObject([{ detail: { code: "slow" } }, { detail: { code: "not_allowed" } }]);
      await expect(page.getByRole("alert")).toHaveCount(1);
      await expect(page.locator("iframe")).toBeHidden();
    });
  }

  test("is told to be forbidden when the server says so after it has been told to be slow", async ({ page, shop, widget }) => {
    let release = () => {};
    const held = new Promise<void>((done) => (release = done));
    await page.route("**/embed/check*", async (route) => {
      await held;
      await route.continue();
    });
    await openSilent(page, shop, widget, "closed");
    await page.clock.runFor(5_000);
    await expectSlow(page);
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

  test("is told of once where what tells it comes later still", async ({ page, shop, widget }) => {
    let release = () => {};
    const held = new Promise<void>((done) => (release = done));
    await page.route("**/embed/late.js", async (route) => {
      await held;
      await route.continue();
    });
    await openSilent(page, shop, widget, "mute");
    await page.clock.runFor(5_000);
    await expect.poll(() => seen(page, "error")).toMatchObject([{ detail: { code: "slow" } }]);
    release();
    await expect(page.getByRole("alert")).toBeVisible();
    expect(await seen(page, "error")).toHaveLength(1);
  });

  test("whose next page fails is asked for the answers that it had, once the net is back", async ({ page, shop, widget }) => {
    await page.clock.install();
    // If a browser gives the frame no storage, and after a reset, the answers are only in the address.
    await page.addInitScript(() => {
      Object.defineProperty(window, "localStorage", { get: () => { throw new DOMException("none", "SecurityError"); } });
    });
    await open(page, shop, widget);
    await (await inside(page)).getByLabel("Model").fill("iPhone 14 Pro");
    await page.route("**/widget/short*", (route) => route.abort("internetdisconnected"));
    await (await inside(page)).evaluate(() => (document.getElementById("tradein-form") as HTMLFormElement).submit());
    await expect.poll(async () => (await inside(page)).url()).toContain("chrome-error");
    await expect.poll(async () => {
      await page.clock.runFor(1_000);
      return seen(page, "error");
    }).toHaveLength(1);
    await expectSlow(page);
    await expect(page.getByRole("link", { name: "Open it in a new tab" })).toHaveAttribute("href", /model=iPhone\+14\+Pro/);
    await page.evaluate(() => dispatchEvent(new Event("online")));
    await expect.poll(() => seen(page, "ready")).toHaveLength(2);
    expect((await inside(page)).url()).toContain("model=iPhone+14+Pro");
  });

  test("whose page is kept for the browser's Back with the page around it waits for no other", async ({ page, shop, widget }) => {
    await page.clock.install();
    await open(page, shop, widget);
    const leave = async (persisted: boolean) => {
      await (await inside(page)).evaluate((persisted) => dispatchEvent(new PageTransitionEvent("pagehide", { persisted })), persisted);
      await painted(page);
      await page.clock.runFor(6_000);
    };
    await leave(true);
    expect(await seen(page, "error")).toEqual([]);
    await leave(false);
    await expectSlow(page);
  });

  test("leaves no listener behind in the page, however often the frame was slow", async ({ page, shop, widget }) => {
    await page.addInitScript(() => {
      const kept = new Set<EventListenerOrEventListenerObject>();
      Object.assign(window, { kept });
      const { addEventListener } = window;
      window.addEventListener = ((type: string, listener: EventListener, options?: AddEventListenerOptions) => {
        addEventListener.call(window, type, listener, options);
        if (type !== "online") return;
        kept.add(listener);
        options?.signal?.addEventListener("abort", () => kept.delete(listener));
      }) as typeof window.addEventListener;
    });
    await openSilent(page, shop, widget, "raw");
    const kept = () => page.evaluate("kept.size");
    for (let round = 1; round < 3; round++) {
      const frame = await rawFrame(page);
      await page.clock.runFor(5_000);
      await expect(page.getByRole("alert")).toBeVisible();
      expect(await kept()).toBe(1);
      await frame.evaluate(() => window.port.postMessage({ tradein: 1, type: "ready", version: 3 }));
      await expect(page.getByRole("alert")).toHaveCount(0);
      expect(await kept()).toBe(0);
      await frame.goto(`${widget.origin}/widget/raw?${round}`);
    }
    await page.clock.runFor(5_000);
    await expect(page.getByRole("alert")).toBeVisible();
    await page.evaluate(() => document.querySelector("trade-in-widget")?.remove());
    expect(await kept()).toBe(0);
  });

  test("is no other widget's that the page's isolation turned away", async ({ page, shop, widget }) => {
    await page.clock.install();
    let release = () => {};
    const held = new Promise<void>((done) => (release = done));
    await page.route("**/widget/isolated*", async (route) => {
      await held;
      await route.continue();
    });
    const of = (id: string) => `<trade-in-widget id="${id}" merchant="${id}" locale="en" loading="eager"></trade-in-widget>`;
    const headers = { "cross-origin-embedder-policy": "require-corp" };
    const body = shopPage(widget.origin, of("demo") + of("isolated"));
    await page.goto(shop.at("/", { body, headers }), { waitUntil: "domcontentloaded" });
    await expect(page.locator("iframe")).toHaveCount(2);
    // Both widgets must be in view.
    await page.evaluate(() => document.getElementById("demo")?.style.setProperty("height", "100px", "important"));
    await page.evaluate(() => document.getElementById("demo")?.style.setProperty("min-height", "0"));
    await fiveSeconds(page, widget);
    const told = async (id: string) => (await seen(page, "error")).filter(({ from }) => from === id).map(({ detail }) => (detail as { code: string }).code);
    await expect.poll(() => told("demo")).toEqual(["not_allowed"]);
    await expect.poll(() => told("isolated")).toEqual(["slow"]);
    release();
    await expect.poll(async () => (await seen(page, "ready")).map(({ from }) => from)).toEqual(["isolated"]);
    expect(await told("isolated")).toEqual(["slow"]);
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
