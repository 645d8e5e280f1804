import { type Page, expect, test } from "@playwright/test";
import {
  STEPS, ask, awake, choosePhone, describeCondition, enterByHand, expectNoOverflow, expectPrice, goTo, tabToward,
} from "../support/shopper";

const FORM = "/widget/demo?locale=en&product_price=799900";

/** Expects the answers of `answerAll` in the form, whichever screen is shown. */
async function expectKept(page: Page): Promise<void> {
  await expect(page.locator(".chosen")).toContainText("iPhone 14 Pro");
  for (const answer of ["256GB", "九成新", "faulty", "battery"]) {
    await expect(page.locator(`#tradein-form [value="${answer}"]:checked`)).toHaveCount(1);
  }
  await expect(page).toHaveURL(/product_price=799900/);
}

async function answerAll(page: Page): Promise<void> {
  await choosePhone(page, "en");
  await goTo(page, "en", "looks");
  await page.getByRole("radio", { name: /^Excellent/ }).check();
  await goTo(page, "en", "function");
  await page.getByRole("radio", { name: /^Something does not work/ }).check();
  await page.getByRole("checkbox", { name: /^Battery health/ }).check();
}

test.describe("a narrow page", () => {
  test.skip(({ isMobile }) => !isMobile, "a wide one asks everything at once");

  test("asks one thing at a time, and tells how far one is", async ({ page }) => {
    await page.goto(FORM);
    await awake(page);
    await expect(page.locator(".step:visible")).toHaveCount(1);
    await expect(page.getByText("Step 1 of 5")).toBeVisible();
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(page.getByRole("alert")).toContainText("Choose the kind of device");
    await choosePhone(page, "en");
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(page.getByText("Step 2 of 5")).toBeVisible();
    await expect(page.locator(".step-looks .step-head")).toBeFocused();
    await expect(page.getByRole("alert")).toHaveCount(0);
    await page.getByRole("button", { name: "Back" }).click();
    await expect(page.locator(".chosen")).toBeVisible();
  });

  test("keeps all over the browser's Back and a reload at every step", async ({ page }) => {
    await page.goto(FORM);
    await awake(page);
    await answerAll(page);
    await goTo(page, "en", "review");
    const answer = (question: string) => page.locator(".answers:visible div", { hasText: question }).locator("dd").first();
    await expect(answer("Looks")).toHaveText("Excellent");
    await expect(answer("Functions")).toHaveText("Battery health below 80 %, or swollen");
    await expect(page.getByText("Memory", { exact: true }).filter({ visible: true })).toHaveCount(0);
    for (const step of [...STEPS].reverse().slice(1)) {
      await page.goBack();
      await expect(page.locator("#tradein-form")).toHaveAttribute("data-step", step);
      await expectKept(page);
      await expect(page).toHaveURL(/faults/);
      await page.reload();
      await expectKept(page);
      await awake(page);
    }
    await page.goForward();
    await expect(page.locator("#tradein-form")).toHaveAttribute("data-step", "looks");
    await expectKept(page);
  });

  test("of 320 pixels is gone through by touch alone", async ({ page }) => {
    await page.setViewportSize({ width: 320, height: 640 });
    await page.goto(FORM);
    await awake(page);
    const tap = async (name: RegExp) => page.locator("label:visible, button:visible").filter({ hasText: name }).first().tap();
    await tap(/^Phone$/);
    await tap(/^Apple$/);
    // Until the brand's models are shown, the list is about to be replaced, and a tap would be lost.
    await expect(page.getByRole("status").filter({ hasText: "found" })).toBeVisible();
    await page.locator(".result:visible").filter({ hasText: /iPhone/ }).first().tap();
    await page.locator("#storage label").first().tap();
    await tap(/^Continue$/);
    await tap(/^Excellent/);
    await tap(/^Continue$/);
    await tap(/^Everything works/);
    await tap(/^Continue$/);
    await tap(/^Continue$/);
    await expectNoOverflow(page.locator("html"));
    await tap(/^See the price$/);
    await expectPrice(page, "en");
    await expectNoOverflow(page.locator("html"));
  });
});

test("a narrow frame on a desk is gone through with nothing but a keyboard", async ({ page, isMobile }) => {
  test.skip(isMobile, "phones have none");
  await page.setViewportSize({ width: 400, height: 800 });
  await page.goto(FORM);
  await awake(page);
  const press = async (name: RegExp, key: string) => {
    await tabToward(page, name);
    await page.keyboard.press(key);
  };
  await press(/^Phone/, "Space");
  await tabToward(page, /keyword/);
  await page.keyboard.type("iphone 14 pro");
  await expect(page.getByRole("status").filter({ hasText: "found" })).toBeVisible();
  await press(/Apple iPhone 14 Pro$/, "Enter");
  await expect(page.locator(".chosen")).toBeFocused();
  await press(/^128GB/, "Space");
  await press(/^Continue/, "Enter");
  await expect(page.locator(".step-looks .step-head")).toBeFocused();
  await press(/^New/, "ArrowDown");
  await press(/^Continue/, "Enter");
  await expect(page.locator(".step-function .step-head")).toBeFocused();
  await press(/^Everything works/, "Space");
  await press(/^Continue/, "Enter");
  await expect(page.locator(".step-history .step-head")).toBeFocused();
  await press(/^Continue/, "Enter");
  await expect(page.locator(".step-review .step-head")).toBeFocused();
  await press(/^See the price/, "Enter");
  await expectPrice(page, "en");
});

test("a price and the way back keep every answer", async ({ page }) => {
  await page.goto(FORM);
  await awake(page);
  await answerAll(page);
  // A cleared answer does not come back.
  await page.getByRole("checkbox", { name: /wet inside/ }).check();
  await page.getByRole("checkbox", { name: /wet inside/ }).uncheck();
  await ask(page, "en");
  await expectPrice(page, "en");
  await page.goBack();
  await expectKept(page);
  await expect(page.locator('[value="water"]')).not.toBeChecked();
});

test("a frame that was closed opens with the answers, until one starts over", async ({ page, context }) => {
  await page.goto(FORM);
  await awake(page);
  await answerAll(page);
  await expect(page).toHaveURL(/battery/);
  await page.close();
  const again = await context.newPage();
  await again.goto(FORM);
  await expectKept(again);
  await awake(again);
  await goTo(again, "en", "review");
  await again.goto(`${FORM}&fresh=1`);
  await expect(again.locator("#tradein-form :checked:not([value=''])")).toHaveCount(0);
  await again.goto(FORM);
  await awake(again);
  await expect(again.locator("#tradein-form :checked:not([value=''])")).toHaveCount(0);
});

test("another device forgets the one before, also after a reload", async ({ page }) => {
  await page.goto(FORM);
  await awake(page);
  await answerAll(page);
  await expect(page).toHaveURL(/battery/);
  await page.reload();
  await awake(page);
  await goTo(page, "en", "device");
  await page.getByRole("button", { name: "Change", exact: true }).click();
  await expect(page).not.toHaveURL(/iPhone/);
  await page.reload();
  await goTo(page, "en", "device");
  await expect(page.locator(".chosen")).toHaveCount(0);
  await expect(page.getByLabel("Search for the model")).toBeVisible();
});

test("Enter on an answer drops none", async ({ page }) => {
  await page.goto(FORM);
  await awake(page);
  await answerAll(page);
  await page.getByRole("checkbox", { name: /^Battery health/ }).press("Enter");
  await expectKept(page);
});

test("answers that a host filled in a part of come back as well", async ({ page, context }) => {
  await page.goto(FORM);
  await awake(page);
  await answerAll(page);
  await expect(page).toHaveURL(/battery/);
  await page.close();
  const again = await context.newPage();
  await again.goto(`${FORM}&device_type=手机&brand=苹果&model=iPhone+14+Pro`);
  await expectKept(again);
  await again.goto(`${FORM}&device_type=手机&brand=苹果&model=iPhone+13`);
  await expect(again.locator(".chosen")).toContainText("iPhone 13");
});

test("where the wasm does not come, the plain form goes all the way", async ({ page }) => {
  await page.route("**/*.wasm", (route) => route.abort());
  await page.goto(FORM);
  await choosePhone(page, "en");
  await describeCondition(page, "en");
  await ask(page, "en");
  await expectPrice(page, "en");
});

test("an unknown model brings the nearest ones", async ({ page }) => {
  await page.goto(FORM);
  await awake(page);
  await enterByHand(page, "en", "iPhone 14 Pro Mini");
  await describeCondition(page, "en");
  await ask(page, "en");
  await expect(page.getByRole("alert")).toContainText("This device was not found");
  await expect(page.getByRole("status").filter({ hasText: "Nothing has exactly this name" })).toBeVisible();
  await page.getByRole("button", { name: /Apple iPhone 14 Pro$/ }).click();
  await page.getByRole("radio", { name: "256GB" }).check();
  await ask(page, "en");
  await expectPrice(page, "en");
});

test("a slow answer is waited for in the layout of the price, and told of", async ({ page }) => {
  let release = () => {};
  const held = new Promise<void>((done) => (release = done));
  await page.route("**/api/fn/quote", async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(FORM);
  await awake(page);
  await choosePhone(page, "en");
  await describeCondition(page, "en");
  await ask(page, "en");
  await expect(page.getByText("Asking for the price…")).toBeFocused();
  await expect(page.locator(".waiting .verdict")).toBeVisible();
  await expect(page.getByRole("button")).toHaveCount(0);
  await expect(page.getByText("This takes longer than usual")).toBeVisible();
  release();
  await expectPrice(page, "en");
});

test("spelling is forgiven while one types", async ({ page }) => {
  await page.goto(FORM);
  await awake(page);
  for (const typed of ["iphnoe14pro", "ＩＰＨＯＮＥ 14 pro", "苹果14pro"]) {
    await page.getByLabel("Search for the model").fill(typed);
    await expect(page.getByRole("button", { name: /Apple iPhone 14 Pro$/ })).toBeVisible();
    await page.getByLabel("Search for the model").fill("");
    await expect(page.getByRole("status").filter({ hasText: "Popular models" })).toBeVisible();
  }
});

test("text of twice the size fits, and colours of the reader's own show what is chosen", async ({ page }) => {
  await page.emulateMedia({ forcedColors: "active" });
  await page.goto(FORM);
  await awake(page);
  await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
  await choosePhone(page, "en");
  await expectNoOverflow(page.locator("html"));
  await expect(page.locator(".choice").filter({ has: page.locator(":checked") }).first()).toHaveCSS("outline-style", "solid");
  await describeCondition(page, "en");
  await ask(page, "en");
  await expectPrice(page, "en");
  await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
  await expectNoOverflow(page.locator("html"));
});
