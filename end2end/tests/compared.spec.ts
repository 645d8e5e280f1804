import AxeBuilder from "@axe-core/playwright";
import { type Page, expect, test } from "@playwright/test";
import { expectNoOverflow, tabToward } from "../support/shopper";
import { statePath } from "../support/states";

const BUYERS = ["Sample Electronics", "Sample Recycling", "Renewed & Co."];

const rows = (page: Page) => page.locator(".offer");
/** The buyers in the order of their rows. */
const order = (page: Page) => page.locator(".offer h3").evaluateAll((names) => names.map((name) => name.firstChild?.textContent));

async function openAll(page: Page): Promise<void> {
  for (const row of await rows(page).all()) await row.locator("summary").click();
  await expect(page.locator(".offer[open] .whole")).toHaveCount(BUYERS.length);
}

test("a row opens and closes by keyboard, and says how its price came about", async ({ page }) => {
  await page.goto(statePath("compared", "en"));
  await expect(page.locator(".whose")).toHaveText("爱回收: the same price as Sample Electronics, and holds longer");
  await tabToward(page, /^Sample Electronics/);
  const own = rows(page).first();
  await expect(own.getByText("Grade: excellent")).toBeHidden();
  await page.keyboard.press("Enter");
  await expect(own.getByText("Grade: excellent")).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(own.getByRole("link", { name: "Take this offer" })).toBeFocused();
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Space");
  await expect(own.getByText("Grade: excellent")).toBeHidden();
});

test("another order comes without a new page: open rows stay open, and the focus stays", async ({ page }) => {
  await page.goto(statePath("compared", "en"));
  await page.evaluate(() => Object.assign(window, { same: true }));
  await rows(page).first().locator("summary").click();
  await page.getByRole("link", { name: "Validity", exact: true }).click();
  await expect.poll(() => order(page)).toEqual([BUYERS[1], BUYERS[0], BUYERS[2]]);
  await expect(page.getByRole("link", { name: "Validity", exact: true })).toBeFocused();
  await expect(page.locator(".offer[open] h3")).toHaveText([/^Sample Electronics/]);
  expect(new URL(page.url()).searchParams.get("sort")).toBe("validity");
  expect(await page.evaluate(() => "same" in window)).toBe(true);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the links sort, and keep the rest of the address", async ({ page }) => {
    await page.goto(statePath("compared", "en", "dark"));
    const current = page.locator(".order [aria-current]");
    await expect(current).toHaveText("Price");
    expect(await order(page)).toEqual(BUYERS);
    await page.getByRole("link", { name: "Validity", exact: true }).click();
    await expect(current).toHaveText("Validity");
    expect(await order(page)).toEqual([BUYERS[1], BUYERS[0], BUYERS[2]]);
    await page.getByRole("link", { name: "Distance", exact: true }).click();
    await expect(current).toHaveText("Distance");
    expect(await order(page)).toEqual(BUYERS);
    const { searchParams, hash } = new URL(page.url());
    expect([searchParams.get("theme"), searchParams.get("product_price"), searchParams.get("sort"), hash]).toEqual(["dark", "799900", "near", "#offers"]);
    await rows(page).first().locator("summary").click();
    await expect(page.getByText("Grade: excellent")).toBeVisible();
  });
});

for (const [language, colorScheme] of [["zh-CN", "light"], ["en", "dark"]] as const) {
  test.describe(`in ${language} and ${colorScheme} colours`, () => {
    test.use({ colorScheme });

    test("open rows are accessible and fit, also with large letters", async ({ page, isMobile }) => {
      await page.goto(statePath("compared", language));
      await openAll(page);
      const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]).analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.target.join(" "))])).toEqual([]);
      for (const width of isMobile ? [320, 360] : [640, 1280]) {
        await page.setViewportSize({ width, height: 740 });
        await expectNoOverflow(page.locator("html"));
      }
      await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
      await expectNoOverflow(page.locator("html"));
    });
  });
}

test("on a phone, three closed rows take less than 450 px", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(statePath("compared", "en"));
  const box = await page.locator(".offers").boundingBox();
  expect(box?.height).toBeLessThan(450);
});
