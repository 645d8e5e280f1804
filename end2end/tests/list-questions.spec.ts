import AxeBuilder from "@axe-core/playwright";
import { readFile } from "node:fs/promises";
import { expect, test, type Page } from "@playwright/test";
import { WORDS, askingList, send } from "../support/lists";
import { signIn } from "../support/operator";
import { fillIn } from "../support/report";
import { expectNoOverflow } from "../support/shopper";

/** A mark that makes each try a company of its own, whose grades are not known yet, also where a server is used again. */
const mark = (title: string) => `${title}${test.info().project.name}${Date.now().toString(36)}`;

for (const language of ["zh-CN", "en"] as const) {
  const words = WORDS[language];

  /** The questions' way, from the file to the list. */
  async function answer(page: Page, file: ReturnType<typeof askingList>, scripts: boolean): Promise<void> {
    await send(page, language, file, scripts);
    await expect(page.getByRole("heading", { name: words.questions(3) })).toBeVisible();
    await expectNoOverflow(page.locator("html"));
    await expect(page.getByText("手机 · 苹果 iPhone 13 128G · A级 · 市场部").first()).toBeVisible();
    await page.getByLabel(words.own("A级")).selectOption("九成新");
    const own = page.getByLabel(words.ownWords).first();
    await own.fill("看着还行");
    await page.getByRole("button", { name: words.use }).first().click();

    // What cannot be used is told beside it, and nothing that was typed is lost.
    await expect(page.getByRole("heading", { name: words.questions(2) })).toBeVisible();
    await expect(page.getByRole("alert")).toContainText(words.wrong);
    await expect(page.getByText(words.noAnswer)).toBeVisible();
    await expect(own).toHaveValue("看着还行");
    await expect(own).toHaveAttribute("aria-invalid", "true");
    await page.getByRole("button", { name: words.start, exact: true }).click();
    await expect(page.getByRole("heading", { name: words.questions(2) }), "it is not started").toBeVisible();
    await own.fill("");
    await page.getByLabel(words.works("市场部")).selectOption("正常");
    await page.getByRole("button", { name: words.use }).first().click();
    await expect(page.getByRole("heading", { name: words.questions(1) })).toBeVisible();
    await page.getByText(words.answered(2)).click();
    await expect(page.getByLabel(words.own("A级"))).toHaveValue("九成新");
    await expect(page.getByLabel(words.works("市场部"))).toHaveValue("正常");
  }

  test.describe(`in ${language}`, () => {
    test.beforeEach(({ page }) => signIn(page, language));

    test("questions are answered once, the rest is quoted, and the report asks what is open", async ({ page }) => {
      const file = askingList(mark(`问${language}`));
      await answer(page, file, true);
      const axe = await new AxeBuilder({ page }).analyze();
      expect(axe.violations).toEqual([]);
      await expect(page.getByRole("row").filter({ hasText: "iPhone 12" })).toContainText("85新");
      await expect(page.locator(".facts").first()).toContainText(words.guessed);
      await page.getByText(words.notQuoted(2)).click();
      await expect(page.getByRole("cell", { name: "打印机 · 惠普 M404" })).toBeVisible();

      await page.getByRole("button", { name: words.start, exact: true }).click();
      await expect(page.getByRole("heading", { name: words.done })).toBeVisible({ timeout: 20_000 });
      await expect(page.locator(".amount").filter({ hasText: "¥" })).toHaveCount(3);
      const download = page.waitForEvent("download");
      await page.getByRole("link", { name: /Excel|xlsx/i }).first().click();
      const report = await readFile(await (await download).path());
      expect(report.subarray(0, 2).toString()).toBe("PK");

      // The company's next list: its grade is known, shown as a guess, and can be changed.
      await send(page, language, { ...file, name: `2${file.name}`, buffer: Buffer.concat([file.buffer, Buffer.from("\n")]) });
      await expect(page.getByRole("heading", { name: words.questions(2) })).toBeVisible();
      await expect(page.getByText(words.lastTime)).toBeVisible();
      await page.getByLabel(words.own("A级")).selectOption("八成新");
      await page.getByRole("button", { name: words.use }).last().click();
      await page.getByText(words.answered(1)).click();
      await expect(page.getByLabel(words.own("A级"))).toHaveValue("八成新");
      await expect(page.getByText(words.lastTime)).toHaveCount(0);
    });

    test("the questions of a report are filled in and handed in on the page of the list", async ({ page }) => {
      const title = mark(`报${language}`);
      const asking = askingList(title);
      const plain = `\n手机,苹果 iPhone 14 Pro 128G,九成新,划痕${title}9处乙`;
      const file = { ...asking, buffer: Buffer.concat([asking.buffer, Buffer.from(plain)]) };
      await send(page, language, file);
      await page.getByRole("button", { name: words.start, exact: true }).click();
      await expect(page.getByRole("heading", { name: words.done })).toBeVisible({ timeout: 20_000 });
      await expect(page.locator("#results td").filter({ hasText: words.waits })).toHaveCount(4);
      await page.locator("#results").getByRole("link", { name: words.own("A级") }).first().click();
      await expect(page.locator("#questions li:target")).toContainText(words.own("A级"));
      const download = page.waitForEvent("download");
      await page.getByRole("link", { name: /Excel/ }).click();
      const report = await readFile(await (await download).path());
      const answers = { A级: words.excellent, 市场部: words.allWorks, "85新": words.leaveOut };
      const filledIn = await fillIn(report, answers);

      // The way that the list's page offers.
      await page.locator("#questions").getByRole("link", { name: words.answerOpen }).click();
      await expect(page.getByRole("heading", { name: words.questions(3) })).toBeVisible();
      await page.getByText(words.handIn).click();
      const handIn = page.locator(".hand-in");
      await handIn.getByLabel(words.handInFile).setInputFiles({ ...file, name: "report.xlsx", mimeType: "", buffer: report });
      await handIn.getByRole("button", { name: words.use }).click();
      await expect(page.getByRole("alert"), "nothing is filled in").toContainText("report.xlsx");
      await expectNoOverflow(page.locator("html"));
      await handIn.getByLabel(words.handInFile).setInputFiles({ ...file, name: "report.xlsx", mimeType: "", buffer: filledIn });
      await handIn.getByRole("button", { name: words.use }).click();
      await page.getByText(words.answered(3)).click();
      await expect(page.getByLabel(words.own("A级"))).toHaveValue("九成新");
      await expect(page.getByLabel(words.works("市场部"))).toHaveValue("正常");
      await expect(page.getByLabel(/85新/)).toHaveValue(words.leaveOut);
      await page.getByRole("button", { name: words.start, exact: true }).click();
      await expect(page.getByRole("heading", { name: words.done })).toBeVisible({ timeout: 20_000 });
      await expect(page.locator(".amount").filter({ hasText: "¥" })).toHaveCount(4);
      await expect(page.locator("#results td").filter({ hasText: words.waits })).toHaveCount(0);
    });

    test("an answer is chosen with the keyboard", async ({ page }) => {
      await send(page, language, askingList(mark(`选${language}`)));
      const grade = page.getByLabel(words.own("A级"));
      await grade.focus();
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("ArrowDown");
      await expect(grade).toHaveValue("九五新");
      await page.keyboard.press("Tab");
      await expect(page.getByLabel(words.works("市场部"))).toBeFocused();
      await page.getByRole("button", { name: words.use }).first().focus();
      await page.keyboard.press("Enter");
      await expect(page.getByRole("heading", { name: words.questions(2) })).toBeVisible();
    });

    test.describe("without JavaScript", () => {
      test.use({ javaScriptEnabled: false });

      test("questions are answered all the same", async ({ page }) => {
        await answer(page, askingList(mark(`静${language}`)), false);
        await page.getByLabel(/85新/).selectOption(words.leaveOut);
        await page.getByRole("button", { name: words.start, exact: true }).click();
        await expect(async () => {
          await page.reload();
          await expect(page.getByRole("heading", { name: words.done })).toBeVisible({ timeout: 1 });
        }).toPass({ timeout: 25_000 });
        await expect(page.locator(".amount").filter({ hasText: "¥" })).toHaveCount(3);
      });
    });
  });
}
