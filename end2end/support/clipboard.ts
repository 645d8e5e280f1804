import type { Page } from "@playwright/test";

/** The copied text, read by pasting it: our pages may not read the clipboard. */
export async function pasted(page: Page): Promise<string> {
  await page.evaluate(() => document.body.append(Object.assign(document.createElement("textarea"), { id: "pasted" })));
  const field = page.locator("#pasted");
  await field.focus();
  await page.keyboard.press("ControlOrMeta+V");
  const text = await field.inputValue();
  await field.evaluate((element) => element.remove());
  return text;
}
