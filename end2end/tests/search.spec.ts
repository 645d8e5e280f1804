import { type Page, expect, test } from "@playwright/test";
import { awake } from "../support/shopper";

const FORM = "/widget/demo?locale=en";

/** The keywords that are searched for from now on. */
function searches(page: Page): string[] {
  const all: string[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith("/api/fn/search")) all.push(new URLSearchParams(request.postData() ?? "").get("keyword") ?? "");
  });
  return all;
}

/** Composes a word as an input method does, letter by letter, with longer pauses than those after which a search begins. */
async function compose(page: Page, steps: string[], options: { endsBeforeInput: boolean }): Promise<void> {
  const field = page.locator("#keyword");
  await field.focus();
  await field.dispatchEvent("compositionstart");
  for (const text of steps) {
    await field.evaluate((element: HTMLInputElement, text) => {
      element.value = text;
      element.dispatchEvent(new CompositionEvent("compositionupdate", { data: text, bubbles: true }));
      element.dispatchEvent(new InputEvent("input", { data: text, bubbles: true, isComposing: true }));
    }, text);
    await page.clock.runFor(500);
  }
  // Chromium sends no input event after the end; Safari does.
  await field.dispatchEvent("compositionend");
  if (options.endsBeforeInput) await field.dispatchEvent("input");
  await page.clock.runFor(500);
}

for (const endsBeforeInput of [false, true]) {
  test(`a word composed by an input method is one search${endsBeforeInput ? ", also where it is typed after its end" : ""}`, async ({ page }) => {
    await page.clock.install();
    await page.goto(FORM);
    await awake(page);
    await page.clock.runFor(1_000);
    const all = searches(page);
    await compose(page, ["h", "hu", "hua", "huaw", "huawe", "huawei", "华为"], { endsBeforeInput });
    await expect(page.getByRole("status").filter({ hasText: "found" })).toBeVisible();
    expect(all).toEqual(["华为"]);
  });
}

test("a word that is composed while the scripts come is one search", async ({ page }) => {
  let release = () => {};
  const held = new Promise<void>((done) => (release = done));
  await page.route("**/*.wasm", async (route) => {
    await held;
    await route.continue();
  });
  const all = searches(page);
  await page.goto(FORM);
  const field = page.locator("#keyword");
  await field.dispatchEvent("compositionstart");
  await field.evaluate((element: HTMLInputElement) => (element.value = "hua"));
  release();
  await awake(page);
  await field.evaluate((element: HTMLInputElement) => (element.value = "华为"));
  await field.dispatchEvent("compositionend");
  await expect(page.getByRole("status").filter({ hasText: "found" })).toBeVisible();
  expect(all).toEqual(["华为"]);
});

test("one letter is not searched for, and the page says what to do", async ({ page }) => {
  await page.clock.install();
  await page.goto(FORM);
  await awake(page);
  await page.clock.runFor(1_000);
  const all = searches(page);
  const field = page.getByLabel("Search for the model");
  await field.fill("i");
  await page.clock.runFor(1_000);
  await expect(page.getByRole("status").filter({ hasText: "Type at least two letters" })).toBeVisible();
  await page.getByRole("button", { name: "Search", exact: true }).click();
  await page.clock.runFor(1_000);
  expect(all).toEqual([]);
  await field.fill("米");
  await page.clock.runFor(1_000);
  await expect(page.getByRole("button", { name: /(小米|Xiaomi)/ }).first()).toBeVisible();
  expect(all).toEqual(["米"]);
});

test("what the server said of a keyword goes with the next search", async ({ page }) => {
  await page.route("**/*.wasm", (route) => route.abort());
  await page.goto(FORM);
  await page.getByLabel("Search for the model").fill("i");
  await page.getByRole("button", { name: "Search", exact: true }).click();
  const hint = page.locator(".problem[data-field=keyword]");
  await expect(hint).toContainText("at least two letters");
  await page.unroute("**/*.wasm");
  await page.reload();
  await awake(page);
  await expect(hint).toContainText("at least two letters");
  await page.getByLabel("Search for the model").fill("iphone");
  await expect(page.getByRole("status").filter({ hasText: "found" })).toBeVisible();
  await expect(hint).toHaveText("");
  await expect(page.getByRole("alert")).toHaveCount(0);
});

test("a form that the server knows no models for asks once, and offers brands", async ({ page }) => {
  const all = searches(page);
  // Like the first page that a server draws after its start.
  await page.route(/\/widget\/demo/, async (route) => {
    if (!route.request().isNavigationRequest()) return route.continue();
    const response = await route.fetch();
    const body = (await response.text())
      .replace(/<ul class="brands">.*?<\/ul>/s, "")
      .replace(/<ul class="results">.*?<\/ul>/s, '<ul class="results"></ul>')
      .replace('id="model"', 'id="model" data-unasked');
    await route.fulfill({ response, body });
  });
  await page.goto(FORM);
  await awake(page);
  await expect(page.getByRole("status").filter({ hasText: "Popular models" })).toBeVisible();
  expect(all).toEqual([""]);
  await page.getByRole("button", { name: "Apple", exact: true }).click();
  await expect(page.getByRole("button", { name: /Apple iPhone/ }).first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Apple", exact: true })).toBeVisible();
  await expect.poll(() => all).toEqual(["", "Apple"]);
});

test("a model that the shop's page names is chosen", async ({ page }) => {
  await page.goto(`${FORM}&device_type=手机&brand=小米&model=小米+14`);
  await expect(page.locator(".chosen")).toContainText("14");
});
