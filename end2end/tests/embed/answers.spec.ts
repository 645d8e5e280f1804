import type { Page } from "@playwright/test";
import { expect, inside, open, seen, test as base } from "../../support/shop";
import type { Site } from "../../support/site";

/** The widget on the shop's own site, on another port, because some browsers give a frame of another site no storage. */
const test = base.extend<{ widget: Site }>({
  widget: async ({ widget }, use) => {
    await use(Object.assign(Object.create(widget), { origin: widget.origin.replace("127.0.0.1", "localhost") }));
  },
});

const widgets = (...attributes: string[]) =>
  attributes.map((more) => `<trade-in-widget merchant="demo" locale="en" loading="eager" ${more}></trade-in-widget>`).join("");

/** Types a model into the widget `selector`, and waits until it is in the address. */
async function type(page: Page, selector: string, model: string): Promise<void> {
  const frame = await inside(page, selector);
  await frame.getByLabel("Model").fill(model);
  await expect.poll(() => frame.url()).toContain(`model=${model}`);
}

/** The model in the form of the widget `selector`, once it has loaded. */
async function model(page: Page, selector: string): Promise<string | null> {
  return new URL((await inside(page, selector)).url()).searchParams.get("model");
}

test.describe("answers", () => {
  test("belong to one element, with an id and without", async ({ page, shop, widget }) => {
    const body = widgets('id="a"', 'class="second"', 'class="third"');
    await open(page, shop, widget, body);
    await type(page, ".second", "second");
    await open(page, shop, widget, body);
    await expect.poll(() => model(page, ".second")).toBe("second");
    await expect.poll(() => seen(page, "ready").then((all) => all.length)).toBeGreaterThanOrEqual(3);
    expect([await model(page, "#a"), await model(page, ".third")]).toEqual([null, null]);
    await type(page, "#a", "first");
    await open(page, shop, widget, body);
    await expect.poll(() => model(page, "#a")).toBe("first");
    await expect.poll(() => model(page, ".second")).toBe("second");
  });

  test("belong to one product", async ({ page, shop, widget }) => {
    const of = (name: string, price: number) => widgets(`product-name="${name}" product-price="${price}"`);
    await open(page, shop, widget, of("A", 100));
    await type(page, "trade-in-widget", "old");
    for (const other of [of("B", 100), of("A", 200), of("", 100)]) {
      await open(page, shop, widget, other);
      await (await inside(page)).waitForLoadState();
      expect(await model(page, "trade-in-widget")).toBeNull();
    }
    await open(page, shop, widget, of("A", 100));
    await expect.poll(() => model(page, "trade-in-widget")).toBe("old");
  });

  test("of one element are forgotten by its reset alone", async ({ page, shop, widget }) => {
    const body = widgets('id="a"', 'id="b"');
    await open(page, shop, widget, body);
    await type(page, "#a", "first");
    await type(page, "#b", "second");
    await page.evaluate(() => document.querySelector<HTMLElementTagNameMap["trade-in-widget"]>("#a")?.reset());
    await expect.poll(async () => (await inside(page, "#a")).url()).toContain("fresh=1");
    await (await inside(page, "#a")).waitForLoadState();
    await open(page, shop, widget, body);
    await expect.poll(() => model(page, "#b")).toBe("second");
    expect(await model(page, "#a")).toBeNull();
  });

  test("are kept through the pages of a frame, and for a form without one", async ({ page, shop, widget }) => {
    await open(page, shop, widget, widgets(""));
    await type(page, "trade-in-widget", "old");
    await (await inside(page)).goto(`${widget.origin}/widget/quoted`);
    await (await inside(page)).goto(`${widget.origin}/widget/demo?locale=en`);
    await expect.poll(() => model(page, "trade-in-widget")).toBe("old");

    await page.goto(`${widget.origin}/widget/demo?locale=en`);
    await page.getByLabel("Model").fill("alone");
    await expect(page).toHaveURL(/model=alone/);
    await page.goto(`${widget.origin}/widget/demo?locale=en`);
    await expect(page).toHaveURL(/model=alone/);
  });

  test("are forgotten after seven days, and what an older version kept is", async ({ page, widget }) => {
    const form = `${widget.origin}/widget/demo?locale=en`;
    const place = "tradein/widget/demo";
    await page.goto(form);
    for (const old of ["{", "null", '{"at":1,"answers":"model=x"}', `{"at":${Date.now()},"answers":"model=x"}`]) {
      await page.evaluate(([place, old]) => localStorage.setItem(place, old), [place, old] as const);
      await page.reload();
      await page.getByLabel("Model").fill("y");
      await expect.poll(() => page.evaluate((place) => localStorage.getItem(place), place)).toContain("model=y");
      await page.goto(form);
      await expect(page).toHaveURL(/model=y/);
    }
    await page.evaluate((place) => {
      const all = JSON.parse(localStorage.getItem(place) ?? "{}");
      for (const entry of Object.values<{ at: number }>(all)) entry.at -= 8 * 24 * 3600 * 1000;
      localStorage.setItem(place, JSON.stringify(all));
    }, place);
    await page.goto(form);
    await page.getByLabel("Model").waitFor();
    await page.waitForLoadState();
    expect(page.url()).toBe(form);
  });
});
