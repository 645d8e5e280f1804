import { expect, test, type FrameLocator, type Page } from "@playwright/test";
import { ExampleShop } from "../support/example-shop";
import { ask, choosePhone, describeCondition, expectPrice } from "../support/shopper";

let shop: ExampleShop;
test.beforeAll(async () => {
  shop = await ExampleShop.start();
});
test.afterAll(() => shop.stop());

/** The product's page, whose shopper has got a price for an old phone. */
async function priced(page: Page): Promise<FrameLocator> {
  await page.goto(`${shop.base}/product/iphone-17-pro`);
  const frame = page.frameLocator("trade-in-widget iframe");
  await choosePhone(frame, "en");
  await describeCondition(frame, "en");
  await ask(frame, "en");
  await expectPrice(frame, "en");
  return frame;
}

const told = (page: Page) => expect.poll(async () => {
  await page.reload();
  return page.locator("#told").textContent();
});

test("a shopper's credit pays an order, and comes back when the order is cancelled", async ({ page }) => {
  const frame = await priced(page);
  await frame.getByRole("button", { name: "Use this credit" }).click();
  await page.waitForURL("**/cart");
  await expect(page.getByText("This credit holds until")).toBeVisible();
  await page.getByRole("button", { name: "Place the order" }).click();
  await page.waitForURL("**/order/*");
  await expect(page.getByText("State: placed")).toBeVisible();
  await told(page).toBe("redeemed");
  const order = page.url();

  // The frame says so when the shopper comes back to the product.
  await page.goto(`${shop.base}/product/iphone-17-pro`);
  const number = order.split("/").at(-1) ?? "";
  await expect(page.frameLocator("trade-in-widget iframe").getByText(number)).toBeVisible();

  await page.goto(order);
  await page.getByRole("button", { name: "Cancel the order" }).click();
  await expect(page.getByText("State: cancelled")).toBeVisible();
  await told(page).toBe("accepted");
});

test("a code pays an order without JavaScript in the shop, once", async ({ page, browser }) => {
  const frame = await priced(page);
  // The shop's script would take the shopper to the cart.
  await page.route("**/cart/credit", (route) => route.abort());
  await frame.getByRole("button", { name: "Use this credit" }).click();
  const code = (await frame.locator("#offer-code").textContent()) ?? "";

  const plain = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await plain.goto(`${shop.base}/product/iphone-17-pro`);
  await plain.getByRole("button", { name: "Add to cart" }).click();
  await plain.getByLabel("Code of a trade-in").fill("2222-2222");
  await plain.getByRole("button", { name: "Use it" }).click();
  await expect(plain.getByRole("alert")).toContainText("There is no trade-in with this code");
  await plain.getByLabel("Code of a trade-in").fill(code.toLowerCase());
  await plain.getByRole("button", { name: "Use it" }).click();
  await plain.getByRole("button", { name: "Place the order" }).click();
  await expect(plain.getByText("State: placed")).toBeVisible();

  const other = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await other.goto(`${shop.base}/product/iphone-17-pro`);
  await other.getByRole("button", { name: "Add to cart" }).click();
  await other.getByLabel("Code of a trade-in").fill(code);
  await other.getByRole("button", { name: "Use it" }).click();
  await expect(other.getByRole("alert")).toContainText("used by another order");
});

test("the shop believes no webhook without a signature, and no token of another product", async ({ request }) => {
  const event = { type: "offer.redeemed", timestamp: new Date().toISOString(), data: {} };
  const headers = { "webhook-id": "msg_1", "webhook-timestamp": String(Math.floor(Date.now() / 1000)), "webhook-signature": "v1,AAAA" };
  expect((await request.post(`${shop.base}/webhooks/tradein`, { data: event, headers })).status()).toBe(400);
  const forged = { token: "eyJhbGciOiJub25lIn0.e30.", product: "iphone-17-pro" };
  expect((await request.post(`${shop.base}/cart/credit`, { data: forged })).status()).toBe(422);
});
