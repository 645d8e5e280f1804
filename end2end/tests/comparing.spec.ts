import { expect } from "@playwright/test";
import type { AcceptedQuote } from "../../public/embed/v1";
import { seen, shopPage, test } from "../support/shop";
import { ask, choosePhone, describeCondition, expectNoOverflow } from "../support/shopper";

const WIDGET = '<trade-in-widget merchant="compare" locale="en" product-name="iPhone 17" product-price="799900"></trade-in-widget>';

test("a shopper sees the offers of all buyers, takes another than the best, and the shop hears whose it is", async ({ page, shop, baseURL }) => {
  await page.goto(shop.at("/product", { body: shopPage(baseURL ?? "", WIDGET) }));
  const frame = page.frameLocator("trade-in-widget iframe");
  await choosePhone(frame, "en");
  await describeCondition(frame, "en");
  await ask(frame, "en");
  // The sample list has one price for this phone; the sandboxes pay less for an older one every month.
  await expect(frame.locator(".whose")).toContainText("This shop's list (sample)");
  const rows = frame.locator(".offer");
  await expect(rows).toHaveCount(2);
  await expectNoOverflow(frame.locator("html"));
  const best = (await seen(page, "quote")).at(-1)?.detail as { provider: string };
  expect(best.provider).toBe("own");

  const second = rows.filter({ hasText: "Second buyer (sandbox)" });
  await second.locator("summary").click();
  await second.getByRole("link", { name: /^Take this offer/ }).click();
  const back = frame.getByRole("link", { name: "Back to all offers" });
  await expect(back).toBeVisible();
  await frame.getByRole("button", { name: "Use this credit" }).click();
  await expect.poll(() => seen(page, "accept")).toHaveLength(1);
  const accepted = (await seen(page, "accept"))[0]?.detail as AcceptedQuote;
  expect(accepted.provider).toBe("second");

  await back.click();
  await expect(frame.locator(".whose")).toContainText("This shop's list (sample)");
  await expect(rows).toHaveCount(2);
});

test("a merchant of one buyer shows no other offers", async ({ page, shop, baseURL }) => {
  const widget = WIDGET.replace("compare", "demo");
  await page.goto(shop.at("/product", { body: shopPage(baseURL ?? "", widget) }));
  const frame = page.frameLocator("trade-in-widget iframe");
  await choosePhone(frame, "en");
  await describeCondition(frame, "en");
  await ask(frame, "en");
  await expect(frame.locator(".amount")).toBeVisible();
  await expect(frame.locator(".offers, .whose")).toHaveCount(0);
});
