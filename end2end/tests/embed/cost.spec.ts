import type { CDPSession, Page } from "@playwright/test";
import { DEMO, expect, expectHeight, open, painted, seen, shopPage, test } from "../../support/shop";

/** The memory of the page's renderer after garbage collection. */
async function held(session: CDPSession): Promise<Record<string, number>> {
  // Twice, because objects released by finalisers are freed only by the second run.
  for (let round = 0; round < 2; round++) await session.send("HeapProfiler.collectGarbage");
  const { metrics } = await session.send("Performance.getMetrics");
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
}

/** Replaces the widget by a new one, as a route change does, `times` times. */
async function remount(page: Page, times: number): Promise<void> {
  await page.evaluate(
    async ([html, times]) => {
      for (let round = 0; round < times; round++) {
        document.querySelector("trade-in-widget")?.remove();
        const ready = new Promise((done) => document.addEventListener("tradein:resize", done, { once: true }));
        document.querySelector("h1")?.insertAdjacentHTML("afterend", html);
        await ready;
        window.seen.length = 0;
      }
    },
    [DEMO, times] as const,
  );
}

test.describe("what the widget costs its host", () => {
  test("is one file until it comes near the view", async ({ page, shop, widget }) => {
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    const far = '<div class="far"></div><trade-in-widget merchant="demo"></trade-in-widget>';
    const css = shop.at("/far.css", { body: ".far { height: 20000px }", type: "text/css" });
    await page.goto(shop.at("/", { body: shopPage(widget.origin, far, `<link rel="stylesheet" href="${css}">`) }));
    await painted(page);
    expect(asked.filter((url) => url.startsWith(widget.origin))).toEqual([`${widget.origin}/embed/v1.js`]);
    await page.locator("trade-in-widget").scrollIntoViewIfNeeded();
    await expectHeight(page, 900);
  });

  test("is no long task, with ten of them on a page", async ({ page, shop, widget }) => {
    const ids = Array.from({ length: 10 }, (_, index) => `w${index}`);
    const ten = ids.map((id) => DEMO.replace("<trade-in-widget", `<trade-in-widget id="${id}"`)).join("");
    const tasks: number[][] = [];
    // On a busy machine any task may be long sometimes; a slow task of the widget would be long each time.
    for (let round = 0; round < 3 && tasks.at(-1)?.length !== 0; round++) {
      await open(page, shop, widget, ten);
      await expect.poll(async () => (await seen(page, "resize")).length).toBe(10);
      for (const id of ids) await expectHeight(page, 900, `#${id}`);
      expect((await seen(page, "ready")).map(({ from }) => from).sort()).toEqual(ids);
      await page.evaluate(() => {
        for (const element of document.querySelectorAll("trade-in-widget")) element.setAttribute("theme", "dark");
      });
      for (const frame of page.frames().slice(1)) {
        await expect(frame.locator("html")).toHaveAttribute("data-theme", "dark");
      }
      tasks.push(await page.evaluate(() => window.longTasks));
    }
    expect(tasks).toContainEqual([]);
  });

  test("is no memory that grows, over a hundred remounts", async ({ page, shop, widget }) => {
    // It takes 17 s on two idle cores, and the machine may be busy.
    test.setTimeout(120_000);
    await open(page, shop, widget);
    const session = await page.context().newCDPSession(page);
    await session.send("Performance.enable");
    // The first replacements leave compiled code and caches in memory.
    await remount(page, 20);
    const before = await held(session);
    await remount(page, 100);
    const after = await held(session);
    const growth = (name: string) => (after[name] ?? NaN) - (before[name] ?? NaN);
    for (const name of ["Frames", "Documents", "Nodes", "JSEventListeners"]) {
      expect(growth(name), name).toBeLessThanOrEqual(10);
    }
    expect(growth("JSHeapUsedSize"), "bytes of the heap").toBeLessThan(100_000);
    console.log(`heap after 100 remounts: ${growth("JSHeapUsedSize")} bytes more`);
    await expect(page.locator("iframe")).toHaveCount(1);
  });
});
