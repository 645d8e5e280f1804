import { DEMO, expect, expectHeight, open, test } from "../../support/shop";

/** Parents in which a frame is 300 px wide by default, and the available width. */
const parents: Record<string, [style: string]> = {
  "a block": ["display: block"],
  "a row": ["display: flex"],
  "a row that wraps": ["display: flex; flex-wrap: wrap"],
  "a row with its content in the middle": ["display: flex; justify-content: center"],
  "a column with its content in the middle": ["display: flex; flex-direction: column; align-items: center"],
  "a grid": ["display: grid"],
  "a grid with its content in the middle": ["display: grid; justify-items: center"],
  "a grid that is as wide as its content": ["display: grid; justify-content: start"],
  "an inline block": ["display: inline-block; vertical-align: top"],
  "an inline row": ["display: inline-flex; vertical-align: top"],
  "a float": ["float: left"],
  "what is as wide as its content": ["width: fit-content"],
  "a table's cell": ["display: table-cell"],
};

test.describe("the width", () => {
  for (const [name, [style]] of Object.entries(parents)) {
    test(`is all there is in ${name}`, async ({ page, shop, widget }) => {
      await open(page, shop, widget, `<main style="display: flow-root; padding: 0 12px"><div style="${style}">${DEMO}</div></main>`);
      await expectHeight(page, 900);
      const room = await page.locator("main").evaluate((main) => main.clientWidth - 24);
      for (const part of ["trade-in-widget", "iframe"]) expect((await page.locator(part).boundingBox())?.width, part).toBe(room);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    });
  }

  test("is all there is in an inline parent", async ({ page, shop, widget }) => {
    await open(page, shop, widget, `<main style="padding: 0 12px"><span>${DEMO}</span></main>`);
    await expectHeight(page, 900);
    const room = await page.locator("main").evaluate((main) => main.clientWidth - 24);
    expect((await page.locator("iframe").boundingBox())?.width).toBe(room);
  });

  test("leaves a sibling in a row its own", async ({ page, shop, widget }) => {
    const row = `<main style="display: flex"><i style="flex: none; width: 100px"></i>${DEMO}</main>`;
    await open(page, shop, widget, row);
    await expectHeight(page, 900);
    const room = await page.locator("main").evaluate((main) => main.clientWidth - 100);
    expect((await page.locator("iframe").boundingBox())?.width).toBe(room);
  });

  const siblings = {
    "as wide as it says": ['<i style="width: 100px"></i>', 100],
    "as wide as its text": ['<b style="font: 20px monospace; white-space: nowrap">A phone</b>', undefined],
  } as const;
  for (const [name, [sibling, width]] of Object.entries(siblings)) {
    test(`is what a sibling in a row leaves that may shrink, and is ${name}`, async ({ page, shop, widget }) => {
      await open(page, shop, widget, `<main style="display: flex"><template></template>${sibling}${DEMO}</main>`);
      await expectHeight(page, 900);
      const [wished, room] = await page.locator("main").evaluate((main) => {
        const sibling = main.children[1] as HTMLElement;
        const copy = sibling.cloneNode(true) as HTMLElement;
        copy.style.position = "absolute";
        main.append(copy);
        const { width } = copy.getBoundingClientRect();
        copy.remove();
        return [width, main.clientWidth - sibling.getBoundingClientRect().width];
      });
      expect((await page.locator("main > :nth-child(2)").boundingBox())?.width).toBeCloseTo(width ?? wished ?? NaN, 1);
      expect((await page.locator("iframe").boundingBox())?.width).toBeCloseTo(room ?? NaN, 1);
    });
  }

  test("leaves a long text beside it a share, and keeps enough to be read", async ({ page, shop, widget }) => {
    await open(page, shop, widget, `<main style="display: flex"><p style="margin: 0">${"A phone. ".repeat(200)}</p>${DEMO}</main>`);
    await expectHeight(page, 900);
    expect((await page.locator("iframe").boundingBox())?.width).toBeGreaterThanOrEqual(240);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  });

  test("is what the shop says, and heeds its margins", async ({ page, shop, widget }) => {
    await open(page, shop, widget, `<style>trade-in-widget { margin: 0 16px; max-width: 320px; padding: 0 8px }</style><main>${DEMO}</main>`);
    await expectHeight(page, 900);
    const room = await page.locator("main").evaluate((main) => Math.min(320, main.clientWidth - 32 - 16));
    expect((await page.locator("iframe").boundingBox())?.width).toBe(room);
  });
});
