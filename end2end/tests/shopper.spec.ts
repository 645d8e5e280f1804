import { expect, test } from "@playwright/test";
import { pasted } from "../support/clipboard";
import {
  type Language, WORDS, ask, awake, choosePhone, describeCondition, enterByHand, expectNoOverflow, expectPrice, goTo,
  tabToward,
} from "../support/shopper";

const LANGUAGES: Language[] = ["zh-CN", "en"];

for (const language of LANGUAGES) {
  const words = WORDS[language];

  test.describe(`in ${language}`, () => {
    test("a shopper gets a price in the frame of a shop's page", async ({ page }) => {
      await page.goto(`/preview?locale=${language}`);
      await page.evaluate(() => {
        document.addEventListener("tradein:quote", (event) => (document.title = (event as CustomEvent).detail.id));
      });
      const frame = page.frameLocator("trade-in-widget iframe");
      await awake(frame);
      await choosePhone(frame, language);
      await describeCondition(frame, language);
      await ask(frame, language);
      await expectPrice(frame, language);
      // The shop's page gets the quote, and the new phone's price is shown.
      await expect(page).toHaveTitle(/^[0-9A-Za-z]{22}$/);
      await expect(frame.getByText("¥7,999")).toBeVisible();
      await expectNoOverflow(page.locator("html"));
      await expectNoOverflow(frame.locator("html"));
    });

    test("a mistake is told at its field, and mended in place", async ({ page }) => {
      await page.goto(`/widget/demo?locale=${language}`);
      await awake(page);
      await choosePhone(page, language);
      await goTo(page, language, "looks");
      await page.locator("button.primary:visible").click();
      const summary = page.getByRole("alert");
      await expect(summary).toContainText(words.check);
      await expect(summary).toBeFocused();
      await expect(page.locator("#condition-problem")).not.toBeEmpty();
      await describeCondition(page, language);
      await ask(page, language);
      await expectPrice(page, language);
    });

    for (const [model, told] of [["SANDBOX-UNKNOWN", words.unknown], ["SANDBOX-DOWN", words.down]] as const) {
      test(`${model} is told, and what was typed stays`, async ({ page }) => {
        await page.goto(`/widget/demo?locale=${language}`);
        await awake(page);
        await enterByHand(page, language, model);
        await describeCondition(page, language);
        await ask(page, language);
        await expect(page.getByRole("alert")).toContainText(told);
        await goTo(page, language, "device");
        await expect(page.getByRole("textbox", { name: words.model, exact: true })).toHaveValue(model);
        await goTo(page, language, "looks");
        await expect(page.getByRole("radio", { name: new RegExp(`^${words.excellent}`) })).toBeChecked();
      });
    }

    test.describe("without JavaScript", () => {
      test.use({ javaScriptEnabled: false });

      test("a shopper gets a price in the frame of a shop's page", async ({ page }) => {
        await page.goto(`/preview?locale=${language}`);
        const frame = page.frameLocator("trade-in-widget iframe");
        await choosePhone(frame, language);
        await describeCondition(frame, language);
        await ask(frame, language);
        await expectPrice(frame, language);
      });

      for (const [model, told] of [["SANDBOX-UNKNOWN", words.unknown], ["SANDBOX-DOWN", words.down]] as const) {
        test(`${model} is told, and what was typed stays`, async ({ page }) => {
          await page.goto(`/widget/demo?locale=${language}`);
          await enterByHand(page, language, model);
          await describeCondition(page, language);
          await ask(page, language);
          await expect(page.getByRole("alert")).toContainText(told);
          await expect(page.getByRole("textbox", { name: words.model, exact: true })).toHaveValue(model);
          await expect(page.getByRole("radio", { name: new RegExp(`^${words.excellent}`) })).toBeChecked();
        });
      }
    });
  });
}

test("models are found as the shopper types, and only in the sizes they come in", async ({ page }) => {
  await page.goto("/widget/demo?locale=en");
  await awake(page);
  await page.getByLabel("Search for the model").pressSequentially("thinkpad x1");
  await page.getByRole("button", { name: /ThinkPad X1/ }).first().click();
  await expect(page.getByRole("radio", { name: "Laptop" })).toBeChecked();
  await expect(page.locator("#storage").getByRole("radio")).not.toHaveCount(0);
  await expect(page.locator("#ram").getByRole("radio")).not.toHaveCount(0);
  await page.getByRole("button", { name: "Change" }).click();
  await expect(page.getByLabel("Search for the model")).toBeFocused();
  await page.getByLabel("Search for the model").fill("nothing like it");
  await expect(page.getByRole("status")).toContainText("Nothing found");
});

test("a list that is there is not searched for again under the finger", async ({ page }) => {
  const searches: string[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith("/api/fn/search")) searches.push(new URLSearchParams(request.postData() ?? "").get("keyword") ?? "");
  });
  await page.clock.install();
  await page.goto("/widget/demo?locale=en");
  await awake(page);
  const keyword = page.getByLabel("Search for the model");
  await keyword.fill("iphone 14 pro");
  const status = page.getByRole("status");
  await expect(status.filter({ hasText: "found" })).toBeVisible();
  await keyword.fill("mate");
  await expect(page.getByRole("button", { name: /Mate/ }).first()).toBeVisible();
  await keyword.fill("iphone 14 pro");
  await expect(page.getByRole("button", { name: /iPhone 14 Pro$/ })).toBeVisible();
  await page.getByRole("button", { name: "Search", exact: true }).click();
  // Longer than the pause after which a search begins.
  await page.clock.fastForward(1_000);
  await page.getByRole("button", { name: /iPhone 14 Pro$/ }).click();
  await expect(page.getByRole("radio", { name: "256GB" })).toBeVisible();
  expect(searches).toEqual(["iphone 14 pro", "mate", "iphone 14 pro"]);
});

test("another category asks for other faults, and forgets the model", async ({ page }) => {
  await page.goto("/widget/demo?locale=en");
  await awake(page);
  await choosePhone(page, "en");
  await page.getByRole("radio", { name: "Camera", exact: true }).check({ force: true });
  await expect(page.getByLabel("Search for the model")).toBeVisible();
  await page.locator(".result:visible").filter({ hasText: "Fujifilm" }).first().click();
  await page.locator("#storage").getByRole("radio").first().check();
  await goTo(page, "en", "looks");
  await page.getByRole("radio", { name: /^Excellent/ }).check();
  await goTo(page, "en", "function");
  await page.getByRole("radio", { name: /^Something does not work/ }).check();
  await expect(page.getByRole("checkbox", { name: /Fingerprint or face/ })).toBeHidden();
  await expect(page.getByRole("checkbox", { name: /Shutter sticks/ })).toBeVisible();
});

test("what was answered before the scripts came is kept", async ({ page }) => {
  let release = () => {};
  const held = new Promise<void>((done) => (release = done));
  await page.route("**/*.wasm", async (route) => {
    await held;
    await route.continue();
  });
  await page.goto("/widget/demo?locale=en");
  await page.getByRole("radio", { name: "Phone", exact: true }).check({ force: true });
  await page.getByLabel("Search for the model").fill("iphone 14 pro");
  release();
  await awake(page);
  await expect(page.getByRole("radio", { name: "Phone", exact: true })).toBeChecked();
  await page.getByRole("button", { name: /Apple iPhone 14 Pro$/ }).click();
  await page.getByRole("radio", { name: "256GB" }).check();
  await describeCondition(page, "en");
  await ask(page, "en");
  await expectPrice(page, "en");
});

test("one answer is changed without starting over", async ({ page }) => {
  await page.goto("/widget/demo?locale=en");
  await awake(page);
  await choosePhone(page, "en");
  await describeCondition(page, "en");
  await ask(page, "en");
  await expectPrice(page, "en");
  const before = await page.locator(".amount").textContent();
  await page.getByRole("link", { name: "Change: Looks" }).click();
  await awake(page);
  await page.getByRole("radio", { name: /^Worn/ }).check();
  if (await page.locator(".step-way:visible").count()) {
    // Straight to the review, and from there one more answer on its own.
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(page.locator(".answers:visible")).toContainText("Worn");
    await page.getByRole("button", { name: "Change: Bought from" }).click();
    await page.getByRole("radio", { name: "Carrier" }).check();
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(page.locator(".answers:visible")).toContainText("Carrier");
  }
  await ask(page, "en");
  await expectPrice(page, "en");
  expect(await page.locator(".amount").textContent()).not.toBe(before);
});

test("a price counts down, is kept by its link, and is prepared for with a list", async ({ page }) => {
  await page.clock.install();
  await page.goto("/widget/demo?locale=en");
  await awake(page);
  await choosePhone(page, "en");
  await describeCondition(page, "en");
  await ask(page, "en");
  await expectPrice(page, "en");
  const left = page.locator("[data-left]");
  const minutes = async () => {
    const [, hours, rest] = /^(\d+) h (\d+) min left$/.exec(await left.innerText()) ?? [];
    return Number(hours) * 60 + Number(rest);
  };
  const before = await minutes();
  await page.clock.runFor("02:00:00");
  expect(before - (await minutes())).toBe(120);

  const box = page.getByRole("checkbox", { name: /^Back up your data/ });
  await box.check();
  await expect(box).toBeChecked();
  // Nothing in the list is sent.
  await expect(page.locator(".before [name]")).toHaveCount(0);

  const link = await page.getByLabel("Keep or share this estimate").inputValue();
  await page.goto(link);
  await expectPrice(page, "en");
});

test("a search without an answer is not shown as one that found nothing", async ({ page }) => {
  await page.goto("/widget/demo?locale=en");
  await awake(page);
  await page.route("**/api/fn/search", (route) => route.fulfill({ status: 503, json: { code: "partner_unavailable" } }));
  await page.getByLabel("Search for the model").fill("iphone");
  await expect(page.getByRole("status")).toContainText("The quote service does not answer");
  const told = { code: "rate_limited", message: "That was a little fast", next: "Please wait 9 s and try again." };
  await page.route("**/api/fn/search", (route) => route.fulfill({ status: 429, json: told }));
  await page.getByLabel("Search for the model").fill("iphone 14");
  await expect(page.getByRole("status")).toContainText("Please wait 9 s");
});

test("without a network the shopper is told so, and loses nothing", async ({ page, context }) => {
  await page.goto("/widget/demo?locale=en");
  await awake(page);
  await choosePhone(page, "en");
  await describeCondition(page, "en");
  await context.setOffline(true);
  await ask(page, "en");
  await expect(page.getByRole("alert")).toContainText("You are offline");
  await context.setOffline(false);
  await ask(page, "en");
  await expectPrice(page, "en");
});

test("the form is filled in with nothing but a keyboard", async ({ page, isMobile }) => {
  test.skip(isMobile, "phones have none");
  await page.goto("/widget/demo?locale=en");
  await awake(page);
  const { keyboard } = page;
  const tabTo = (name: RegExp) => tabToward(page, name);
  await tabTo(/^Phone/);
  await keyboard.press("Space");
  await tabTo(/keyword/);
  await keyboard.type("iphone 14 pro");
  await expect(page.getByRole("status")).toContainText("found");
  await tabTo(/Apple iPhone 14 Pro$/);
  await keyboard.press("Enter");
  await expect(page.locator(".chosen")).toBeFocused();
  await tabTo(/^128GB/);
  await keyboard.press("Space");
  await tabTo(/^New/);
  await keyboard.press("ArrowDown");
  await tabTo(/^Everything works/);
  await keyboard.press("Space");
  await tabTo(/^See the price/);
  await keyboard.press("Enter");
  await expectPrice(page, "en");
});

test("a shop hears why there is no price", async ({ page }) => {
  await page.goto("/preview?locale=en");
  const frame = page.frameLocator("trade-in-widget iframe");
  await awake(frame);
  const heard = page.evaluate(
    () => new Promise((done) => document.addEventListener("tradein:error", (event) => done((event as CustomEvent).detail))),
  );
  await enterByHand(frame, "en", "SANDBOX-DOWN");
  await describeCondition(frame, "en");
  await ask(frame, "en");
  expect(await heard).toEqual({ code: "partner_unavailable", message: "The quote service does not answer" });
});

test("a changed accent draws the form anew, and keeps its answers", async ({ page }) => {
  await page.goto("/preview?locale=en");
  const frame = page.frameLocator("trade-in-widget iframe");
  await awake(frame);
  await choosePhone(frame, "en");
  await page.locator("trade-in-widget").evaluate((widget) => widget.setAttribute("accent", "teal"));
  await expect(frame.locator("button.primary:visible")).toHaveCSS("background-color", "rgb(0, 128, 128)");
  await goTo(frame, "en", "device");
  await expect(frame.getByRole("radio", { name: "256GB" })).toBeChecked();
});

test("the studio's snippet is copied with one press", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/preview?locale=en&theme=dark&accent=%23aa3300");
  await page.getByRole("button", { name: "Copy snippet" }).click();
  await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
  expect(await pasted(page)).toMatch(/^<script type="module" src="http:.*\/embed\/v1.js"><\/script>\n<trade-in-widget .*theme="dark" accent="#aa3300"/);
  const frame = page.frameLocator("trade-in-widget iframe");
  await expect(frame.locator("html")).toHaveAttribute("data-theme", "dark");
  const button = frame.locator("button.primary:visible");
  await expect(button).toHaveCSS("background-color", "rgb(170, 51, 0)");
});
