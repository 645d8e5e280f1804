import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { expectNoOverflow } from "../support/shopper";

const WORDS = {
  "zh-CN": { title: "二手苹果 iPhone 13值多少钱", good: "八成新", days: "最近 30 天", table: "表格", estimate: "我的能抵多少", unknown: "这里还没有这一机型的报价" },
  en: { title: "What a used Apple iPhone 13 is worth", good: "Good", days: "The last 30 days", table: "As a table", estimate: "What is mine worth?", unknown: "No price of this model is known here" },
} as const;

const PHONE = { merchant: "demo", device_type: "手机", brand: "苹果", model: "iPhone 13", storage: "256GB", function_status: "正常" };

for (const language of ["zh-CN", "en"] as const) {
  const words = WORDS[language];

  test(`what a model is worth is read in ${language}, and leads to one's own estimate`, async ({ page, request }) => {
    for (const [storage, condition] of [["128GB", "九成新"], ["256GB", "九成新"], ["256GB", "八成新"]]) {
      expect((await request.post("/api/fn/quote", { form: { ...PHONE, storage: storage!, condition: condition! } })).ok()).toBe(true);
    }
    // The price is recorded a moment after the answer.
    await expect(async () => {
      await page.goto(`/value/手机/苹果/iPhone 13?locale=${language}&storage=256GB`);
      await expect(page.getByRole("rowheader", { name: new RegExp(`^${words.good}`) })).toBeVisible({ timeout: 500 });
    }).toPass();
    await expect(page.getByRole("heading", { level: 1, name: words.title })).toBeVisible();
    await expect(page.locator(".price").first()).toHaveText(/^¥[\d,]+ \S+ ¥[\d,]+$/);
    await expectNoOverflow(page.locator("html"));
    await page.getByRole("link", { name: words.good, exact: true }).click();
    await expect(page.getByRole("link", { name: words.good, exact: true })).toHaveAttribute("aria-current", "true");
    await page.getByText(words.table).click();
    await expect(page.locator("#days tbody tr").first()).toContainText("¥");
    await page.getByRole("link", { name: words.estimate }).click();
    await expect(page).toHaveURL(/\/widget\/demo\?.*model=iPhone\+13/);
    await expect(page.getByText("iPhone 13").filter({ visible: true }).first()).toBeVisible();
  });

  test(`a model that is not known leads on, and its name is not repeated in ${language}`, async ({ page }) => {
    const answer = await page.goto(`/value/手机/苹果/iPhone 3?locale=${language}`);
    expect(answer?.status()).toBe(404);
    await expect(page.getByRole("heading", { name: words.unknown })).toBeVisible();
    // Anyone can write such an address, so its text is not shown.
    await expect(page.locator("main")).not.toContainText("iPhone 3");
    await expectNoOverflow(page.locator("html"));
  });
}

const BUYERS = {
  "zh-CN": { first: "爱回收（沙盒）", second: "第二家（沙盒）", best: "取各家最近报价中的最高价", buyer: "回收商" },
  en: { first: "AiHuiShou (sandbox)", second: "Second buyer (sandbox)", best: "the highest of their last prices", buyer: "Buyer" },
} as const;

for (const language of ["zh-CN", "en"] as const) {
  const words = BUYERS[language];

  for (const theme of ["light", "dark"] as const) {
    test(`each buyer has a line, a key and rows of its own in ${language}, ${theme}`, async ({ page, request }) => {
      const form = { ...PHONE, merchant: "compare", model: "iPhone 14 Pro", condition: "九成新" };
      expect((await request.post("/api/fn/quote", { form })).ok()).toBe(true);
      const key = (buyer: string) => page.locator("#days li").filter({ hasText: `${buyer} ¥` });
      await expect(async () => {
        await page.goto(`/value/手机/苹果/iPhone 14 Pro?locale=${language}&theme=${theme}&storage=256GB&condition=九成新`);
        await expect(key(words.second)).toBeVisible({ timeout: 500 });
      }).toPass();
      await expect(key(words.first)).toBeVisible();
      await expect(page.locator(".lead")).toContainText(words.best);
      await expectNoOverflow(page.locator("html"));
      // Dashes and marks tell the lines apart without colours.
      await expect(key(words.first).locator("polyline")).not.toHaveAttribute("stroke-dasharray");
      await expect(key(words.second).locator("polyline")).toHaveAttribute("stroke-dasharray");
      await expect(key(words.first).locator("circle")).toHaveCount(1);
      await expect(key(words.second).locator("path")).toHaveCount(1);
      await page.getByText(WORDS[language].table, { exact: true }).click();
      await expect(page.getByRole("columnheader", { name: words.buyer })).toBeVisible();
      await expect(page.locator("#days tbody tr").filter({ hasText: words.second }).first()).toContainText("¥");
      const tags = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"];
      const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
      expect(violations.map(({ id }) => id)).toEqual([]);
    });
  }
}
