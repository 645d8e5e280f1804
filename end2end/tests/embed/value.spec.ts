import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { serveLibraries } from "../../support/libraries";
import { expect, inside, painted, seen, test } from "../../support/shop";
import type { Reply, Site } from "../../support/site";

/** The server's answer, as far as the element uses it. */
const LINE = {
  version: 1,
  sandbox: false,
  device: { device_type: "手机", brand: "苹果", model: "iPhone 13", storage: "128GB" },
  widget: "/widget/demo?device_type=%E6%89%8B%E6%9C%BA&brand=%E8%8B%B9%E6%9E%9C&model=iPhone+13&storage=128GB",
  words: {
    en: { text: "Your old {name}: lately up to {price}", name: "iPhone 13", price: "¥2,310", note: "highest quote of 7 days", hint: "Of the last 7 days." },
    "zh-CN": { text: "旧 {name} 近日最高可抵 {price}", name: "iPhone 13", price: "¥2,310", note: "7 天内最高报价", hint: "最近 7 天。" },
  },
};
const SENTENCE = "Your old iPhone 13: lately up to ¥2,310";
/** The lines that `docs/value-card.md` gives. */
const CARD = '<trade-in-value merchant="demo" type="phone" brand="Apple" model="iPhone 13" storage="128GB">&nbsp;</trade-in-value>';
const WIDGET = '<trade-in-widget merchant="demo" locale="en" loading="eager"></trade-in-widget>';

/** An article with the card in it. Its page moves if the card does. */
function article(loader: string, content: string, { lang = "en", style = "" } = {}): string {
  return `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><title>Article</title>
    <meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"><style>${style}</style>
    <script type="module" src="${loader}/embed/value.js"></script></head>
    <body><main><h1>The best phones</h1>${content}<p id="after">${"More about phones. ".repeat(50)}</p></main></body></html>`;
}

/** Serves an answer to the card's request, as the server does, and returns the addresses that were asked. */
function serveLine(widget: Site, answer: unknown = LINE, more: Partial<Reply> = {}): URL[] {
  const asked: URL[] = [];
  widget.at("/embed/value/demo", (url, { headers }) => {
    asked.push(url);
    const cors = headers.origin ? { "access-control-allow-origin": headers.origin, vary: "origin" } : {};
    return { body: typeof answer === "string" ? answer : JSON.stringify(answer), type: "application/json", headers: cors as Record<string, string>, ...more };
  });
  return asked;
}

const card = (page: Page) => page.locator("trade-in-value");
const link = (page: Page) => card(page).getByRole("link");
const text = (page: Page) => card(page).locator("[part=text]");
const isEmpty = (page: Page) => card(page).evaluate((element) => element.matches(":state(empty)") && !element.shadowRoot?.childElementCount);

test.describe("the line of what a device is worth", () => {
  for (const [lang, sentence] of [["en-GB", SENTENCE], ["zh-Hans", "旧 iPhone 13 近日最高可抵 ¥2,310"]] as const) {
    test(`is drawn in the page's language, ${lang}, by one request, and moves nothing`, async ({ page, shop, widget }) => {
      const requests: string[] = [];
      page.on("request", (request) => request.url().startsWith(widget.origin) && requests.push(request.url()));
      serveLine(widget);
      await page.goto(shop.at("/", { body: article(widget.origin, CARD, { lang }) }));
      await expect(text(page)).toHaveText(sentence);
      await painted(page);
      expect(await page.evaluate(() => window.shifts)).toEqual([]);
      const query = "type=phone&brand=Apple&model=iPhone+13&storage=128GB";
      expect(requests).toEqual([`${widget.origin}/embed/value.js`, `${widget.origin}/embed/value/demo?${query}`]);
      await expect(link(page)).toHaveAttribute("href", `${widget.origin}${LINE.widget}&locale=${lang.startsWith("en") ? "en" : "zh-CN"}`);
      await expect(link(page)).toHaveAccessibleDescription(/7/);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    });
  }

  test("is one line high at any width, and never cuts the price", async ({ page, shop, widget }) => {
    const words = { ...LINE.words.en, name: "Galaxy Z Fold Special Edition 5G" };
    serveLine(widget, { ...LINE, words: { en: words } });
    const widths = [200, 280, 360, 900];
    const cards = widths.map((width) => `<div style="width: ${width}px">${CARD}</div>`).join("");
    await page.goto(shop.at("/", { body: article(widget.origin, `<p id="line">&nbsp;</p>${cards}`) }));
    await expect(text(page)).toHaveCount(widths.length);
    const line = await page.locator("#line").boundingBox();
    for (const [index] of widths.entries()) {
      const [all, price] = [await card(page).nth(index).boundingBox(), await card(page).nth(index).locator("[part=price]").boundingBox()];
      expect(all?.height).toBeCloseTo(line?.height ?? 0, 1);
      expect(price!.x + price!.width).toBeLessThanOrEqual(all!.x + all!.width + 0.5);
      const cut = await card(page).nth(index).locator("[part=price]").evaluate((element) => element.scrollWidth - element.clientWidth);
      expect(cut).toBe(0);
    }
    // The note is shown as a whole or not at all.
    const shown = (index: number) => card(page).nth(index).evaluate((element) => {
      const note = element.shadowRoot!.querySelector("[part=note]")!.getBoundingClientRect();
      return note.top < element.getBoundingClientRect().bottom;
    });
    expect([await shown(2), await shown(3)]).toEqual([false, true]);
  });

  test("takes colours and parts from the page, and is named a sandbox's", async ({ page, shop, widget }) => {
    serveLine(widget, { ...LINE, words: { en: { ...LINE.words.en, sandbox: "Sandbox" } } });
    const style = "body { color: rgb(1, 2, 3) } trade-in-value::part(price) { color: rgb(4, 5, 6) }";
    await page.goto(shop.at("/", { body: article(widget.origin, CARD, { style }) }));
    await expect(link(page)).toHaveCSS("color", "rgb(1, 2, 3)");
    await expect(card(page).locator("[part=price]")).toHaveCSS("color", "rgb(4, 5, 6)");
    await expect(card(page).locator("[part=sandbox]")).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]).analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
  });

  test("keeps to a strict policy", async ({ page, shop, widget }) => {
    serveLine(widget);
    const policy = `default-src 'none'; script-src ${widget.origin}; connect-src ${widget.origin}; img-src data:`;
    const body = article(widget.origin, CARD).replace("<style></style>", "");
    await page.goto(shop.at("/", { body, headers: { "content-security-policy": policy } }));
    await expect(text(page)).toHaveText(SENTENCE);
    await expect(link(page)).toHaveCSS("display", "flex");
    expect(await page.evaluate(() => window.violations)).toEqual([]);
  });

  test("is not asked for until it comes near the view", async ({ page, shop, widget }) => {
    const asked = serveLine(widget);
    await page.goto(shop.at("/", { body: article(widget.origin, `<div class="far"></div>${CARD}`, { style: ".far { height: 9000px }" }) }));
    await page.waitForFunction(() => customElements.get("trade-in-value"));
    await painted(page);
    expect(asked).toEqual([]);
    await card(page).scrollIntoViewIfNeeded();
    await expect(text(page)).toHaveText(SENTENCE);
  });
});

test("in an article of WordPress it is drawn, moves nothing, and leads to the widget below", async ({ page, shop, widget }) => {
  serveLine(widget);
  const text = await readFile(resolve(import.meta.dirname, "../../../docs/examples/value.html"), "utf8");
  await page.goto(shop.at("/", { body: text.replaceAll("https://HOST", widget.origin) }));
  await expect(card(page).locator("[part=text]")).toHaveText("旧 iPhone 13 近日最高可抵 ¥2,310");
  const moved = await page.evaluate(() => window.shifts);
  expect(moved).toEqual([]);
  await link(page).click();
  await expect(page.locator("trade-in-widget")).toHaveAttribute("storage", "128GB");
  await expect(page.locator("trade-in-widget")).toBeFocused();
});

test.describe("nothing at all is shown, and nothing moves,", () => {
  const silent = async (page: Page, address: string) => {
    const errors: Error[] = [];
    page.on("pageerror", (error) => errors.push(error));
    await page.goto(address);
    await expect.poll(() => isEmpty(page)).toBe(true);
    await painted(page);
    expect(await page.evaluate(() => window.shifts)).toEqual([]);
    expect(errors).toEqual([]);
    expect(await seen(page)).toEqual([]);
  };

  for (const [what, answer, more] of [
    ["for an unknown model", "", { status: 204 }],
    ["if the server refuses", '{"code":"not_allowed"}', { status: 403 }],
    ["if the server fails", '{"code":"internal"}', { status: 500 }],
    ["for an answer that is no JSON", "<!doctype html>", {}],
    ["for an answer of another version", { ...LINE, version: 2 }, {}],
    ["for an answer without words", { ...LINE, words: {} }, {}],
    ["if the page is not the merchant's", LINE, { headers: { "access-control-allow-origin": "https://other.example" } }],
  ] as const) {
    test(what, async ({ page, shop, widget }) => {
      const asked = serveLine(widget, answer, more);
      await silent(page, shop.at("/", { body: article(widget.origin, CARD) }));
      expect(asked).toHaveLength(1);
    });
  }

  test("if the server is dead", async ({ page, shop, widget }) => {
    await page.route("**/embed/value/**", (route) => route.abort("connectionrefused"));
    await silent(page, shop.at("/", { body: article(widget.origin, CARD) }));
  });

  test("without a merchant or a model, and the server is not asked", async ({ page, shop, widget }) => {
    const asked = serveLine(widget);
    await silent(page, shop.at("/", { body: article(widget.origin, CARD.replace('model="iPhone 13"', "")) }));
    expect(asked).toEqual([]);
  });
});

test.describe("a click on the line", () => {
  test("fills in the widget of the page, and leads to it", async ({ page, shop, widget }) => {
    serveLine(widget);
    const loader = `<script type="module" src="${widget.origin}/embed/v1.js"></script>`;
    const other = WIDGET.replace("demo", "other");
    await page.goto(shop.at("/", { body: article(widget.origin, `${CARD}${loader}<div class="far"></div>${other}${WIDGET}`, { style: ".far { height: 3000px }" }) }));
    await expect.poll(() => seen(page, "ready")).toHaveLength(2);
    const demo = 'trade-in-widget[merchant="demo"]';
    await link(page).focus();
    await page.keyboard.press("Enter");
    await expect.poll(async () => Object.fromEntries(new URL((await inside(page, demo)).url()).searchParams)).toEqual({
      locale: "en", device_type: "手机", brand: "苹果", model: "iPhone 13", storage: "128GB",
    });
    await expect(page.locator(demo)).toBeInViewport();
    await expect(page.locator(demo)).toBeFocused();
    expect(new URL(page.url()).origin).toBe(shop.origin);
    await expect(page.locator('trade-in-widget[merchant="other"]')).not.toHaveAttribute("model");

    // Once more, it keeps what is being typed there.
    const ready = (await seen(page, "ready")).length;
    await link(page).click();
    await painted(page);
    expect(await seen(page, "ready")).toHaveLength(ready);
  });

  test("goes to the widget's own address if the page shows none", async ({ page, shop, widget }) => {
    serveLine(widget);
    await page.goto(shop.at("/", { body: article(widget.origin, `${CARD}<div hidden>${WIDGET}</div>`) }));
    await link(page).click();
    await page.waitForURL(`${widget.origin}/widget/demo?*`);
    expect(new URL(page.url()).searchParams.get("model")).toBe("iPhone 13");
  });

  test("is left to the page that wants it", async ({ page, shop, widget }) => {
    serveLine(widget);
    await page.goto(shop.at("/", { body: article(widget.origin, `<div id="box">${CARD}</div>`) }));
    await expect(text(page)).toHaveText(SENTENCE);
    const heard = page.evaluate(() => new Promise((done) => {
      document.getElementById("box")?.addEventListener("tradein:open", (event) => {
        event.preventDefault();
        done((event as CustomEvent).detail);
      });
    }));
    await link(page).click();
    expect(await heard).toEqual({ merchant: "demo", device: LINE.device, url: `${widget.origin}${LINE.widget}&locale=en` });
    await painted(page);
    expect(new URL(page.url()).origin).toBe(shop.origin);
  });
});

test.describe("attributes that come late, or change,", () => {
  /** A page whose framework draws the card for the chosen phone, and takes it out and puts it in again. */
  const FRAMEWORKS = {
    react: `import { createElement, StrictMode, useState } from "react";
      import { createRoot } from "react-dom/client";
      function Card() {
        const [model, setModel] = useState("iPhone 13");
        const [shown, setShown] = useState(true);
        return [
          createElement("button", { key: 1, onClick: () => setModel("iPhone 14") }, "other"),
          createElement("button", { key: 2, onClick: () => setShown(!shown) }, "toggle"),
          shown && createElement("trade-in-value", { key: 3, merchant: "demo", type: "phone", brand: "Apple", model, storage: "128GB" }, "\\u00a0"),
        ];
      }
      createRoot(document.getElementById("root")).render(createElement(StrictMode, null, createElement(Card)));`,
    vue: `import { createApp, ref } from "vue";
      const app = createApp({
        setup: () => ({ model: ref("iPhone 13"), shown: ref(true) }),
        template: '<button @click="model = \\'iPhone 14\\'">other</button><button @click="shown = !shown">toggle</button>' +
          '<trade-in-value v-if="shown" merchant="demo" type="phone" brand="Apple" :model="model" storage="128GB">&nbsp;</trade-in-value>',
      });
      app.config.compilerOptions.isCustomElement = (tag) => tag.startsWith("trade-in-");
      app.mount("#root");`,
  };
  const IMPORTS = '{ "imports": { "react": "/vendor/react.js", "react-dom/client": "/vendor/react-dom-client.js", "vue": "/vendor/vue.js" } }';

  for (const [name, script] of Object.entries(FRAMEWORKS)) {
    test(`are followed in ${name}`, async ({ page, shop, widget }) => {
      const errors: Error[] = [];
      page.on("pageerror", (error) => errors.push(error));
      widget.at("/embed/value/demo", ({ searchParams }) => {
        const name = searchParams.get("model")!;
        const line = { ...LINE, words: { en: { ...LINE.words.en, name } } };
        return { body: JSON.stringify(line), type: "application/json", headers: { "access-control-allow-origin": shop.origin } };
      });
      serveLibraries(shop);
      const content = `<div id="root"></div><script type="module">${script}</script>`;
      const body = article(widget.origin, content).replace("<script", `<script type="importmap">${IMPORTS}</script><script`);
      await page.goto(shop.at("/", { body }));
      await expect(text(page)).toHaveText(SENTENCE);
      await page.getByRole("button", { name: "other" }).click();
      await expect(text(page)).toHaveText(SENTENCE.replace("13", "14"));
      await page.getByRole("button", { name: "toggle" }).click();
      await expect(card(page)).toHaveCount(0);
      await page.getByRole("button", { name: "toggle" }).click();
      await expect(text(page)).toHaveText(SENTENCE.replace("13", "14"));
      await expect(link(page)).toHaveCount(1);
      expect(errors).toEqual([]);
    });
  }

  test("make one request, and an answer that comes too late is dropped", async ({ page, shop, widget }) => {
    let release = () => {};
    const held = new Promise<void>((done) => (release = done));
    const asked: string[] = [];
    widget.at("/embed/value/demo", async ({ searchParams }) => {
      const name = searchParams.get("model")!;
      asked.push(name);
      if (name === "iPhone 13") await held;
      const line = { ...LINE, words: { en: { ...LINE.words.en, name } } };
      return { body: JSON.stringify(line), type: "application/json", headers: { "access-control-allow-origin": shop.origin } };
    });
    await page.goto(shop.at("/", { body: article(widget.origin, CARD) }));
    await expect.poll(() => asked).toEqual(["iPhone 13"]);
    await card(page).evaluate((element) => {
      for (const name of ["storage", "model", "brand"]) element.setAttribute(name, "iPhone 14");
    });
    await expect(text(page)).toHaveText(SENTENCE.replace("13", "14"));
    release();
    await painted(page);
    await expect(text(page)).toHaveText(SENTENCE.replace("13", "14"));
    expect(asked).toEqual(["iPhone 13", "iPhone 14"]);
  });
});

test.describe("with the server itself", () => {
  test("the line is what was quoted, is read by the merchant's pages only, and opens the form filled in", async ({ page, shop, baseURL, request }) => {
    const form = { merchant: "demo", device_type: "手机", brand: "苹果", model: "iPhone 13", storage: "128GB", condition: "九成新", function_status: "正常" };
    const quote = await (await request.post("/api/fn/quote", { form })).json();
    const address = "/embed/value/demo?type=phone&brand=Apple&model=iPhone 13&storage=128GB";
    // The price is recorded a moment after the answer.
    await expect(async () => expect((await request.get(address)).status()).toBe(200)).toPass();
    await page.goto(shop.at("/", { body: article(`${baseURL}`, CARD) }));
    await expect(card(page).locator("[part=price]")).toHaveText(/^¥[\d,]+$/);
    const price = Number((await card(page).locator("[part=price]").textContent())?.replace(/\D/g, ""));
    expect(price).toBeGreaterThanOrEqual(Math.floor(quote.price.final / 100));
    await expect(card(page).locator("[part=sandbox]")).toHaveText("Sandbox");
    expect(await page.evaluate(() => window.shifts)).toEqual([]);
    await link(page).click();
    await page.waitForURL(`${baseURL}/widget/demo?*`);
    // A narrow page asks at once what is not known yet.
    await expect(page.getByRole("group", { name: "How does it look?" })).toBeVisible();
    const known = await page.locator("#tradein-form").evaluate((form) => Object.fromEntries(new FormData(form as HTMLFormElement)));
    expect(known).toMatchObject({ device_type: "手机", brand: "苹果", model: "iPhone 13", storage: "128GB" });

    // These pages are none of this merchant's.
    await page.goto(shop.at("/", { body: article(`${baseURL}`, CARD.replace("demo", "corner")) }));
    await expect.poll(() => isEmpty(page)).toBe(true);
  });
});
