import AxeBuilder from "@axe-core/playwright";
import { expect, type APIRequestContext, type FrameLocator, type Page } from "@playwright/test";
import type { AcceptedQuote, Offer, TradeInWidgetElement } from "../../public/embed/v1";
import { DEMO, inside, seen, shopPage, test } from "../support/shop";
import { ask, choosePhone, describeCondition, expectNoOverflow, expectPrice, tabToward } from "../support/shopper";
import type { Site } from "../support/site";

const WIDGET = DEMO.replace("loading", 'product-name="iPhone 17" product-price="799900" loading');
const CODE = /^[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}$/;

/** A shop's page with the real widget, whose shopper has got a price. */
async function priced(page: Page, shop: Site, baseURL = ""): Promise<FrameLocator> {
  await page.goto(shop.at("/product", { body: shopPage(baseURL, WIDGET) }));
  const frame = page.frameLocator("trade-in-widget iframe");
  await choosePhone(frame, "en");
  await describeCondition(frame, "en");
  await ask(frame, "en");
  await expectPrice(frame, "en");
  return frame;
}

const use = (frame: FrameLocator | Page) => frame.getByRole("button", { name: "Use this credit" });

async function accepted(page: Page): Promise<AcceptedQuote> {
  await expect.poll(() => seen(page, "accept")).not.toEqual([]);
  return (await seen(page, "accept")).at(-1)?.detail as AcceptedQuote;
}

async function expectNoViolations(page: Page): Promise<void> {
  const axe = new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]);
  const { violations } = await axe.disableRules(["landmark-unique", "region"]).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.target.join(" "))])).toEqual([]);
}

test("the shop's page gets the offer, and the shopper the code and the way back", async ({ page, shop, baseURL }) => {
  const frame = await priced(page, shop, baseURL);
  await use(frame).dblclick();
  await expect(frame.locator("#offer-code")).toHaveText(CODE);
  const told = await accepted(page);
  const { id, final } = { id: told.id, final: told.price.final };
  expect(told.offer).toMatchObject({ amount: final, currency: "CNY", expires_at: told.valid_until });
  expect(told.offer.token.split(".")).toHaveLength(3);
  expect("panel" in told).toBe(false);
  expect((await seen(page, "quote")).at(-1)?.detail).toMatchObject({ id });
  expect(await frame.locator("#offer-code").textContent()).toBe(told.offer.code.replace(/^(.{4})/, "$1-"));
  await expect(frame.getByText("The shop holds it for you until")).toBeVisible();
  await expectNoViolations(page);
  await expectNoOverflow(frame.locator("html"));
  expect(await seen(page, "accept")).toHaveLength(1);

  // The token is in the event, and nowhere else.
  const place = await inside(page);
  const left = await place.evaluate(() => document.documentElement.outerHTML + location.href + JSON.stringify({ ...localStorage, ...sessionStorage }));
  expect(left).not.toContain(told.offer.token);

  await frame.getByRole("button", { name: "Withdraw" }).click();
  await expect.poll(() => seen(page, "withdraw")).toHaveLength(1);
  const withdrawn = (await seen(page, "withdraw"))[0]?.detail as Offer;
  expect(withdrawn).toMatchObject({ id: told.offer.id, state: "withdrawn", product: { name: "iPhone 17", price: 799900 } });
  expect("token" in withdrawn).toBe(false);
  await expect(frame.getByText("You have withdrawn this credit")).toBeVisible();
  await use(frame).click();
  await expect(frame.locator("#offer-code")).toBeVisible();
  expect((await accepted(page)).offer.id).not.toBe(told.offer.id);
});

test("coming back finds the offer, also in a frame whose browser keeps no cookie", async ({ page, shop, baseURL }) => {
  const frame = await priced(page, shop, baseURL);
  await use(frame).click();
  const code = await frame.locator("#offer-code").textContent();
  const place = await inside(page);
  await place.goto(place.url());
  await expect(frame.locator("#offer-code")).toHaveText(code ?? "");
  expect(await seen(page, "accept"), "the shop's page is told once").toHaveLength(1);
});

test("the frame says which order has used the credit, on each of its pages", async ({ page, shop, baseURL }) => {
  const frame = await priced(page, shop, baseURL);
  await use(frame).click();
  await expect(frame.locator("#offer-code")).toBeVisible();
  const redeemed = () => page.evaluate(() => document.querySelector<TradeInWidgetElement>("trade-in-widget")?.redeemed({ orderId: "A-1001" }));
  await redeemed();
  await expect(frame.getByText("A-1001")).toBeVisible();
  await expect(frame.getByRole("button", { name: "Withdraw" })).toBeHidden();
  const place = await inside(page);
  await place.goto(`${baseURL}/widget/demo?locale=en`);
  await expect.poll(async () => (await seen(page, "ready")).length).toBeGreaterThan(2);
  await redeemed();
  await expect(frame.getByRole("status").filter({ hasText: "The credit is used for order A-1001" })).toBeVisible();
});

test("what fails leaves the price on the screen and says what to do", async ({ page, shop, baseURL }) => {
  const frame = await priced(page, shop, baseURL);
  await page.route("**/api/fn/accept", (route) => route.abort());
  await use(frame).click();
  await expect(frame.getByRole("alert")).toContainText("Press again: it counts only once");
  await page.unroute("**/api/fn/accept");
  const json = { code: "rate_limited", message: "Too many requests", next: "Try again in 20 s." };
  await page.route("**/api/fn/accept", (route) => route.fulfill({ status: 429, json }));
  await use(frame).click();
  await expect(frame.getByRole("alert")).toHaveText("Too many requests Try again in 20 s.");
  await expectPrice(frame, "en");
  expect(await seen(page, "accept")).toEqual([]);
  await page.unroute("**/api/fn/accept");
  await use(frame).click();
  await expect(frame.locator("#offer-code")).toBeVisible();
});

/** The address of a price in the demo shop. */
async function address(request: APIRequestContext, product: string): Promise<string> {
  const form = { merchant: "demo", device_type: "手机", brand: "苹果", model: "iPhone 14 Pro", storage: "256GB", condition: "九成新", function_status: "正常" };
  const { id } = await (await request.post("/api/fn/quote", { form, headers: { accept: "application/json" } })).json();
  return `/quote/${id}?${new URLSearchParams({ merchant: "demo", locale: "en", product_name: product })}`;
}

test("a shopper without a pointer accepts and withdraws, and hears what came of it", async ({ page, request }) => {
  await page.goto(await address(request, test.info().title));
  await tabToward(page, /Use this credit/);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "taken off your purchase" })).toBeFocused();
  await tabToward(page, /Withdraw/);
  await page.keyboard.press("Enter");
  await expect(page.locator(".credit .note").first()).toBeFocused();
  await expect(page.locator(".credit .note").first()).toContainText("You have withdrawn this credit");
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the page shows the code, finds it again, and takes it back", async ({ page, request, browser, baseURL }) => {
    const path = await address(request, `${test.info().title} ${test.info().project.name}`);
    await page.goto(path);
    await use(page).click();
    await expect(page).toHaveURL(new RegExp(`/quote/\\w+\\?`));
    const code = await page.locator("#offer-code").textContent();
    expect(code).toMatch(CODE);
    await expectNoOverflow(page.locator("html"));
    await page.goto(path);
    await expect(page.locator("#offer-code")).toHaveText(code ?? "");

    // The address alone leads nobody else to it.
    const stranger = await browser.newPage({ baseURL, javaScriptEnabled: false });
    await stranger.goto(path);
    await expect(use(stranger)).toBeVisible();
    await expect(stranger.locator("#offer-code")).toHaveCount(0);
    await stranger.close();

    await page.getByRole("button", { name: "Withdraw" }).click();
    await expect(page.getByText("You have withdrawn this credit")).toBeVisible();
    await use(page).click();
    await expect(page.locator("#offer-code")).not.toHaveText(code ?? "");
  });
});
