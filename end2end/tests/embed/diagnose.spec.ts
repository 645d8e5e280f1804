import type { Page } from "@playwright/test";
import { ailments, DEMO, expect, open, RESERVE, seen, shopPage, test, wrong } from "../../support/shop";
import type { Site } from "../../support/site";

/** Opens a shop's page where the widget will not show. */
async function openFailing(page: Page, shop: Site, widget: Site, merchant = "demo", headers = {}): Promise<void> {
  const head = "content-security-policy" in headers ? "" : RESERVE;
  await page.goto(shop.at("/", { body: shopPage(widget.origin, DEMO.replace("demo", merchant), head), headers }));
  await expect(page.locator("trade-in-widget iframe")).toBeAttached();
}

test.describe("diagnose", () => {
  test("finds nothing wrong where all is well", async ({ page, shop, widget }) => {
    await open(page, shop, widget);
    expect(await ailments(page)).toEqual({});
  });

  test("waits for a frame that has just begun", async ({ page, shop, widget }) => {
    await page.goto(shop.at("/", { body: shopPage(widget.origin, DEMO) }), { waitUntil: "commit" });
    await page.waitForFunction(() => customElements.get("trade-in-widget"));
    expect(await ailments(page)).toEqual({});
  });

  test("names a merchant that is missing", async ({ page, shop, widget }) => {
    await page.goto(shop.at("/", { body: shopPage(widget.origin, "<trade-in-widget></trade-in-widget>") }));
    const found = await ailments(page);
    expect(found.merchant).toMatchObject({ ok: false, mend: expect.stringContaining('merchant="…"') });
    expect(wrong(found)).toEqual(["merchant", "answer"]);
  });

  test("names a merchant that the server does not know", async ({ page, shop, widget }) => {
    await openFailing(page, shop, widget, "dem0");
    const found = await ailments(page);
    expect(found.merchant).toMatchObject({ ok: false, cause: 'There is no merchant "dem0".' });
    expect(found.origin).toMatchObject({ ok: null });
    expect(wrong(found)).toEqual(["merchant", "answer"]);
  });

  test("names an origin that is not allowed", async ({ page, shop, widget }) => {
    await openFailing(page, shop, widget, "closed");
    const found = await ailments(page);
    expect(found.origin).toMatchObject({ ok: false, mend: expect.stringContaining(`"${shop.origin}"`) });
    expect(wrong(found)).toEqual(["origin", "answer"]);
  });

  test("names that origin also where the page in the frame says so itself", async ({ page, shop, widget }) => {
    await open(page, shop, widget, DEMO.replace("demo", "foreign"));
    await expect.poll(() => seen(page, "error")).toMatchObject([{ detail: { code: "not_allowed" } }]);
    const found = await ailments(page);
    expect(found.origin).toMatchObject({ ok: false, mend: expect.stringContaining(`"${shop.origin}"`) });
    expect(wrong(found)).toEqual(["origin"]);
    // After the correction, every check succeeds.
    await page.evaluate(() => document.querySelector("trade-in-widget")?.setAttribute("merchant", "demo"));
    await expect.poll(() => seen(page, "ready")).toHaveLength(2);
    expect(await ailments(page)).toEqual({});
  });

  test("names the switch for a page that sends Cross-Origin-Embedder-Policy", async ({ page, shop, widget }) => {
    await openFailing(page, shop, widget, "demo", { "cross-origin-embedder-policy": "require-corp" });
    const found = await ailments(page);
    expect(found.isolation).toMatchObject({
      ok: false,
      cause: expect.stringContaining("Cross-Origin-Embedder-Policy"),
      mend: expect.stringContaining('"coep = true"'),
    });
    expect(wrong(found)).toEqual(["isolation", "answer"]);
  });

  test("gives the line that a policy without frame-src lacks", async ({ page, shop, widget }) => {
    const policy = `default-src 'none'; script-src ${widget.origin}; connect-src ${widget.origin}`;
    await openFailing(page, shop, widget, "demo", { "content-security-policy": policy });
    const found = await ailments(page);
    expect(found.policy).toMatchObject({ ok: false, mend: expect.stringContaining(`"frame-src ${widget.origin}"`) });
    expect(wrong(found)).toEqual(["policy", "answer"]);
  });

  test("says no more than it knows under a policy that forbids to ask", async ({ page, shop, widget }) => {
    const policy = `default-src 'none'; script-src ${widget.origin}`;
    await openFailing(page, shop, widget, "demo", { "content-security-policy": policy });
    const found = await ailments(page);
    for (const check of [found.merchant, found.origin, found.blocker]) {
      expect(check).toMatchObject({ ok: null, cause: expect.stringContaining(`connect-src ${widget.origin}`) });
    }
    expect(wrong(found)).toEqual(["policy", "answer"]);
  });

  test("gives the line that a policy without script-src lacks", async ({ page, shop, widget }) => {
    // The policy allows only the loader, and not the modules that it fetches.
    const policy = `default-src 'none'; script-src ${widget.origin}/embed/v1.js; frame-src ${widget.origin}`;
    const headers = { "content-security-policy": policy };
    await page.goto(shop.at("/", { body: shopPage(widget.origin, DEMO, ""), headers }));
    await expect.poll(() => seen(page, "ready")).toHaveLength(1);
    expect(await ailments(page)).toEqual({
      script: { check: "script", ok: false, cause: expect.any(String), mend: expect.stringContaining(`"script-src ${widget.origin}"`) },
    });
  });

  test("names a sandbox that takes the page's origin away", async ({ page, shop, widget }) => {
    const address = shop.at("/inner", { body: shopPage(widget.origin, DEMO) });
    const sandboxed = `<iframe sandbox="allow-scripts" src="${address}" width="800" height="2000"></iframe>`;
    await page.goto(shop.at("/", { body: sandboxed }));
    const inner = page.frames()[1];
    await inner?.waitForFunction(() => customElements.get("trade-in-widget"));
    const checks = await inner?.evaluate(() => document.querySelector("trade-in-widget")?.diagnose());
    expect(checks?.filter(({ ok }) => ok === false).map(({ check }) => check)).toEqual(["sandbox", "answer"]);
    expect(checks?.find(({ check }) => check === "sandbox")?.mend).toContain("allow-scripts allow-same-origin");
  });

  test("says that the browser is offline, before and after it has been asked online", async ({ page, shop, widget, context }) => {
    await openFailing(page, shop, widget, "mute");
    await context.setOffline(true);
    expect(await ailments(page)).toEqual({
      script: { check: "script", ok: false, cause: expect.stringContaining("does not load"), mend: "Go online." },
    });
    await context.setOffline(false);
    await ailments(page);
    await context.setOffline(true);
    const found = await ailments(page);
    expect(found.network).toMatchObject({ ok: false, mend: "Go online." });
    expect(found.merchant).toMatchObject({ ok: null });
    expect(wrong(found)).toEqual(["network", "answer"]);
  });

  test("suspects an extension when requests fail though nothing else forbids them", async ({ page, shop, widget }) => {
    for (const part of ["**/widget/**", "**/embed/check*"]) await page.route(part, (route) => route.abort("blockedbyclient"));
    await openFailing(page, shop, widget);
    const found = await ailments(page);
    expect(found.blocker).toMatchObject({ ok: false, mend: expect.stringContaining("extension") });
    for (const check of [found.merchant, found.origin]) expect(check).toMatchObject({ ok: null });
    expect(wrong(found)).toEqual(["blocker", "answer"]);
  });

  for (const part of ["**/widget/**", "**/embed/frame.js"]) {
    test(`suspects an extension when ${part} alone does not come`, async ({ page, shop, widget }) => {
      await page.route(part, (route) => route.abort("blockedbyclient"));
      await openFailing(page, shop, widget);
      const found = await ailments(page);
      expect(found.blocker).toMatchObject({ ok: false, cause: expect.stringContaining("extension"), mend: expect.stringContaining(widget.origin) });
      expect(wrong(found)).toEqual(["blocker", "answer"]);
    });
  }

  test("says that a frame is slow, and names nothing else", async ({ page, shop, widget }) => {
    let release = () => {};
    const held = new Promise<void>((done) => (release = done));
    await page.route("**/widget/demo*", async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(shop.at("/", { body: shopPage(widget.origin, DEMO) }), { waitUntil: "commit" });
    await expect(page.locator("iframe")).toBeAttached();
    const found = await ailments(page);
    expect(found.answer).toMatchObject({ ok: false, cause: expect.stringContaining("slow"), mend: expect.stringContaining("Wait") });
    expect(wrong(found)).toEqual(["answer"]);
    release();
    await expect.poll(() => seen(page, "ready")).toHaveLength(1);
    expect(await ailments(page)).toEqual({});
  });

  for (const milliseconds of [4_000, 60_000]) {
    test(`is not led to blame an extension by a net that takes ${milliseconds / 1000} s for all`, async ({ page, shop, widget }) => {
      const slow = new Promise((done) => setTimeout(done, milliseconds).unref());
      for (const part of ["**/widget/demo*", "**/embed/check*"]) {
        await page.route(part, async (route) => {
          await slow;
          await route.continue().catch(() => {});
        });
      }
      await page.goto(shop.at("/", { body: shopPage(widget.origin, DEMO) }), { waitUntil: "commit" });
      await expect(page.locator("iframe")).toBeAttached();
      const found = await ailments(page);
      if (milliseconds < 5_000) return expect(found).toEqual({});
      expect(found.blocker).toMatchObject({ ok: null, cause: expect.stringContaining("has not answered within 3 s") });
      expect(found.answer).toMatchObject({ ok: false, cause: expect.stringContaining("slow"), mend: expect.stringContaining("Wait") });
      expect(wrong(found)).toEqual(["answer"]);
    });
  }

  const drawers = {
    "that clips it": "position: relative; height: 0; overflow: clip",
    "far aside": "position: fixed; inset: 0; overflow: hidden; transform: translateX(20000px)",
    "not displayed": "display: none",
  };
  for (const [name, style] of Object.entries(drawers)) {
    test(`says of a lazy widget in a drawer ${name} that it is not in view, and gives no cure`, async ({ page, shop, widget }) => {
      const body = `<div style="${style}">${DEMO.replace("eager", "lazy")}</div>`;
      await page.goto(shop.at("/", { body: shopPage(widget.origin, body) }));
      const found = await ailments(page);
      expect(found.answer).toMatchObject({ ok: null, cause: expect.stringMatching(/not in view|hidden/), mend: null });
      expect(wrong(found)).toEqual([]);
    });
  }

  test("names a loader that was copied", async ({ page, shop, widget, request }) => {
    for (const file of ["v1.js", "diagnose.js", "known.js"]) {
      const body = await (await request.get(`${widget.origin}/embed/${file}`)).text();
      shop.at(`/embed/${file}`, { body, type: "text/javascript" });
    }
    await openFailing(page, shop, shop);
    const found = await ailments(page);
    expect(found.script).toMatchObject({ ok: false, mend: expect.stringContaining("do not copy it") });
    expect(found.merchant).toMatchObject({ ok: null });
    expect(wrong(found)).toEqual(["script", "answer"]);
  });

  test("names a loader that was copied alone", async ({ page, shop, widget, request }) => {
    const body = await (await request.get(`${widget.origin}/embed/v1.js`)).text();
    shop.at("/embed/v1.js", { body, type: "text/javascript" });
    await openFailing(page, shop, shop);
    expect((await ailments(page)).script).toMatchObject({ ok: false, mend: expect.stringContaining("Do not copy v1.js") });
  });

  test("names a loader that the frame has outgrown", async ({ page, shop, widget }) => {
    await page.route("**/embed/v1.js", async (route) => {
      const response = await route.fetch();
      const body = (await response.text()).replace(/VERSION = \d+/, "VERSION = 1");
      await route.fulfill({ response, body });
    });
    await open(page, shop, widget);
    const found = await ailments(page);
    expect(found.version?.cause).toMatch(/^The loader is version 1, the page in the frame version \d+\.$/);
    expect(Object.keys(found)).toEqual(["version"]);
  });

  test("says of a frame out of view that it cannot know", async ({ page, shop, widget }) => {
    const css = shop.at("/far.css", { body: ".far { height: 20000px }", type: "text/css" });
    const far = '<div class="far"></div><trade-in-widget merchant="demo"></trade-in-widget>';
    await page.goto(shop.at("/", { body: shopPage(widget.origin, far, `<link rel="stylesheet" href="${css}">`) }));
    const found = await ailments(page);
    expect(found.answer).toMatchObject({ ok: null, cause: expect.stringContaining("not in view") });
    expect(wrong(found)).toEqual([]);
  });

  test("leaves nothing behind in the page", async ({ page, shop, widget }) => {
    await page.clock.install();
    await openFailing(page, shop, widget, "mute");
    await page.clock.runFor(5_000);
    const size = () => page.evaluate(() => [document.querySelectorAll("*").length, window.frames.length]);
    const before = await size();
    const added = await page.evaluateHandle(() => {
      const added: string[] = [];
      const note = (records: MutationRecord[]) =>
        added.push(...records.flatMap(({ addedNodes }) => [...addedNodes].map(({ nodeName }) => nodeName)));
      new MutationObserver(note).observe(document, { childList: true, subtree: true });
      return added;
    });
    const asked = ailments(page);
    await expect.poll(() => added.jsonValue()).toEqual(["IFRAME"]);
    await expect.poll(() => page.frames().filter((frame) => frame.url().includes("/widget/mute")).length).toBe(2);
    for (const frame of page.frames()) await frame.waitForLoadState();
    await page.clock.runFor(10_000);
    expect(wrong(await asked)).toEqual(["blocker", "answer"]);
    expect(await size()).toEqual(before);
  });
});
