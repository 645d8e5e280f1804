import AxeBuilder from "@axe-core/playwright";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { file, prices, test } from "../support/dealer";
import { signIn } from "../support/operator";
import { expectNoOverflow } from "../support/shopper";

const WORDS = {
  "zh-CN": {
    title: "价格表", choose: "上传另一份", upload: "检查并使用", inUse: "这份价格表已开始使用", refused: "未采用：wrong.csv", sheet: "单元格",
    back: "换回前一份", gone: "已换回前一份价格表", waits: "将从 2999-01-01 起自动使用", withdraw: "不使用它", withdrawn: "等待生效的价格表不再使用",
    kind: "请另存为 .csv 再上传",
  },
  en: {
    title: "Price lists", choose: "Another list", upload: "Check and use", inUse: "The list is in use", refused: "Refused: wrong.csv", sheet: "Cell",
    back: "Go back to the former list", gone: "The former list is in use again", waits: "is used from 2999-01-01 on", withdraw: "Do not use it",
    withdrawn: "The list that waited is not used", kind: "save the list as .csv",
  },
} as const;

/** Looks at the page as axe does, and at its width. */
async function expectFit(page: Page): Promise<void> {
  await expectNoOverflow(page.locator("html"));
  const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.target.join(" "))])).toEqual([]);
}

for (const language of ["zh-CN", "en"] as const) {
  const words = WORDS[language];

  async function upload(page: Page, list: ReturnType<typeof file>): Promise<void> {
    await page.getByLabel(words.choose).setInputFiles(list);
    await page.getByRole("button", { name: words.upload }).click();
  }

  /** From `/ops` to a list in use, a wrong one, the way back, and one of a later day. */
  async function manage(page: Page, folder: string, look: () => Promise<void>): Promise<void> {
    const kept = () => readFileSync(join(folder, "prices.csv"), "utf8");
    await page.getByRole("link", { name: words.title }).click();
    await expect(page.getByRole("heading", { level: 1, name: words.title })).toBeVisible();
    await look();
    await upload(page, file("december.csv", prices("2500")));
    await expect(page.getByRole("status")).toContainText(words.inUse);
    await expect(page.getByRole("row").filter({ hasText: "iPhone 14 Pro" })).toContainText("¥2,500");
    expect(kept()).toBe(prices("2500"));
    await look();

    await upload(page, file("wrong.csv", prices("much")));
    await expect(page.getByRole("alert")).toContainText(words.refused);
    await expect(page.getByRole("row").filter({ hasText: "E2" })).toContainText("much");
    await expect(page.getByRole("row").filter({ hasText: "iPhone 14 Pro" })).toContainText("¥2,500");
    await look();
    await upload(page, { ...file("list.xlsx", prices("1")) });
    await expect(page.getByRole("alert")).toContainText(words.kind);
    expect(kept()).toBe(prices("2500"));

    await page.getByRole("button", { name: words.back }).click();
    await expect(page.getByRole("status")).toContainText(words.gone);
    await expect(page.getByRole("row").filter({ hasText: "iPhone 14 Pro" })).toContainText("¥3,000");
    expect(kept()).toBe(prices("3000"));
    expect(existsSync(join(folder, "prices.former.csv"))).toBe(true);

    await upload(page, file("later.csv", prices("2000", "2999-01-01")));
    await expect(page.getByRole("heading", { name: words.waits })).toBeVisible();
    await look();
    await page.getByRole("button", { name: words.withdraw }).click();
    await expect(page.getByRole("status")).toContainText(words.withdrawn);
    expect(kept()).toBe(prices("3000"));
  }

  test.describe(`in ${language}`, () => {
    for (const colorScheme of ["light", "dark"] as const) {
      test.describe(`in ${colorScheme} colours`, () => {
        test.use({ colorScheme });

        test("an operator uploads a list, reads what is wrong with another, and goes back", async ({ page, dealer }) => {
          await signIn(page, language);
          await manage(page, dealer.folder, () => expectFit(page));
        });
      });
    }

    test.describe("without JavaScript", () => {
      test.use({ javaScriptEnabled: false });

      test("an operator does the same", async ({ page, dealer }) => {
        await signIn(page, language);
        await manage(page, dealer.folder, () => expectNoOverflow(page.locator("html")));
      });
    });
  });
}
