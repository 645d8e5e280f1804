import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { test } from "../support/browsers/driven";
import { Person, the } from "../support/browsers/person";
import { WORDS as LISTS, list } from "../support/lists";
import { OPERATOR_TOKEN, WORDS as OPS } from "../support/operator";
import { RESERVE, type Seen, shopPage } from "../support/shop";
import { WORDS } from "../support/shopper";

const [words, lists, ops] = [WORDS.en, LISTS.en, OPS.en];
const WIDGET = "document.querySelector('trade-in-widget')";
const CODE = /^[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}$/;

/** Keeps the widget's events from the page's start. */
const LISTEN = `<script>
  window.seen = [];
  for (const type of ["ready", "resize", "quote", "accept", "error"]) {
    document.addEventListener("tradein:" + type, ({ detail, target }) => seen.push({ type, detail, from: target.id }));
  }
</script>`;

async function choosePhone(person: Person): Promise<void> {
  await person.choose(words.phone);
  await person.write(the.field(words.keyword), "iphone 14 pro");
  await person.press(the.button(words.search));
  // Until this text is shown, the list is about to be replaced.
  await person.until<string>("document.body.innerText", (text) => expect(text).toMatch(words.count));
  await person.press(the.buttonThatEndsWith(" iPhone 14 Pro"));
  await person.choose("256GB");
}

async function expectPrice(person: Person): Promise<void> {
  await person.sees(the.heading(words.worth));
  await person.until<string>("document.querySelector('.amount')?.innerText", (amount) => expect(amount).toMatch(/^¥[\d,]+(\.\d\d)?$/));
  for (const text of [words.until, words.steps, words.recommended, words.sandbox]) await person.sees(the.text(text));
}

/** From one question to the next, in a narrow page. */
async function goOn(person: Person): Promise<void> {
  const step = "document.querySelector('#tradein-form').dataset.step";
  const before = await person.tab.value<string>(step);
  await person.pressUntil(the.button(words.goOn), async () => expect(await person.tab.value(step)).not.toBe(before));
}

/** A wide page shows all questions at once. */
async function comesToAPrice(person: Person, address: string): Promise<void> {
  await person.tab.goto(`${address}/widget/demo?locale=en`);
  await choosePhone(person);
  await person.choose(words.excellent);
  await person.choose(words.works);
  await person.press(the.button(words.ask));
  await expectPrice(person);
}

test("a shopper comes from the empty form to a price", async ({ person, address }) => {
  await comesToAPrice(person, address);
});

test.describe("without JavaScript", () => {
  test.use({ scripts: false });

  test("a shopper comes from the empty form to a price", async ({ person, address }) => {
    await comesToAPrice(person, address);
    expect(await person.tab.value("document.documentElement.dataset.awake ?? null")).toBeNull();
  });
});

test("a shop of another origin hands over the device, and gets height, price and offer", async ({ person, shop, address }) => {
  const widget = `<div style="width: 360px"><trade-in-widget id="one" merchant="demo" locale="en" loading="eager"
    device-type="手机" brand="苹果" model="iPhone 14 Pro" product-name="iPhone 17" product-price="799900"></trade-in-widget></div>`;
  await person.tab.goto(shop.at("/product", { body: shopPage(address, widget, RESERVE + LISTEN) }));
  const seen = (type: string) => `seen.filter((event) => event.type === "${type}")`;
  await person.until<Seen[]>(seen("ready"), (events) => expect(events).toEqual([{ type: "ready", detail: null, from: "one" }]));
  await person.until<Seen[]>(seen("resize"), (events) => expect(events).not.toEqual([]));

  // As narrow as a phone, it shows one question at a time.
  const inside = new Person(person.tab.frame(`${WIDGET}.shadowRoot.querySelector("iframe")`));
  await inside.choose("256GB");
  await goOn(inside);
  await inside.choose(words.excellent);
  await goOn(inside);
  await inside.choose(words.works);
  await goOn(inside);
  await goOn(inside);
  await inside.press(the.button(words.ask));
  await expectPrice(inside);
  const [quote] = await person.until<Seen[]>(seen("quote"), (events) => expect(events).toHaveLength(1));
  // The frame is as high as its page, so nothing is cut off and nothing scrolls.
  await inside.until<number[]>("[document.documentElement.scrollHeight - innerHeight, innerWidth - document.documentElement.clientWidth]", (rest) =>
    expect(rest).toEqual([0, 0]),
  );

  await inside.press(the.button("Use this credit"));
  await inside.until<string>("document.querySelector('#offer-code')?.textContent", (code) => expect(code).toMatch(CODE));
  const [accepted] = await person.until<Seen[]>(seen("accept"), (events) => expect(events).toHaveLength(1));
  const told = accepted?.detail as { id: string; offer: { code: string; token: string } };
  expect(told.id).toBe((quote?.detail as { id: string }).id);
  expect(told.offer.token.split(".")).toHaveLength(3);
  expect(await person.tab.value(seen("error"))).toEqual([]);
});

test("an operator signs in, uploads a list, starts it, and gets its report", async ({ person, address }, { project, retry }) => {
  await person.tab.goto(`${address}/ops?locale=en`);
  await person.write(the.field(ops.token), OPERATOR_TOKEN);
  await person.press(the.button(ops.signIn));
  await person.sees(the.heading(ops.title));
  await person.sees(the.heading(ops.quota));
  await person.press(the.link(lists.lists));
  await person.sees(the.heading(lists.lists));

  const { name, buffer } = list(`${project.name}${retry}`);
  const path = join(mkdtempSync(join(tmpdir(), "tradein-list-")), name);
  writeFileSync(path, buffer);
  // It is sent as soon as it is chosen.
  const [input] = await person.tab.find("//input[@type='file']");
  await input?.choose(path);
  await person.sees(the.heading(lists.understood));
  await person.press(the.button(lists.start));
  // The page follows the work by itself.
  await person.sees(the.heading(lists.done));
  const report = `fetch([...document.links].find(({ textContent }) => textContent.startsWith("JSON Lines")).href).then((answer) => answer.text())`;
  const rows = (await person.tab.value<string>(report)).trim().split("\n").map((row) => JSON.parse(row) as { outcome: string });
  expect(rows.map(({ outcome }) => outcome).toSorted()).toEqual(["failed", "priced", "priced", "priced", "priced"]);
});
