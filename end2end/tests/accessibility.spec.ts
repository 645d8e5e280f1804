import AxeBuilder from "@axe-core/playwright";
import { type Page, expect, test } from "@playwright/test";
import { signIn } from "../support/operator";
import { ask, awake, choosePhone, describeCondition, expectPrice, goTo } from "../support/shopper";

async function expectNoViolations(page: Page): Promise<void> {
  // A framed page has landmarks of its own, which cannot but double those around it.
  const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]).disableRules(["landmark-unique"]).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.target.join(" "))])).toEqual([]);
}

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`axe finds nothing in ${colorScheme} colours`, () => {
    test.use({ colorScheme });

    for (const path of ["/?locale=zh-CN", "/preview?locale=en", "/nowhere"]) {
      test(`on ${path}`, async ({ page }) => {
        await page.goto(path);
        if (path !== "/nowhere") await awake(page.frameLocator("trade-in-widget iframe") as never);
        await expectNoViolations(page);
      });
    }

    test("from the operator's sign-in to the page", async ({ page }) => {
      await signIn(page, "en", "not-the-token");
      await expectNoViolations(page);
      await signIn(page, "en");
      await expectNoViolations(page);
    });

    test("from the empty form to the price", async ({ page }) => {
      await page.goto("/widget/demo?locale=en&product_price=799900");
      await awake(page);
      await expectNoViolations(page);
      await page.locator("button.primary:visible").click();
      await expect(page.getByRole("alert")).toBeVisible();
      await expectNoViolations(page);
      await choosePhone(page, "en");
      await goTo(page, "en", "looks");
      await page.getByRole("radio", { name: /^Excellent/ }).check();
      await goTo(page, "en", "function");
      await page.getByRole("radio", { name: /^Something does not work/ }).check();
      await expectNoViolations(page);
      await describeCondition(page, "en");
      await ask(page, "en");
      await expectPrice(page, "en");
      await expectNoViolations(page);
    });
  });
}
