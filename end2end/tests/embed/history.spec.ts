import type { Page } from "@playwright/test";
import { DEMO, expect, inside, open, painted, seen, shopPage, test } from "../../support/shop";

/** What a reader sees: the address of the shop's page, and that of the page in the widget's frame. */
async function view(page: Page): Promise<string> {
  const frames = page.frames().slice(1).map((frame) => frame.url());
  return [page.url(), ...frames].map((url) => url.replace(/^http:\/\/[^/]+/, "")).join(" ");
}

/** Opens `steps` further pages in the frame, as its links and forms do. */
async function goOn(page: Page, steps: number): Promise<void> {
  const before = (await seen(page, "ready")).length;
  for (let step = 1; step <= steps; step++) {
    const frame = await inside(page);
    await frame.evaluate((step) => {
      // The first is a new page; the others are shown in place, like the form's steps.
      if (step === 1) location.href = "/widget/short?merchant=demo&step=1";
      else history.pushState(null, "", `?merchant=demo&step=${step}`);
    }, step);
    await expect.poll(async () => (await inside(page)).url()).toContain(`step=${step}`);
    await expect.poll(() => seen(page, "ready")).toHaveLength(before + 1);
  }
}

const reset = (page: Page) => page.evaluate(() => document.querySelector("trade-in-widget")?.reset());

/** Changes the merchant to `other`, and waits for its form. */
async function changeMerchant(page: Page): Promise<void> {
  const before = (await seen(page, "ready")).length;
  await page.evaluate(() => document.querySelector("trade-in-widget")?.setAttribute("merchant", "other"));
  await expect.poll(() => seen(page, "ready")).toHaveLength(before + 1);
  expect(await view(page)).toContain("/widget/other");
  await (await inside(page)).waitForLoadState();
}

/** Presses Back, and waits until the reader sees another page. */
async function back(page: Page): Promise<string> {
  const before = await view(page);
  // If the page is left, the call never returns.
  await page.evaluate(() => history.back()).catch(() => {});
  await expect.poll(() => view(page)).not.toBe(before);
  return view(page);
}

/** The events that the host page receives from now on, in all its pages, each with the element's merchant. */
async function listen(page: Page): Promise<string[]> {
  const heard: string[] = [];
  await page.exposeFunction("hear", (said: string) => heard.push(said));
  await page.addInitScript(() => {
    const hear = (event: Event) => {
      const { hear } = window as unknown as { hear: (said: string) => void };
      hear(`${event.type} ${(event.target as Element).getAttribute("merchant")}`);
    };
    for (const type of ["ready", "quote", "accept"]) document.addEventListener(`tradein:${type}`, hear);
  });
  return heard;
}

test.describe("Back", () => {
  for (const resets of [1, 3]) {
    test(`after ${resets} resets shows another page for each press, to the one before the shop's`, async ({ page, shop, widget }) => {
      await page.goto(shop.at("/list", { body: "<title>List</title>" }));
      await open(page, shop, widget);
      await goOn(page, 4);
      const entries = await page.evaluate(() => history.length);
      for (let round = 0; round < resets; round++) {
        const before = (await seen(page, "ready")).length;
        await reset(page);
        await expect.poll(() => seen(page, "ready")).toHaveLength(before + 1);
      }
      await (await inside(page)).waitForLoadState();
      expect((await inside(page)).url()).toContain("fresh=1");
      // The new form has replaced the last page in the history.
      expect(await page.evaluate(() => history.length)).toBe(entries);
      const views = [await view(page)];
      while (!page.url().endsWith("/list")) {
        views.push(await back(page));
        expect(views.length).toBeLessThan(10);
      }
      // The shop's page has five entries in the history: the form and four steps.
      expect(views).toHaveLength(6);
      expect(new Set(views).size).toBe(6);
    });
  }

  for (const steps of [0, 2]) {
    test(`after another merchant, whose form went ${steps} steps, leads over nothing of the one before`, async ({ page, shop, widget }) => {
      const heard = await listen(page);
      await page.goto(shop.at("/list", { body: "<title>List</title>" }));
      await open(page, shop, widget);
      await goOn(page, 4);
      expect(heard).toEqual(["tradein:ready demo", "tradein:ready demo"]);
      await changeMerchant(page);
      heard.length = 0;
      for (let step = 1; step <= steps; step++) {
        await (await inside(page)).evaluate((step) => history.pushState(null, "", `?step=${step}`), step);
      }
      const views = [await view(page)];
      // It skips the old pages, and arrives before they have finished.
      for (let press = 0; press < steps; press++) views.push(await back(page));
      expect(views.every((view) => view.includes("/widget/other"))).toBe(true);
      await page.evaluate(() => history.back()).catch(() => {});
      await expect(page).toHaveURL(`${shop.origin}/list`);
      expect(heard).toEqual([]);
    });
  }

  test("to another merchant's page shows this one's form where nothing comes before the shop's page", async ({ page, shop, widget }) => {
    const heard = await listen(page);
    await open(page, shop, widget);
    await (await page.context().newCDPSession(page)).send("Page.resetNavigationHistory");
    await goOn(page, 3);
    await changeMerchant(page);
    heard.length = 0;
    await page.evaluate(() => history.back());
    await expect.poll(() => heard).toEqual(["tradein:ready other"]);
    expect(await view(page)).toBe("/product /widget/other?locale=en");
  });

  test("over a place of the host's own shows this merchant's form, and leaves the host where it is", async ({ page, shop, widget }) => {
    const heard = await listen(page);
    await page.goto(shop.at("/list", { body: "<title>List</title>" }));
    await open(page, shop, widget);
    await goOn(page, 3);
    await page.evaluate(() => history.pushState(null, "", "?variant=2"));
    await changeMerchant(page);
    heard.length = 0;
    await page.evaluate(() => history.back());
    await expect.poll(() => heard).toEqual(["tradein:ready other"]);
    expect(await view(page)).toBe("/product /widget/other?locale=en");
  });

  test("and Forward again over another merchant's pages show this one's form, and stay", async ({ page, shop, widget }) => {
    const heard = await listen(page);
    await page.goto(shop.at("/list", { body: "<title>List</title>" }));
    await open(page, shop, widget);
    await goOn(page, 3);
    // Back through the steps of a page, and then to the first page.
    for (let press = 0; press < 3; press++) await back(page);
    await expect.poll(() => heard).toHaveLength(3);
    await changeMerchant(page);
    heard.length = 0;
    await page.evaluate(() => history.forward());
    await expect.poll(() => heard).toEqual(["tradein:ready other"]);
    expect(await view(page)).toBe("/product /widget/other?locale=en");
  });

  test("after a reset of a form that was not gone through leaves the shop's page", async ({ page, shop, widget }) => {
    await page.goto(shop.at("/list", { body: "<title>List</title>" }));
    await open(page, shop, widget, DEMO);
    await reset(page);
    await expect.poll(async () => (await inside(page)).url()).toContain("fresh=1");
    await (await inside(page)).waitForLoadState();
    await page.goBack();
    expect(page.url()).toBe(`${shop.origin}/list`);
  });
});

test.describe("a page that is being replaced", () => {
  test("is not heard between the change of its merchant and the drawing", async ({ page, shop, widget }) => {
    await page.clock.install();
    await open(page, shop, widget, DEMO.replace("demo", "quoted"));
    await expect.poll(() => seen(page, "quote")).toHaveLength(1);
    // Drawing is a separate task, for which the clock is stopped.
    await page.clock.pauseAt(Date.now() + 1_000);
    await page.evaluate(() => document.querySelector("trade-in-widget")?.setAttribute("merchant", "other"));
    const last = page.waitForEvent("console", (message) => message.text() === "last");
    await page.evaluate(() => addEventListener("message", ({ data }) => data === "last" && console.log(data)));
    await (await inside(page)).evaluate(() => {
      document.querySelector<HTMLElement>("[data-post]")?.click();
      window.parent.postMessage("last", "*");
    });
    await last;
    await page.clock.resume();
    await expect.poll(() => seen(page, "ready")).toHaveLength(2);
    expect(await seen(page, "accept")).toEqual([]);
  });

  for (const [name, change] of Object.entries({ reset, "another merchant": (page: Page) => page.evaluate(() => document.querySelector("trade-in-widget")?.setAttribute("merchant", "other")) })) {
    test(`by ${name} is not heard any more, though its script runs only then`, async ({ page, shop, widget }) => {
      let release = () => {};
      const held = new Promise<void>((done) => (release = done));
      let scripts = 0;
      await page.route("**/embed/frame.js", async (route) => {
        // The first page's script comes while the second page is requested.
        if (scripts++ === 0) await held;
        await route.continue();
      });
      let ask = () => {};
      const asked = new Promise<void>((done) => (ask = done));
      let go = () => {};
      const gone = new Promise<void>((done) => (go = done));
      await page.route(/\/widget\/(other|demo.*fresh)/, async (route) => {
        ask();
        await gone;
        await route.continue();
      });
      const said = page.waitForEvent("console", (message) => message.text() === "here");
      await page.addInitScript(() => {
        addEventListener("message", ({ data }) => window.parent === window && data.type === "here" && console.log("here"));
      });
      await page.goto(shop.at("/", { body: shopPage(widget.origin, DEMO) }), { waitUntil: "commit" });
      await expect(page.locator("iframe")).toBeAttached();
      await (await inside(page)).locator("#block").waitFor();
      await change(page);
      await asked;
      release();
      await said;
      await painted(page);
      expect(await seen(page)).toEqual([]);
      go();
      await expect.poll(() => seen(page, "ready")).toHaveLength(1);
      expect((await inside(page)).url()).toMatch(/other|fresh/);
    });
  }
});
