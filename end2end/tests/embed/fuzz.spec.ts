import type { Frame, Page } from "@playwright/test";
import { ailments, DEMO, expect, rawFrame, RESERVE, seen, shopPage, test } from "../../support/shop";
import { QUOTE } from "../../support/stand-in";
import { generator } from "../../support/generator";

/** The number of messages to each side. */
const MANY = 4000;
/** `EMBED_SEED=…` repeats a run. */
const SEED = Number(process.env.EMBED_SEED ?? Date.now() % 2 ** 31);

type Fields = Record<string, unknown>;

const fields = (message: unknown): Fields => (typeof message === "object" && message !== null ? (message as Fields) : {});
const isText = (value: unknown): value is string => typeof value === "string";

/** The event that the shop's page may receive for a message: a second implementation of the protocol. */
function heardOf(message: unknown): { type: string; detail: unknown } | undefined {
  const { tradein, type, version, height, quote, code, message: words } = fields(message);
  if (tradein !== 1 || !isText(type)) return undefined;
  const isWhole = (value: unknown, least: number, most: number) =>
    Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
  switch (type) {
    case "ready":
      return isWhole(version, 1, Infinity) ? { type, detail: null } : undefined;
    case "resize":
      return isWhole(height, 0, 20_000) ? { type, detail: { height } } : undefined;
    case "error":
      return isText(code) && isText(words) ? { type, detail: { code, message: words } } : undefined;
    case "quote":
    case "accept":
    case "withdraw":
    case "expire":
      return isText(fields(quote).id) ? { type, detail: quote } : undefined;
    default:
      return undefined;
  }
}

/** Whether the frame may apply it. */
function isWish(message: unknown): boolean {
  const { tradein, type, ...rest } = fields(message);
  const wishes = ["locale", "theme", "accent", "productPrice", "productName"].map((name) => rest[name]);
  return tradein === 1 && type === "set" && wishes.every((wish) => wish === undefined || isText(wish));
}

/** Sends messages in the page or frame `place` by its `port`. */
async function send(place: Page | Frame, messages: unknown[]): Promise<void> {
  await place.evaluate((messages) => messages.forEach((message) => window.port.postMessage(message)), messages);
}

test.describe("whatever comes", () => {
  test.beforeEach(() => console.log(`EMBED_SEED=${SEED}`));

  test("the shop's page hears what is well-formed, and the rest is counted", async ({ page, shop, widget }) => {
    const make = generator(SEED);
    const messages = Array.from({ length: MANY }, () =>
      make.message(["ready", "resize", "error", "quote", "accept", "withdraw", "expire"], {
        version: 2, height: 700, code: "internal", message: "Try again.", quote: QUOTE,
      }),
    );
    const errors: Error[] = [];
    page.on("pageerror", (error) => errors.push(error));
    await page.goto(shop.at("/", { body: shopPage(widget.origin, DEMO.replace("demo", "raw")) }));
    const frame = await rawFrame(page);
    await send(frame, [...messages, { tradein: 1, type: "ready", version: 2 }, { tradein: 1, type: "expire", quote: { id: "last" } }]);
    await expect.poll(async () => (await seen(page)).at(-1)).toMatchObject({ type: "expire", detail: { id: "last" } });

    let height: unknown = 640;
    const expected = messages.map(heardOf).filter((event) => {
      if (event?.type !== "resize") return event !== undefined;
      // A height that is already set causes no event.
      const before = height;
      height = fields(event.detail).height;
      return height !== before;
    });
    // On a busy machine, the first message may take longer than the loader waits.
    const isSlow = (detail: unknown) => fields(detail).code === "slow";
    const heard = (await seen(page)).slice(0, -2).map(({ type, detail }) => ({ type, detail })).filter(({ detail }) => !isSlow(detail));
    expect(heard).toEqual(expected);
    const ignored = messages.filter((message) => !heardOf(message)).length;
    expect(ignored).toBeGreaterThan(MANY / 4);
    expect(expected.length).toBeGreaterThan(MANY / 20);
    expect((await ailments(page)).messages?.cause).toMatch(new RegExp(`^${ignored} messages`));
    expect(errors).toEqual([]);
  });

  test("the frame follows what is well-formed, and the rest is counted", async ({ page, shop, widget }) => {
    const make = generator(SEED);
    const wishes = { locale: "en", theme: "dark", accent: "#0a7", productPrice: "799900", productName: "A phone" };
    const messages = Array.from({ length: MANY }, () => make.message(["set", "hello"], wishes));
    const errors: Error[] = [];
    page.on("pageerror", (error) => errors.push(error));
    // A page that does the loader's part of the handshake itself.
    await page.goto(shop.at("/", { body: `${RESERVE}<iframe src="${widget.origin}/widget/demo"></iframe>` }));
    const frame = page.frames()[1];
    if (!frame) throw new Error("The page has no frame");
    await frame.waitForFunction(() => document.readyState === "complete");
    await frame.evaluate(() => {
      const followed: unknown[] = [];
      document.addEventListener("tradein:set", (event) => {
        event.preventDefault();
        followed.push((event as CustomEvent).detail);
      });
      Object.assign(globalThis, { followed });
    });
    await page.evaluate(() => {
      const { port1, port2 } = new MessageChannel();
      window.port = port1;
      window.frames[0]?.postMessage({ tradein: 1, type: "hello" }, "*", [port2]);
    });
    await send(page, messages);
    const followed = messages.filter(isWish);
    const onWindow = messages.filter((message) => fields(message).tradein !== undefined);
    // On the window, only a hello with a port is accepted, and none of these messages has a port.
    await page.evaluate((messages) => messages.forEach((message) => window.frames[0]?.postMessage(message, "*")), messages);
    const ignored = messages.length - followed.length + onWindow.length;
    await expect(frame.locator("html")).toHaveAttribute("data-ignored", `${ignored}`);
    expect(await frame.evaluate("followed")).toEqual(followed);
    expect(followed.length).toBeGreaterThan(MANY / 20);
    expect(await frame.locator("html").getAttribute("data-theme")).toMatch(/^(auto|light|dark)$/);
    expect(errors).toEqual([]);
  });
});
