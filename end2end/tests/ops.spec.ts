import { expect, test } from "@playwright/test";
import { WORDS, signIn } from "../support/operator";
import { expectNoOverflow } from "../support/shopper";

const PHONE = {
  merchant: "demo", device_type: "手机", brand: "苹果", model: "iPhone 14 Pro", storage: "256GB", condition: "九成新",
};

for (const language of ["zh-CN", "en"] as const) {
  const words = WORDS[language];

  test.describe(`in ${language}`, () => {
    test("an operator signs in, sees new calls without asking, and signs out", async ({ page, request }) => {
      await signIn(page, language, "not-the-token");
      await expect(page.getByRole("alert")).toContainText(words.wrong);
      await signIn(page, language);
      expect(page.url()).not.toContain("token");
      await expectNoOverflow(page.locator("html"));

      const status = `按键${language}${test.info().project.name}`;
      const quoted = await request.post("/api/fn/quote", { form: { ...PHONE, function_status: status } });
      expect(quoted.ok()).toBe(true);
      const figure = page.locator(".figure");
      const before = await figure.textContent();
      const again = await request.post("/api/fn/quote", { form: { ...PHONE, function_status: `${status}2` } });
      expect(again.ok()).toBe(true);
      await expect(figure).not.toHaveText(before ?? "", { timeout: 15_000 });

      await page.getByRole("button", { name: words.signOut }).click();
      await expect(page.getByLabel(words.token)).toBeVisible();
      await page.goBack();
      await expect(page.getByLabel(words.token)).toBeVisible();
    });

    test("numbers that cannot be refreshed are said to be old", async ({ page }) => {
      await signIn(page, language);
      await page.route("**/ops?*", (route) => route.abort());
      await expect(page.locator(".stalled")).toContainText(words.stalled, { timeout: 15_000 });
      await page.unroute("**/ops?*");
      await expect(page.locator(".stalled")).toBeEmpty({ timeout: 15_000 });
    });

    test.describe("without JavaScript", () => {
      test.use({ javaScriptEnabled: false });

      test("an operator sees the same", async ({ page }) => {
        await signIn(page, language);
        await expect(page.getByRole("heading", { name: words.quota })).toBeVisible();
      });
    });
  });
}
