import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { WORDS, list, send } from "../support/lists";
import { signIn } from "../support/operator";
import { expectNoOverflow } from "../support/shopper";

/** A mark that makes each try ask for its own devices: known devices would not be asked for again. */
const mark = (title: string) => `${title}${test.info().project.name}${test.info().retry}${test.info().repeatEachIndex}`;

for (const language of ["zh-CN", "en"] as const) {
  const words = WORDS[language];

  test.describe(`in ${language}`, () => {
    test.beforeEach(({ page }) => signIn(page, language));

    test("a list is understood, started, watched from its page and from elsewhere, and reported", async ({ page }) => {
      const file = list(mark(`清单${language}`));
      await page.getByRole("link", { name: words.lists }).click();
      await expect(page.getByRole("heading", { level: 1, name: words.lists })).toBeVisible();
      await expectNoOverflow(page.locator("html"));
      await send(page, language, file);
      await expect(page.getByRole("heading", { name: words.understood })).toBeVisible();
      await expect(page.locator(".figures dd")).toHaveText([/^5$/, /^1$/, /^0$/, /^3$/, /^0$/, /^3$/, /^\d+$/, /./]);
      await expect(page.getByText(words.bad)).toBeVisible();
      await expectNoOverflow(page.locator("html"));

      await page.getByRole("button", { name: words.start, exact: true }).click();
      await expect(page.getByRole("heading", { name: words.asking })).toBeVisible();
      // What screen readers announce, and whether the page is never reloaded.
      const heard = await page.evaluate(() => {
        const said: string[] = [];
        const told = document.querySelector("#said")!;
        new MutationObserver(() => said.push(told.textContent ?? "")).observe(told, { childList: true });
        Object.assign(window, { said });
        return said;
      });
      expect(heard).toEqual([]);
      await expect(page.locator("progress")).toHaveJSProperty("value", 2);
      const other = await page.context().newPage();
      await other.goto(`/batch?locale=${language}`);
      await other.getByRole("link", { name: file.name }).click();
      await expect(other.getByRole("heading", { name: words.done })).toBeVisible({ timeout: 20_000 });
      await other.close();
      await expect(page.getByRole("heading", { name: words.done })).toBeVisible();
      const said = await page.evaluate(() => (window as never as { said: string[] }).said);
      expect(said.length, said.join(" | ")).toBeLessThan(5);
      expect(said.at(-1)).toContain(words.done);

      await expect(page.locator(".rows tbody tr")).toHaveCount(5);
      await expect(page.getByRole("heading", { name: words.total })).toBeVisible();
      await expectNoOverflow(page.locator("html"));
      await page.getByRole("link", { name: words.price }).click();
      await expect(page.locator("#results").getByRole("columnheader", { name: words.price })).toHaveAttribute("aria-sort", "descending");
      const prices = (await page.locator(".amount").allTextContents()).filter((text) => text).map((text) => Number(text.replace(/[^\d.]/g, "")));
      expect(prices.length).toBeGreaterThan(2);
      expect(prices).toEqual(prices.toSorted((one, other) => other - one));
      await page.getByRole("combobox", { name: words.outcome }).selectOption(words.waits);
      await page.getByRole("button", { name: words.show }).click();
      await expect(page.locator(".rows tbody tr")).toHaveCount(1);
      await page.getByLabel(words.find).fill("nokia");
      await page.getByRole("button", { name: words.show }).click();
      await expect(page.getByText(words.none)).toBeVisible();

      const download = page.waitForEvent("download");
      await page.getByRole("link", { name: "JSON Lines" }).click();
      const report = await readFile(await (await download).path(), "utf8");
      expect(report.trim().split("\n").filter((line) => JSON.parse(line).outcome === "priced")).toHaveLength(4);
      expect((await download).suggestedFilename()).toBe(`${file.name.replace(".csv", "")}-report.jsonl`);

      await page.getByText(words.remove).click();
      await page.getByRole("button", { name: words.removeReally }).click();
      await expect(page.getByRole("link", { name: file.name })).toHaveCount(0);
    });

    test("a list is paused in the middle and goes on", async ({ page }) => {
      await send(page, language, list(mark(`暂停${language}`)));
      await page.getByRole("button", { name: words.start, exact: true }).click();
      await page.getByRole("button", { name: words.pause }).click();
      // It changes by itself when the calls under way have ended.
      await expect(page.getByRole("heading", { name: words.paused })).toBeVisible({ timeout: 20_000 });
      await page.getByRole("button", { name: words.resume }).click();
      await expect(page.getByRole("heading", { name: words.done })).toBeVisible({ timeout: 20_000 });
    });

    test("a list is watched where no events come through", async ({ page }) => {
      await page.route("**/events?*", (route) => route.fulfill({ status: 502 }));
      await send(page, language, list(mark(`断${language}`)));
      await page.getByRole("button", { name: words.start, exact: true }).click();
      await expect(page.getByRole("heading", { name: words.asking })).toBeVisible();
      await expect(page.getByRole("heading", { name: words.done })).toBeVisible({ timeout: 20_000 });
      await expect(page.locator(".stalled")).toBeEmpty();
    });

    test("a column that was not recognised is chosen", async ({ page }) => {
      await send(page, language, list(mark(`列${language}`), { storage: "多大" }));
      await expect(page.getByRole("alert")).toContainText(words.missing);
      await expect(page.getByRole("button", { name: words.start, exact: true })).toHaveCount(0);
      await page.getByRole("combobox", { name: words.storage }).selectOption("4");
      await page.getByRole("button", { name: words.readAgain }).click();
      await expect(page.getByRole("button", { name: words.start, exact: true })).toBeVisible();
      await expect(page.getByRole("cell", { name: "256GB" }).first()).toBeVisible();
    });

    test("a file is dropped anywhere in the form", async ({ page }) => {
      await page.goto(`/batch?locale=${language}`);
      const { name, mimeType, buffer } = list(mark(`拖${language}`));
      const dropped = await page.evaluateHandle(([name, type, text]) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([text!], name!, { type: type! }));
        return transfer;
      }, [name, mimeType, buffer.toString()]);
      const form = page.locator("form.upload");
      await form.dispatchEvent("dragover", { dataTransfer: dropped });
      await expect(form).toHaveClass(/over/);
      await form.dispatchEvent("drop", { dataTransfer: dropped });
      await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
    });

    test("a file that is too large is not even sent", async ({ page }) => {
      await page.goto(`/batch?locale=${language}`);
      await page.route("**/batch?*", (route) => route.abort());
      // Playwright cannot pass so large a file, so the size that the page reads is changed.
      await page.evaluate(() => Object.defineProperty(File.prototype, "size", { get: () => 33 * 1024 * 1024 }));
      await page.getByLabel(words.choose).setInputFiles({ ...list("大"), name: "large.csv" });
      await expect(page.getByRole("status").filter({ hasText: words.tooLarge })).toBeVisible();
    });

    test.describe("without JavaScript", () => {
      test.use({ javaScriptEnabled: false });

      test("a list is quoted all the same", async ({ page }) => {
        await send(page, language, list(mark(`无${language}`)), false);
        await page.getByRole("button", { name: words.start, exact: true }).click();
        await expect(async () => {
          await page.reload();
          await expect(page.getByRole("heading", { name: words.done })).toBeVisible({ timeout: 1 });
        }).toPass({ timeout: 25_000 });
        await expect(page.locator(".amount").filter({ hasText: "¥" })).toHaveCount(4);
      });
    });
  });
}
