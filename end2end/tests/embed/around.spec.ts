import type { Page } from "@playwright/test";
import { DEMO, expect, expectHeight, inside, open, painted, seen, shopPage, test } from "../../support/shop";

test.describe("under a header that sticks to the top", () => {
  const told = { "the element's margin": "trade-in-widget { scroll-margin-top: 80px }", "the page's padding": "html { scroll-padding-top: 80px }" };
  const cases = Object.entries(told).flatMap(([by, rule]) => [1000, 40].map((hidden) => ({ by, rule, hidden })));
  for (const { by, rule, hidden } of cases) {
    test(`told of by ${by}, the next page is seen from its beginning, though ${hidden} px of the last were hidden`, async ({ page, shop, widget }) => {
      const style = `<style>header { position: sticky; top: 0; height: 80px; background: gold; z-index: 1 } ${rule}</style>`;
      await open(page, shop, widget, `${style}<header>Shop</header><p style="height: 400px">Above</p>${DEMO}`);
      const frame = await inside(page);
      await frame.getByText("Grow").click();
      await expectHeight(page, 1400);
      await page.evaluate((hidden) => {
        const widget = document.querySelector("trade-in-widget");
        scrollBy({ top: (widget?.getBoundingClientRect().top ?? 0) - 80 + hidden, behavior: "instant" });
      }, hidden);
      await frame.evaluate(() => (document.getElementById("tradein-form") as HTMLFormElement).submit());
      await expectHeight(page, 700);
      await expect.poll(async () => Math.round((await page.locator("trade-in-widget").boundingBox())?.y ?? NaN)).toBe(80);
    });
  }
});

test.describe("the beginning of the next page is seen", () => {
  /** Sends the frame's form from inside the frame, while `hidden` px of the widget are above the view of `scroller`. */
  async function goOnFrom(page: Page, scroller: string, hidden: number): Promise<void> {
    const frame = await inside(page);
    await frame.getByText("Grow").click();
    await expectHeight(page, 1400);
    await page.evaluate(([scroller, hidden]) => {
      const widget = document.querySelector("trade-in-widget");
      const box = document.querySelector(scroller);
      const above = box === document.documentElement ? 0 : (box?.getBoundingClientRect().top ?? 0);
      box?.scrollBy({ top: (widget?.getBoundingClientRect().top ?? 0) - above + hidden, behavior: "instant" });
    }, [scroller, hidden] as const);
    await frame.evaluate(() => (document.getElementById("tradein-form") as HTMLFormElement).submit());
    await expectHeight(page, 700);
  }
  const top = async (page: Page) => Math.round((await page.locator("trade-in-widget").boundingBox())?.y ?? NaN);
  const above = '<p style="height: 400px">Above</p>';

  test("under a padding that is told in per cent", async ({ page, shop, widget }) => {
    await open(page, shop, widget, `<style>html { scroll-padding-top: 10% }</style>${above}${DEMO}`);
    const padding = Math.round((page.viewportSize()?.height ?? 0) / 10);
    // Not above the view, but under the bar that covers it.
    await goOnFrom(page, "html", 20 - padding);
    await expect.poll(() => top(page)).toBe(padding);
  });

  const box = (body: string) => `<div id="box" style="position: fixed; inset: 200px 0 0; overflow: auto">${above}${body}${above.repeat(4)}</div>`;

  test("in a box that the host scrolls, which begins below the top", async ({ page, shop, widget }) => {
    await open(page, shop, widget, box(DEMO));
    await goOnFrom(page, "#box", 100);
    await expect.poll(() => top(page)).toBe(200);
  });

  test("and nothing moves where it is seen already", async ({ page, shop, widget }) => {
    await open(page, shop, widget, box(DEMO));
    await goOnFrom(page, "#box", -50);
    await expect.poll(() => seen(page, "ready")).toHaveLength(2);
    await painted(page);
    expect(await top(page)).toBe(250);
  });
});

test.describe("Escape inside the frame", () => {
  const dialog = `<dialog id="dialog" style="width: 300px; height: 400px">${DEMO}</dialog>`;
  /** Opens the widget in a dialog, with the focus in its form. */
  async function openIn(page: Page, how: "showModal" | "show"): Promise<void> {
    await page.evaluate((how) => (document.getElementById("dialog") as HTMLDialogElement)[how](), how);
    await expect.poll(() => seen(page, "ready")).toHaveLength(1);
    await expectHeight(page, 900);
    await (await inside(page)).getByLabel("Model").focus();
  }
  const isOpen = (page: Page) => page.evaluate(() => (document.getElementById("dialog") as HTMLDialogElement).open);

  test("closes the dialog around it", async ({ page, shop, widget }) => {
    await open(page, shop, widget, dialog);
    await openIn(page, "showModal");
    await page.keyboard.press("Escape");
    await expect.poll(() => isOpen(page)).toBe(false);
  });

  for (const [kind, isClosed] of Object.entries({ auto: true, hint: true, manual: false })) {
    test(`${isClosed ? "closes" : "leaves open"} a popover of the kind ${kind} around it`, async ({ page, shop, widget }) => {
      await open(page, shop, widget, `<div popover="${kind}" id="popover" style="width: 300px; height: 400px">${DEMO}</div>`);
      await page.evaluate(() => {
        document.getElementById("popover")?.showPopover();
        document.addEventListener("keydown", ({ key }) => Object.assign(window, { key }));
      });
      await expectHeight(page, 900);
      await (await inside(page)).getByLabel("Model").focus();
      await page.keyboard.press("Escape");
      await page.waitForFunction("globalThis.key === 'Escape'");
      expect(await page.evaluate(() => document.getElementById("popover")?.matches(":popover-open"))).toBe(!isClosed);
    });
  }

  test("closes the dialog also where the host's own listener stops the key on its way", async ({ page, shop, widget }) => {
    await open(page, shop, widget, dialog);
    await openIn(page, "showModal");
    await page.evaluate(() => addEventListener("keydown", (event) => event.stopImmediatePropagation(), { capture: true }));
    await page.keyboard.press("Escape");
    await expect.poll(() => isOpen(page)).toBe(false);
  });

  test("is no error of the host's where its policy keeps out what closes the dialog", async ({ page, shop, widget }) => {
    const policy = `script-src ${widget.origin}/embed/v1.js; frame-src ${widget.origin}`;
    const body = shopPage(widget.origin, DEMO, "");
    await page.addInitScript(() => {
      addEventListener("unhandledrejection", ({ reason }) => Object.assign(window, { rejected: `${reason}` }));
    });
    await page.goto(shop.at("/", { body, headers: { "content-security-policy": policy } }));
    await expectHeight(page, 900);
    await (await inside(page)).getByLabel("Model").focus();
    await page.keyboard.press("Escape");
    await expect.poll(() => page.evaluate(() => window.violations)).toContain("script-src-elem");
    await painted(page);
    expect(await page.evaluate("globalThis.rejected")).toBeUndefined();
  });

  test("leaves the dialog open where the host says no, by the key or by the cancelling", async ({ page, shop, widget }) => {
    await open(page, shop, widget, dialog);
    await openIn(page, "showModal");
    await page.evaluate(() => {
      const heard: string[] = [];
      Object.assign(window, { keys: heard });
      document.addEventListener("keydown", (event) => {
        heard.push(`${event.key} on ${(event.target as Element).localName}`);
        if (heard.length === 1) event.preventDefault();
      });
      document.getElementById("dialog")?.addEventListener("cancel", (event) => {
        heard.push("cancel");
        event.preventDefault();
      });
    });
    await page.keyboard.press("Escape");
    await expect.poll(() => page.evaluate("keys")).toEqual(["Escape on trade-in-widget"]);
    await page.keyboard.press("Escape");
    await expect.poll(() => page.evaluate("keys")).toEqual(["Escape on trade-in-widget", "Escape on trade-in-widget", "cancel"]);
    expect(await isOpen(page)).toBe(true);
  });

  test("reaches a host that draws dialogs its own way, across shadow roots", async ({ page, shop, widget }) => {
    await open(page, shop, widget, '<div id="own" role="dialog"></div>' + DEMO);
    await page.evaluate((html) => {
      document.querySelector("trade-in-widget")?.remove();
      window.seen.length = 0;
      const own = document.getElementById("own");
      own?.addEventListener("keydown", ({ key }) => key === "Escape" && own.setAttribute("hidden", ""));
      own?.attachShadow({ mode: "open" }).setHTMLUnsafe(html);
    }, DEMO);
    await expect.poll(() => seen(page, "resize")).toHaveLength(1);
    await (await inside(page)).getByLabel("Model").focus();
    await page.keyboard.press("Escape");
    await expect(page.locator("#own")).toHaveAttribute("hidden", "");
  });

  test("is the frame's own where something in it takes it", async ({ page, shop, widget }) => {
    await open(page, shop, widget, dialog);
    await openIn(page, "showModal");
    const frame = await inside(page);
    await frame.evaluate(() => {
      document.querySelector("[name=model]")?.setAttribute("type", "search");
      document.addEventListener("keydown", (event) => event.key === "Escape" && event.shiftKey && event.preventDefault());
    });
    await frame.getByLabel("Model").fill("iPhone");
    // Empties the search.
    await page.keyboard.press("Escape");
    await expect(frame.getByLabel("Model")).toHaveValue("");
    await page.keyboard.press("Shift+Escape");
    // A message posted before this one would have arrived by now.
    await frame.evaluate(() => document.dispatchEvent(new CustomEvent("tradein:post", { detail: { type: "error", code: "internal", message: "" } })));
    await expect.poll(() => seen(page, "error")).toHaveLength(1);
    expect(await isOpen(page)).toBe(true);
    await page.keyboard.press("Escape");
    await expect.poll(() => isOpen(page)).toBe(false);
  });
});
