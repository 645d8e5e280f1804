import type { Page } from "@playwright/test";
import { ailments, DEMO, expect, inside, open, rawFrame, seen, shopPage, test } from "../../support/shop";
import type { Site } from "../../support/site";
import { QUOTE } from "../../support/stand-in";

const FORGED = { tradein: 1, type: "accept", quote: QUOTE };

/** A page that sends forged messages to the page around it, and shows when it is done. */
const FORGER = {
  body: `<script>
    parent.postMessage(${JSON.stringify(FORGED)}, "*");
    const { port1, port2 } = new MessageChannel();
    port1.postMessage(${JSON.stringify(FORGED)});
    parent.postMessage({ tradein: 1, type: "hello" }, "*", [port2]);
    globalThis.heard = [];
    addEventListener("message", ({ data }) => heard.push(data));
    parent.postMessage("done", "*");
  </script>`,
};

/** Puts another page into the widget's frame, as a link or a script there could. */
async function replaceFrame(page: Page, address: string): Promise<void> {
  await page.evaluate((address) => {
    const frame = document.querySelector("trade-in-widget")?.shadowRoot?.querySelector("iframe");
    const done = new Promise((resolve) => addEventListener("message", ({ data }) => data === "done" && resolve(0)));
    if (frame) frame.src = address;
    return done;
  }, address);
}

test.describe("messages", () => {
  test("from other windows are ignored, whatever their origin", async ({ page, shop, stranger, widget }) => {
    const frames = [stranger, widget].map((site) => `<iframe src="${site.at("/forger", FORGER)}"></iframe>`);
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

  test("of a window that was opened are ignored, and do not reach the frame", async ({ page, shop, stranger, widget }) => {
    await open(page, shop, widget);
    const opener = { body: `<script>opener.postMessage(${JSON.stringify(FORGED)}, "*"); opener.postMessage("done", "*")</script>` };
    const popup = page.waitForEvent("popup");
    await page.evaluate((address) => {
      const done = new Promise((resolve) => addEventListener("message", ({ data }) => data === "done" && resolve(0)));
      window.open(address);
      return done;
    }, stranger.at("/popup", opener));
    expect(await seen(page, "accept")).toEqual([]);
    // A frame in a shadow root is not among the window's frames.
    expect(await (await popup).evaluate(() => (window.opener as Window).length)).toBe(0);
  });

  test("of another frame of the shop's own are ignored, though it reaches the widget's", async ({ page, shop, widget }) => {
    const sibling = {
      body: `<script>
        const widget = parent.document.querySelector("trade-in-widget").shadowRoot.querySelector("iframe").contentWindow;
        const { port1, port2 } = new MessageChannel();
        widget.postMessage({ tradein: 1, type: "hello" }, "*", [port2]);
        port1.postMessage({ tradein: 1, type: "set", theme: "dark" });
      </script>`,
    };
    await open(page, shop, widget);
    const html = `<iframe src="${shop.at("/sibling", sibling)}"></iframe>`;
    await page.evaluate((html) => document.body.insertAdjacentHTML("beforeend", html), html);
    const root = (await inside(page)).locator("html");
    await expect(root).toHaveAttribute("data-ignored", "1");
    await expect(root).toHaveAttribute("data-theme", "auto");
  });

  test("go neither to nor from another site that stands in the frame", async ({ page, shop, stranger, widget }) => {
    await open(page, shop, widget);
    await replaceFrame(page, stranger.at("/forger", FORGER));
    await page.evaluate(() => document.querySelector("trade-in-widget")?.setAttribute("theme", "dark"));
    // The loader would have sent its hello by now, since it does so when the frame has loaded.
    await (await inside(page)).waitForFunction(() => document.readyState === "complete");
    await settled(page);
    expect(await (await inside(page)).evaluate("heard")).toEqual([]);
    expect(await seen(page, "accept")).toEqual([]);
  });

  test("come again when the widget's page is back", async ({ page, shop, stranger, widget }) => {
    await open(page, shop, widget);
    await replaceFrame(page, stranger.at("/forger", FORGER));
    await (await inside(page)).goto(`${widget.origin}/widget/quoted`);
    await expect.poll(() => seen(page, "quote")).toHaveLength(1);
  });

  test("that are malformed are ignored by the shop's side and counted", async ({ page, shop, widget }) => {
    const frame = await raw(page, shop, widget);
    const heights = [-1, 20_001, 700.5, NaN, Infinity, "700", null, {}];
    const odd = [
      null, 1, "tradein", [], {}, { tradein: 2, type: "accept", quote: QUOTE }, { tradein: "1", type: "accept", quote: QUOTE },
      { tradein: 1 }, { tradein: 1, type: "constructor" }, { tradein: 1, type: ["accept"], quote: QUOTE },
      { tradein: 1, type: "accept" }, { tradein: 1, type: "accept", quote: "x" }, { tradein: 1, type: "quote", quote: { id: 5 } },
      { tradein: 1, type: "error", code: 5, message: "" }, { tradein: 1, type: "error", code: "internal" },
      { tradein: 1, type: "ready" }, { tradein: 1, type: "ready", version: "2" }, { tradein: 1, type: "ready", version: [2] },
      ...heights.map((height) => ({ tradein: 1, type: "resize", height })),
    ];
    const before = await seen(page);
    await frame.evaluate((messages) => messages.forEach((message) => window.port.postMessage(message)), [...odd, { ...FORGED, type: "expire" }]);
    await expect.poll(() => seen(page, "expire")).toHaveLength(1);
    expect(await seen(page)).toEqual([...before, { type: "expire", detail: QUOTE, from: "" }]);
    expect((await ailments(page)).messages?.cause).toContain(`${odd.length} messages`);
  });

  test("that are malformed or forged are ignored and counted in the frame", async ({ page, shop, widget }) => {
    await open(page, shop, widget);
    const frame = await inside(page);
    // The frame's own window is not the shop's page, although its message is correct.
    await frame.evaluate(() => window.postMessage({ tradein: 1, type: "hello" }, "*", [new MessageChannel().port2]));
    await page.evaluate(() => {
      const frame = document.querySelector("trade-in-widget")?.shadowRoot?.querySelector("iframe")?.contentWindow;
      // The last three are not the widget's messages, so they are not counted.
      const odd = [{ tradein: 2, type: "hello" }, { tradein: 1, type: "toString" }, { tradein: 1, type: "hello" }, { other: 1 }, "x", null];
      for (const message of odd) frame?.postMessage(message, "*");
      // Settings are accepted only through the port.
      frame?.postMessage({ tradein: 1, type: "set", theme: "dark" }, "*", [new MessageChannel().port2]);
    });
    await expect(frame.locator("html")).toHaveAttribute("data-ignored", "5");
    await expect(frame.locator("html")).toHaveAttribute("data-theme", "auto");
  });
});

/** Opens a shop's page with a frame whose messages the test sends. */
async function raw(page: Page, shop: Site, widget: Site) {
  await page.goto(shop.at("/", { body: shopPage(widget.origin, DEMO.replace("demo", "raw")) }));
  const frame = await rawFrame(page);
  await frame.evaluate(() => window.port.postMessage({ tradein: 1, type: "ready", version: 2 }));
  await expect.poll(() => seen(page, "ready")).toHaveLength(1);
  return frame;
}

/** Waits until a message from the page to its frame would have arrived. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(() => {
    const frame = document.querySelector("trade-in-widget")?.shadowRoot?.querySelector("iframe");
    frame?.contentWindow?.postMessage("last", "*");
  });
  const frame = await inside(page);
  await frame.waitForFunction("heard.includes('last')");
  await frame.evaluate("heard.pop()");
}
