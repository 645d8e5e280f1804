// Takes a picture of each state of the widget, for reviews: one sheet for each width, language and theme,
// in docs/pictures/states. Needs what `make test` installs.
import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { withServer } from "./lib/server.mjs";

const { chromium } = createRequire(resolve("end2end/package.json"))("@playwright/test");
const OUT = "docs/pictures/states";
/** In pixels: the width of the page, and the width of its picture on the sheet. */
const WIDTHS = [{ page: 360, picture: 300, columns: 7 }, { page: 1280, picture: 480, columns: 5 }];
/** The height that the sheet shows of a page, in pixels. */
const MOST = 3400;

await withServer(async (base) => {
  const studio = await (await fetch(`${base}/preview?locale=en`)).text();
  const states = [...studio.matchAll(/<option value="(\w+)"[^>]*data-state/g)].map(([, state]) => state);
  mkdirSync(OUT, { recursive: true });
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium-headless-shell", args: ["--no-sandbox"] });
  for (const width of WIDTHS) {
    for (const locale of ["zh-CN", "en"]) {
      for (const colorScheme of ["light", "dark"]) {
        const name = join(OUT, `${width.page}-${locale}-${colorScheme}.jpg`);
        await sheet(browser, base, states, { width, locale, colorScheme, name });
        console.log(name);
      }
    }
  }
  await browser.close();
});

async function sheet(browser, base, states, { width, locale, colorScheme, name }) {
  const context = await browser.newContext({ colorScheme, viewport: { width: width.page, height: 740 } });
  const page = await context.newPage();
  const query = new URLSearchParams({ locale, product_price: "799900", product_name: "iPhone 17 Pro" });
  const cells = [];
  for (const state of states) {
    await page.goto(`${base}/preview/state/${state}?${query}`);
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    const clip = { x: 0, y: 0, width: width.page, height: Math.min(height, MOST) };
    const picture = await page.screenshot({ fullPage: true, clip });
    cells.push(`<figure><figcaption>${state}</figcaption><img src="data:image/png;base64,${picture.toString("base64")}"></figure>`);
  }
  const style = `body{margin:8px;background:#888;font:16px sans-serif;display:grid;gap:8px;align-items:start;
    grid-template-columns:repeat(${width.columns},${width.picture}px);width:max-content}figure{margin:0}img{width:100%;display:block}`;
  // An empty page, because the policy of the server's pages blocks `data:` pictures.
  const paper = await context.newPage();
  await paper.setContent(`<style>${style}</style>${cells.join("")}`);
  const clip = await paper.locator("body").boundingBox();
  await paper.screenshot({ path: name, fullPage: true, type: "jpeg", quality: 55, clip });
  await context.close();
}
