import type { Page } from "@playwright/test";
import type { TradeInWidgetAttributes } from "../../../public/embed/v1";
import { DEMO, expect, expectHeight, inside, open, rawFrame, seen, shopPage, test } from "../../support/shop";

test.describe("attributes", () => {
  const set = (page: Page, name: string, value: string) =>
    page.evaluate(([name, value]) => document.querySelector("trade-in-widget")?.setAttribute(name, value), [name, value] as const);
  const query = async (page: Page) => Object.fromEntries(new URL((await inside(page)).url()).searchParams);

  test("are those that the types name", async ({ page, shop, widget }) => {
    const named: Record<keyof TradeInWidgetAttributes, true> = {
      "merchant": true, "locale": true, "theme": true, "accent": true, "product-price": true, "product-name": true,
      "device-type": true, "brand": true, "model": true, "storage": true, "loading": true,
    };
    await open(page, shop, widget);
    type Observed = CustomElementConstructor & { observedAttributes: string[] };
    const observed = await page.evaluate(() => (customElements.get("trade-in-widget") as Observed).observedAttributes);
    expect([...observed].sort()).toEqual(Object.keys(named).sort());
  });

  test("make the address, and the frame asks for nothing more", async ({ page, shop, widget }) => {
    const all = `<trade-in-widget merchant="demo" locale="en" theme="dark" accent="#0a7" product-price="799900"
      product-name="A&amp;B 17" device-type="手机" brand="苹果" model="iPhone 14" storage="128GB" loading="eager"></trade-in-widget>`;
    await open(page, shop, widget, all);
    const frame = page.locator("iframe");
    const { src, ...rest } = await frame.evaluate((element) =>
      Object.fromEntries([...element.attributes].filter(({ name }) => name !== "style").map(({ name, value }) => [name, value])),
    );
    expect(rest).toEqual({
      title: "Trade-in estimate",
      name: `${shop.origin} 0`,
      referrerpolicy: "strict-origin-when-cross-origin",
      allow: "clipboard-write",
      loading: "eager",
    });
    expect(new URL(src ?? "").pathname).toBe("/widget/demo");
    expect(Object.fromEntries(new URL(src ?? "").searchParams)).toEqual({
      locale: "en", theme: "dark", accent: "#0a7", product_price: "799900", product_name: "A&B 17",
      device_type: "手机", brand: "苹果", model: "iPhone 14", storage: "128GB",
    });
  });

  test("change the theme of the running page", async ({ page, shop, widget }) => {
    await open(page, shop, widget);
    const root = (await inside(page)).locator("html");
    await root.evaluate(() => ((window as { same?: boolean }).same = true));
    await set(page, "theme", "dark");
    await expect(root).toHaveAttribute("data-theme", "dark");
    expect(await root.evaluate(() => (window as { same?: boolean }).same)).toBe(true);
  });

  test("that change in one task are told once", async ({ page, shop, widget }) => {
    await page.goto(shop.at("/", { body: shopPage(widget.origin, DEMO.replace("demo", "raw")) }));
    const frame = await rawFrame(page);
    await frame.evaluate(() => window.port.postMessage({ tradein: 1, type: "ready", version: 2 }));
    await expect.poll(() => seen(page, "ready")).toHaveLength(1);
    for (const [theme, accent] of [["dark", "#0a7"], ["light", "#70a"]]) {
      await page.evaluate(([theme, accent]) => {
        const element = document.querySelector("trade-in-widget");
        element?.setAttribute("theme", theme ?? "");
        element?.setAttribute("accent", accent ?? "");
        element?.setAttribute("accent", accent ?? "");
      }, [theme, accent]);
      await expect.poll(() => frame.evaluate(() => window.heard.at(-1)?.data)).toMatchObject({ type: "set", theme, accent });
    }
    const told = await frame.evaluate(() => window.heard.filter(({ origin }) => origin === "port").length);
    expect(told).toBe(2);
  });

  test("hold for the frame's later pages", async ({ page, shop, widget }) => {
    await open(page, shop, widget);
    await set(page, "theme", "dark");
    const frame = await inside(page);
    await expect(frame.locator("html")).toHaveAttribute("data-theme", "dark");
    await expect(frame.locator("[name=theme]")).toHaveValue("dark");
    await frame.goto(widget.at("/widget/short", { body: "" }).replace("short", "other"));
    await expect(frame.locator("html")).toHaveAttribute("data-theme", "dark");
  });

  test("that change the language keep the answers", async ({ page, shop, widget }) => {
    await open(page, shop, widget);
    const frame = await inside(page);
    await frame.getByLabel("Model").fill("iPhone 14 Pro");
    await frame.getByLabel("Screen").check();
    await frame.getByLabel("Battery").check();
    await set(page, "locale", "zh-CN");
    await expect(page.locator("iframe")).toHaveAttribute("title", "旧机估价");
    await expect(frame.locator("html")).toHaveAttribute("lang", "zh-CN");
    expect(await query(page)).toMatchObject({ locale: "zh-CN", model: "iPhone 14 Pro" });
    expect(new URL(frame.url()).searchParams.getAll("faults[]")).toEqual(["screen", "battery"]);
    await expect.poll(() => seen(page, "ready")).toHaveLength(2);
  });

  test("that change the product draw the page again, unless an island does it", async ({ page, shop, widget }) => {
    await open(page, shop, widget);
    await set(page, "product-price", "500000");
    await expect.poll(() => query(page)).toEqual({ locale: "en", product_price: "500000" });
    const frame = await inside(page);
    await frame.evaluate(() => {
      document.addEventListener("tradein:set", (event) => {
        event.preventDefault();
        document.documentElement.dataset.price = (event as CustomEvent).detail.productPrice;
      });
    });
    await set(page, "product-price", "600000");
    await expect(frame.locator("html")).toHaveAttribute("data-price", "600000");
    expect(await query(page)).toEqual({ locale: "en", product_price: "500000" });
  });

  test("that change the merchant or the device start anew, once", async ({ page, shop, widget }) => {
    await open(page, shop, widget);
    await page.evaluate(() => {
      const element = document.querySelector("trade-in-widget");
      element?.setAttribute("merchant", "other");
      element?.setAttribute("brand", "苹果");
    });
    await expectHeight(page, 1000);
    expect(await query(page)).toEqual({ locale: "en", brand: "苹果" });
    expect(page.frames()).toHaveLength(2);
    expect(await seen(page, "ready")).toHaveLength(2);
  });

  test("without a merchant show nothing and say why", async ({ page, shop, widget }) => {
    await page.goto(shop.at("/", { body: shopPage(widget.origin, "<trade-in-widget></trade-in-widget>") }));
    await expect.poll(() => seen(page, "error")).toMatchObject([{ detail: { code: "invalid_input" } }]);
    await expect(page.locator("iframe")).toHaveCount(0);
    await set(page, "merchant", "demo");
    await set(page, "loading", "eager");
    await expectHeight(page, 900);
  });
});
