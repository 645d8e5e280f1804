import { type Page, expect, test } from "@playwright/test";
import { STATES } from "../support/states";
import { awake, expectNoOverflow } from "../support/shopper";

const widget = (page: Page) => page.locator("trade-in-widget");

test("a switch acts on the running widget, and the snippets follow", async ({ page }) => {
  await page.goto("/preview?locale=en");
  const frame = page.frameLocator("trade-in-widget iframe");
  await awake(frame);
  // The existing frame changes, and no new one is made.
  await widget(page).evaluate((element) => Object.assign(element, { same: true }));
  await page.getByLabel("Theme").selectOption("dark");
  await expect(frame.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.getByLabel("Product price").fill("4999.5");
  await expect(widget(page)).toHaveAttribute("product-price", "499950");
  await expect(page.locator(".shop-price")).toHaveText("¥4,999.50");
  await page.getByLabel("Product price").fill("");
  await expect(widget(page)).not.toHaveAttribute("product-price");
  await page.getByLabel("Accent colour").fill("gold");
  await expect(page.getByText("hard to see on white")).toBeVisible();
  await expect(page.locator("#snippet")).toContainText('theme="dark" accent="gold"');
  await expect(page.getByLabel("Colour picker")).toHaveValue("#ffd700");
  await page.getByLabel("Colour picker").fill("#2244aa");
  await expect(page.getByLabel("Accent colour")).toHaveValue("#2244aa");
  await expect(page.locator("#snippet")).toContainText('accent="#2244aa"');
  await page.getByLabel("Accent colour").fill("gold");
  await expect(page.locator("#snippet")).toContainText('theme="dark" accent="gold"');
  await page.getByText("Tag manager", { exact: true }).click();
  await page.getByLabel("Product name").fill('A "fine" <phone>');
  await expect(page.locator("#snippet-tag")).toContainText('"A \\"fine\\" \\u003cphone>"');
  await page.getByLabel("Width").selectOption("phone");
  await expect(page.locator(".shop")).toHaveAttribute("data-width", "phone");
  expect((await page.locator(".shop").boundingBox())?.width).toBeLessThanOrEqual(360);
  expect(await widget(page).evaluate((element) => "same" in element)).toBe(true);
  await expectNoOverflow(page.locator("html"));

  // The address opens the studio with the same settings.
  const link = await page.getByLabel("Open this preview again").inputValue();
  await page.goto(link);
  await expect(page.getByLabel("Theme")).toHaveValue("dark");
  await expect(page.getByLabel("Accent colour")).toHaveValue("gold");
  await expect(page.locator(".shop")).toHaveAttribute("data-width", "phone");
});

test("each state is shown by name, as tall as it is, and spends nothing", async ({ page }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.goto("/preview?locale=en");
  await awake(page.frameLocator("trade-in-widget iframe"));
  const before = asked.filter((path) => path.startsWith("/api")).length;
  const states = await page.locator("#state option[data-state]").evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value));
  expect(states).toEqual([...STATES]);
  for (const state of ["quoted", "expired", "down"] as const) {
    await page.getByLabel("Show").selectOption(state);
    const frame = page.frameLocator("iframe.state-frame");
    await expect(frame.locator("html[data-still]")).toBeAttached();
    await expect(page.locator("iframe.state-frame")).toHaveAttribute("src", new RegExp(`/preview/state/${state}\\?`));
    await expect.poll(() => page.locator("iframe.state-frame").evaluate((element) => {
      const { documentElement } = (element as HTMLIFrameElement).contentDocument!;
      return documentElement.scrollHeight - documentElement.clientHeight;
    })).toBe(0);
  }
  await expect(page.locator("#events")).toContainText("tradein:error");
  await expect(page.locator("#events")).toContainText("tradein:quote");
  expect(asked.filter((path) => path.startsWith("/api")).length).toBe(before);
  await page.getByLabel("Show").selectOption("");
  await awake(page.frameLocator("trade-in-widget iframe"));
});

test("what the page hears is listed as it happens", async ({ page }) => {
  await page.goto("/preview?locale=en");
  await awake(page.frameLocator("trade-in-widget iframe"));
  await expect(page.locator("#events")).toContainText("tradein:ready");
  await expect(page.locator("#events")).toContainText("tradein:resize");
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("a marketer sets the studio by its button", async ({ page }) => {
    await page.goto("/preview?locale=en");
    await page.getByLabel("Show").selectOption("zero");
    await page.getByLabel("Theme").selectOption("light");
    await page.getByRole("button", { name: "Apply" }).click();
    await expect(page.locator("#snippet")).toContainText('theme="light"');
    await expect(page.frameLocator("iframe.state-frame").getByText("ask the shop where it can be recycled")).toBeVisible();
  });
});
