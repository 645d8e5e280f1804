import AxeBuilder from "@axe-core/playwright";
import { type Page, expect, test } from "@playwright/test";
import { list, send } from "../support/lists";
import { signIn } from "../support/operator";
import { ask, awake, choosePhone, describeCondition, expectPrice, goTo } from "../support/shopper";

async function expectNoViolations(page: Page): Promise<void> {
  // A framed page has its own landmarks, which necessarily repeat those of the page around it.
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

    test.describe("on a device list", () => {
      test.beforeEach(({ page }) => signIn(page, "en"));

      /** Sends a list with a column that is not recognised. Its draft is shown. */
      async function draft(page: Page, of: string): Promise<void> {
        await send(page, "en", list(`耳${of}${colorScheme}${test.info().project.name}${test.info().retry}`, { storage: "多大" }));
      }
      /** Assigns that column to its field. */
      async function corrected(page: Page, of: string): Promise<void> {
        await draft(page, of);
        await page.getByRole("combobox", { name: "Storage" }).selectOption("4");
        await page.getByRole("button", { name: "Read again" }).click();
      }

      test("as it is sent", async ({ page }) => {
        await page.goto("/batch?locale=en");
        await expectNoViolations(page);
        await draft(page, "1");
        await expectNoViolations(page);
      });

      test("as it begins", async ({ page }) => {
        await corrected(page, "2");
        await expectNoViolations(page);
        await page.getByRole("button", { name: "Start", exact: true }).click();
        await expect(page.getByRole("heading", { name: "At work" })).toBeVisible();
        await expectNoViolations(page);
      });

      test("as it is done", async ({ page }) => {
        await corrected(page, "3");
        await page.getByRole("button", { name: "Start", exact: true }).click();
        await expect(page.getByRole("heading", { name: "Done" })).toBeVisible({ timeout: 20_000 });
        await expectNoViolations(page);
        await page.goto("/batch?locale=en");
        await expectNoViolations(page);
      });
    });

    test("on what a model is worth", async ({ page, request }) => {
      const form = { merchant: "demo", device_type: "手机", brand: "苹果", model: "iPhone 14", storage: "256GB", condition: "九成新", function_status: "正常" };
      expect((await request.post("/api/fn/quote", { form })).ok()).toBe(true);
      await expect(async () => expect((await page.goto("/value/手机/苹果/iPhone 14?locale=en"))?.status()).toBe(200)).toPass();
      await expectNoViolations(page);
      await page.goto("/value/手机/苹果/iPhone 3?locale=en");
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
