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

for (const [language, words] of Object.entries({ "zh-CN": { best: /各家最近报价中的最高价：.*aihuishou、second/, buyer: "回收商", table: "表格" }, en: { best: /the highest of their last prices: .*aihuishou, second/, buyer: "Buyer", table: "As a table" } })) {
  test(`each buyer has a line, a key and rows of its own in ${language}`, async ({ page, request }) => {
    const device = { ...PHONE, merchant: "compare", model: "iPhone 14 Pro", condition: "九成新" };
    expect((await request.post("/api/fn/quote", { form: device })).ok()).toBe(true);
    const key = (name: string) => page.locator("#days li").filter({ hasText: new RegExp(`^\\s*${name} ¥[\\d,]+$`) });
    await expect(async () => {
      await page.goto(`/value/手机/苹果/iPhone 14 Pro?locale=${language}&theme=dark&storage=256GB&condition=九成新`);
      await expect(key("second")).toBeVisible({ timeout: 500 });
    }).toPass();
    await expect(key("aihuishou")).toBeVisible();
    await expect(page.locator(".lead")).toContainText(words.best);
    await expectNoOverflow(page.locator("html"));
    // Without colours, dashes and marks tell the lines apart.
    const line = (name: string) => key(name).locator("polyline");
    await expect(line("aihuishou")).not.toHaveAttribute("stroke-dasharray");
    await expect(line("second")).toHaveAttribute("stroke-dasharray");
    await expect(key("aihuishou").locator("circle")).toHaveCount(1);
    await expect(key("second").locator("path")).toHaveCount(1);
    await page.getByText(words.table, { exact: true }).click();
    await expect(page.getByRole("columnheader", { name: words.buyer })).toBeVisible();
    await expect(page.getByRole("row").filter({ hasText: "second" }).first()).toContainText("¥");
    const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]).analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
  });
}
