import { DEMO, expect, expectHeight, fiveSeconds, inside, open, rawFrame, seen, shopPage, test } from "../../support/shop";
import { QUOTE, quoteOf } from "../../support/stand-in";

test.describe("the handshake", () => {
  test("ends in ready, then the height", async ({ page, shop, widget }) => {
    await open(page, shop, widget);
    await expectHeight(page, 900);
    expect((await seen(page)).slice(0, 2)).toEqual([
      { type: "ready", detail: null, from: "" },
      { type: "resize", detail: { height: 900 }, from: "" },
    ]);
  });

  test("is one word to the widget's own origin, with a port and no more", async ({ page, shop, widget }) => {
    await page.goto(shop.at("/", { body: shopPage(widget.origin, DEMO.replace("demo", "raw")) }));
    const frame = await inside(page);
    await expect.poll(() => frame.evaluate(() => window.heard)).toEqual([{ data: { tradein: 1, type: "hello" }, origin: shop.origin, ports: 1 }]);
  });

  test("takes place as soon as the frame's script runs, whatever its pictures do", async ({ page, shop, widget }) => {
    await page.goto(shop.at("/", { body: shopPage(widget.origin, DEMO.replace("demo", "waiting")) }), { waitUntil: "commit" });
    await expect.poll(async () => (await seen(page)).map(({ type }) => type)).toEqual(["ready", "resize"]);
    const state = await (await inside(page)).evaluate(() => document.readyState);
    expect(state).toBe("interactive");
  });

  test("is announced to the shop's page by one word without a port", async ({ page, shop, widget }) => {
    await page.addInitScript(() => {
      addEventListener("message", ({ data, origin, ports }) => (window.heard ??= []).push({ data, origin, ports: ports.length }));
    });
    await open(page, shop, widget);
    expect(await page.evaluate(() => window.heard)).toEqual([
      { data: { tradein: 1, type: "here", address: `${widget.origin}/widget/demo?locale=en`, merchant: "demo" }, origin: widget.origin, ports: 0 },
    ]);
    // It answers one hello, although a second one comes when the frame has loaded.
    await (await inside(page)).waitForLoadState();
    await expectHeight(page, 900);
    expect((await seen(page)).map(({ type }) => type)).toEqual(["ready", "resize"]);
  });

  test("is no matter of another window that says the frame's word", async ({ page, shop, widget, stranger }) => {
    const liar = stranger.at("/liar", { body: '<script>parent.postMessage({ tradein: 1, type: "here" }, "*"); parent.postMessage("done", "*")</script>' });
    await page.goto(shop.at("/", { body: shopPage(widget.origin, DEMO.replace("demo", "raw")) }));
    const frame = await rawFrame(page);
    await page.evaluate((address) => {
      const done = new Promise((resolve) => addEventListener("message", ({ data }) => data === "done" && resolve(0)));
      document.body.insertAdjacentHTML("beforeend", `<iframe src="${address}"></iframe>`);
      window.postMessage({ tradein: 1, type: "here" }, "*");
      return done;
    }, liar);
    await page.evaluate(() => document.querySelector("trade-in-widget")?.shadowRoot?.querySelector("iframe")?.contentWindow?.postMessage("last", "*"));
    await frame.waitForFunction(() => window.heard.some(({ data }) => data === "last"));
    expect((await frame.evaluate(() => window.heard)).map(({ data }) => data)).toEqual([{ tradein: 1, type: "hello" }, "last"]);
  });

  test("holds with a loader of the version before, which says hello at the load", async ({ page, shop, widget }) => {
    await page.goto(shop.at("/", { body: `<iframe src="${widget.origin}/widget/quoted"></iframe>` }));
    const types = await page.evaluate(async () => {
      const { port1, port2 } = new MessageChannel();
      const types: string[] = [];
      const quoted = new Promise((done) => {
        port1.onmessage = ({ data }) => types.push(data.type) && data.type === "quote" && done(0);
      });
      window.frames[0]?.postMessage({ tradein: 1, type: "hello" }, "*", [port2]);
      await quoted;
      return types;
    });
    expect(types).toEqual(["ready", "resize", "quote"]);
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

  test("tells of a price that lapses while it is shown, and draws the page again", async ({ page, shop, widget }) => {
    await page.clock.install();
    const quote = { ...QUOTE, valid_until: new Date(Date.now() + 60_000).toISOString() };
    let drawn = 0;
    await page.route("**/widget/quoted*", async (route) => {
      drawn++;
      const response = await route.fetch({ maxRetries: 2 });
      await route.fulfill({ response, body: (await response.text()).replace(quoteOf(QUOTE), quoteOf(quote)) });
    });
    await open(page, shop, widget, DEMO.replace("demo", "quoted"));
    expect(await seen(page, "expire")).toEqual([]);
    await page.clock.runFor(61_000);
    await expect.poll(() => seen(page, "expire")).toEqual([{ type: "expire", detail: quote, from: "" }]);
    await expect.poll(() => drawn).toBe(2);
    // The page has loaded, so nothing is in progress when the test ends.
    await expect.poll(() => seen(page, "ready")).toHaveLength(2);
  });

  test("forwards what an island posts, and only words of the protocol", async ({ page, shop, widget }) => {
    await open(page, shop, widget);
    await expectHeight(page, 900);
    await (await inside(page)).evaluate((quote) => {
      for (const type of ["ready", "resize", "made-up", "expire"]) {
        document.dispatchEvent(new CustomEvent("tradein:post", { detail: { type, quote, height: 5, version: 9 } }));
      }
    }, QUOTE);
    await expect.poll(() => seen(page, "expire")).toEqual([{ type: "expire", detail: QUOTE, from: "" }]);
    expect(await seen(page, "ready")).toHaveLength(1);
    expect(await seen(page, "resize")).toHaveLength(1);
  });

  test("takes place anew with each page of the frame, by a port of its own", async ({ page, shop, widget }) => {
    await page.goto(shop.at("/", { body: shopPage(widget.origin, DEMO.replace("demo", "raw")) }));
    const frame = await rawFrame(page);
    await frame.evaluate("port.postMessage({ tradein: 1, type: 'ready', version: 2 })");
    await expect.poll(() => seen(page, "ready")).toHaveLength(1);
    await frame.goto(`${widget.origin}/widget/quoted`);
    await expect.poll(() => seen(page, "quote")).toHaveLength(1);
    expect(await seen(page, "ready")).toHaveLength(2);
  });

  test("of a page that greets twice holds for the second port alone", async ({ page, shop, widget }) => {
    await page.goto(shop.at("/", { body: `<iframe src="${widget.origin}/widget/quoted"></iframe>` }));
    await page.frames()[1]?.waitForLoadState();
    const heard = await page.evaluate(async () => {
      const greet = async () => {
        const { port1, port2 } = new MessageChannel();
        const types: string[] = [];
        const quoted = new Promise((done) => {
          port1.onmessage = ({ data }) => {
            types.push(data.type);
            if (data.type === "quote") done(0);
          };
        });
        window.frames[0]?.postMessage({ tradein: 1, type: "hello" }, "*", [port2]);
        await quoted;
        return types;
      };
      const first = await greet();
      return [first, await greet(), first];
    });
    expect(heard).toEqual(Array.from({ length: 3 }, () => ["ready", "resize", "quote"]));
  });

  test("is refused to a shop that is not on the list, which learns nothing", async ({ page, shop, widget }) => {
    await page.clock.install();
    await page.goto(shop.at("/", { body: shopPage(widget.origin, DEMO.replace("demo", "strangers")) }));
    const root = (await inside(page)).locator("html");
    await expect(root).toHaveAttribute("data-ignored", "1");
    await fiveSeconds(page, widget);
    await expect.poll(() => seen(page)).toMatchObject([{ type: "error", detail: { code: "not_allowed" } }]);
  });

  test("takes place with the widget's own site, when that is on the list", async ({ page, widget }) => {
    await open(page, widget, widget, DEMO.replace("demo", "strangers"));
  });
});

test("the frame's script does nothing on a page that stands alone", async ({ page, widget }) => {
  const errors: Error[] = [];
  page.on("pageerror", (error) => errors.push(error));
  await page.goto(`${widget.origin}/widget/quoted?locale=en`);
  await page.evaluate(() => {
    const { port1, port2 } = new MessageChannel();
    window.postMessage({ tradein: 1, type: "hello" }, "*", [port2]);
    port1.postMessage({ tradein: 1, type: "set", theme: "dark" });
    document.dispatchEvent(new CustomEvent("tradein:post", { detail: { type: "quote" } }));
  });
  await page.getByText("Accept").click();
  const root = page.locator("html");
  await expect(root).toHaveAttribute("data-theme", "auto");
  expect(await root.evaluate((element) => ["framed", "ignored"].filter((name) => name in element.dataset))).toEqual([]);
  expect(errors).toEqual([]);
});
