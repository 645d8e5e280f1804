import { type Page, expect, test } from "@playwright/test";
import { ask, awake, choosePhone, describeCondition, expectPrice } from "../support/shopper";

const FORM = "/widget/demo?locale=en";

/** Changes every page of the form on its way, as a proxy or a translator would. */
async function onItsWay(page: Page, change: (body: string) => string): Promise<void> {
  await page.route(/\/widget\/demo(\?|$)/, async (route) => {
    if (route.request().method() === "POST" || !route.request().isNavigationRequest()) return route.continue();
    const response = await route.fetch();
    const [head = "", body = ""] = (await response.text()).split("<body>");
    await route.fulfill({ response, body: `${head}<body>${change(body)}` });
  });
}

/** Waits until the page has decided to stay plain. */
const plain = (page: Page) => expect(page.locator("html[data-plain]")).toBeAttached();

async function goesToAPrice(page: Page): Promise<void> {
  await choosePhone(page, "en");
  await describeCondition(page, "en");
  await ask(page, "en");
  await expectPrice(page, "en");
}

const SPOILT = {
  "text wrapped in <font>": (body: string) => body.replace(/>([^<]+)</g, "><font><font>$1</font></font><"),
  "comments stripped": (body: string) => body.replace(/<!--.*?-->|<!>/gs, ""),
};
for (const [name, change] of Object.entries(SPOILT)) {
  test(`a page with ${name} stays the plain form, which goes to a price`, async ({ page }) => {
    const faults: string[] = [];
    page.on("pageerror", ({ message }) => faults.push(message));
    await onItsWay(page, change);
    await page.goto(FORM);
    await plain(page);
    await goesToAPrice(page);
    expect(faults).toEqual([]);
  });
}

const HARMLESS = {
  "whitespace collapsed": (body: string) => body.replace(/\s+/g, " ").replace(/> </g, "><"),
  "attributes in another order": (body: string) =>
    body.replace(/<(\w[\w-]*)((?: [\w:-]+(?:="[^"]*")?)+)(\/?)>/g, (_, tag, attributes: string, end) => {
      const all = attributes.match(/ [\w:-]+(?:="[^"]*")?/g) ?? [];
      return `<${tag}${all.reverse().join("")}${end}>`;
    }),
};
for (const [name, change] of Object.entries(HARMLESS)) {
  test(`a page with ${name} wakes, and goes to a price`, async ({ page }) => {
    await onItsWay(page, change);
    await page.goto(FORM);
    await awake(page);
    await goesToAPrice(page);
  });
}

test("a translator that comes while the scripts load leaves a form that works", async ({ page }) => {
  let release = () => {};
  const held = new Promise<void>((done) => (release = done));
  await page.route("**/*.wasm", async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(FORM);
  await page.getByRole("radio", { name: "Phone", exact: true }).check({ force: true });
  await page.evaluate(() => {
    const texts: Node[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) texts.push(walker.currentNode);
    for (const text of texts) {
      const font = document.createElement("font");
      text.parentNode?.replaceChild(font, text);
      font.append(text);
    }
  });
  release();
  await plain(page);
  await expect(page.getByRole("radio", { name: "Phone", exact: true })).toBeChecked();
  await goesToAPrice(page);
});

/** Serves `script` in place of the script that loads the wasm. */
const inPlaceOfTheGlue = (page: Page, script: string) =>
  page.route("**/pkg/*.js", (route) => route.fulfill({ contentType: "text/javascript", body: script }));

test("a page and a wasm of two builds leave the plain form", async ({ page }) => {
  await onItsWay(page, (body) => body.replaceAll('data-component="Results_', 'data-component="Results_0'));
  await page.goto(FORM);
  await plain(page);
  await goesToAPrice(page);
});

test("a page whose files the server no longer has stays the plain form, which goes to a price", async ({ page }) => {
  const faults: string[] = [];
  page.on("pageerror", ({ message }) => faults.push(message));
  await page.route("**/pkg/*.js", (route) => route.fulfill({ status: 404, body: "" }));
  await page.goto(FORM);
  await plain(page);
  await goesToAPrice(page);
  expect(faults).toEqual([]);
});

test("where waking fails halfway, the page is put back as it was drawn", async ({ page }) => {
  await inPlaceOfTheGlue(page, `
    export default async () => {};
    export function hydrate() {
      document.forms[0].addEventListener("submit", (event) => event.preventDefault());
      document.querySelector("#tradein-form > p").remove();
      throw new WebAssembly.RuntimeError("unreachable");
    }`);
  await page.goto(FORM);
  await plain(page);
  await expect(page.locator("#tradein-form > p")).toHaveCount(1);
  await goesToAPrice(page);
});

test("a fault after waking draws the form anew, with the answers, to stay plain", async ({ page, request }) => {
  const drawn = await (await request.get(FORM)).text();
  const islands = [...drawn.matchAll(/data-component="(\w+)"/g)].map(([, name]) => `export function ${name}() {}`);
  await inPlaceOfTheGlue(page, `
    ${islands.join("\n")}
    export default async () => {};
    export function hydrate() {
      document.forms[0].addEventListener("submit", (event) => {
        event.preventDefault();
        throw new WebAssembly.RuntimeError("unreachable");
      });
    }`);
  await page.goto(FORM);
  await awake(page);
  await page.getByRole("radio", { name: "Phone", exact: true }).check({ force: true });
  await page.getByLabel("Search for the model").fill("iphone 14 pro");
  await page.getByRole("button", { name: "Search", exact: true }).click();
  await plain(page);
  await expect(page.getByRole("radio", { name: "Phone", exact: true })).toBeChecked();
  await expect(page.getByLabel("Search for the model")).toHaveValue("iphone 14 pro");
  await page.unroute("**/pkg/*.js");
  await goesToAPrice(page);
});
