import { execFile } from "node:child_process";
import { copyFile, mkdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import type { Page } from "@playwright/test";
import { createElement, type FunctionComponent } from "react";
import { renderToString } from "react-dom/server";
import { serveLibraries } from "../../support/libraries";
import { DEMO, expect, expectHeight, inside, seen, test } from "../../support/shop";
import type { Site } from "../../support/site";
import { QUOTE } from "../../support/stand-in";

const ROOT = resolve(import.meta.dirname, "../../..");

/** The example's component as a server imports it, with React in a folder beside it. */
async function imported(folder: string): Promise<{ Shop: FunctionComponent<{ product: unknown }>; PRODUCT: unknown }> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, "react-ssr.js");
  await copyFile(join(ROOT, "docs/examples/react-ssr.js"), path);
  return import(pathToFileURL(path).href);
}

/** Serves the example with the server's markup; the browser's script waits for `woken`. */
async function serve(shop: Site, widget: Site, markup: string, woken = Promise.resolve()): Promise<string> {
  serveLibraries(shop);
  const example = (name: string) => readFile(join(ROOT, "docs/examples", name), "utf8");
  const text = (await example("react-ssr.html")).replaceAll("https://HOST", widget.origin).replace("<!-- SERVER -->", markup);
  shop.at("/react-ssr.js", async () => {
    await woken;
    return { body: await example("react-ssr.js"), type: "text/javascript" };
  });
  return shop.at("/product", { body: text });
}

async function accept(page: Page): Promise<void> {
  await (await inside(page)).evaluate((quote) => {
    document.dispatchEvent(new CustomEvent("tradein:post", { detail: { type: "accept", quote } }));
  }, QUOTE);
}

for (const name of ["v1.js", "value.js"]) test(`${name} is imported on a server without a throw, and does nothing there`, async () => {
  const script = `await import(${JSON.stringify(pathToFileURL(join(ROOT, "public/embed", name)).href)}); console.log(typeof document)`;
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", script], {
    env: { ...process.env, NODE_OPTIONS: "", NODE_NO_WARNINGS: "1" },
  });
  expect([stdout.trim(), stderr.replace(/^.*MODULE_TYPELESS[^]*$/m, "")]).toEqual(["undefined", ""]);
});

test.describe("a page that a server draws and React wakes", () => {
  for (const order of ["at once", "after the widget is up"]) {
    test(`hears of an acceptance, woken ${order}`, async ({ page, shop, widget }, info) => {
      const errors: string[] = [];
      page.on("pageerror", (error) => errors.push(error.message));
      // Errors from React, without others such as a missing icon.
      page.on("console", (message) => message.type() === "error" && /hydrat|React/i.test(message.text()) && errors.push(message.text()));
      const { Shop, PRODUCT } = await imported(info.outputPath("server"));
      const markup = renderToString(createElement(Shop, { product: PRODUCT }));
      expect(markup).toContain('<trade-in-widget merchant="demo" locale="zh-CN" product-price="799900"');
      let wake = () => {};
      const woken = order === "at once" ? undefined : new Promise<void>((done) => (wake = done));
      await page.goto(await serve(shop, widget, markup, woken), { waitUntil: "commit" });
      await expectHeight(page, 900);
      wake();
      await page.waitForFunction(() => Object.keys(document.getElementById("credit") ?? {}).some((key) => key.startsWith("__react")));
      await accept(page);
      await expect(page.locator("#credit")).toHaveText("抵扣 ¥4500");
      // It is still the server's element, with the same frame.
      await expect(page.locator("iframe")).toHaveCount(1);
      expect(await seen(page, "ready")).toHaveLength(1);
      expect(errors).toEqual([]);
    });
  }

  test("hears of it as well by a listener on the document", async ({ page, shop, widget }) => {
    const listener = '<script>document.addEventListener("tradein:accept", ({ detail }) => (document.title = detail.id))</script>';
    const script = `<script type="module" src="${widget.origin}/embed/v1.js"></script>`;
    await page.goto(shop.at("/", { body: `<!doctype html><meta name="viewport" content="width=device-width">${listener}${DEMO}${script}` }));
    await expectHeight(page, 900);
    await accept(page);
    await expect(page).toHaveTitle(QUOTE.id);
  });
});
