// Checks how fast the widget's pages are on a phone (Lighthouse's mobile preset), that a shop's page is as
// fast with the widget as without it, the time from the press of the button to the price for a cached
// device, and that search engines can read what a model is worth.
//
//   node scripts/page-speed.mjs LIGHTHOUSE
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { withLiveServer, withServer } from "./lib/server.mjs";

const lighthouse = process.argv[2];
const chromium = process.env.CHROMIUM ?? "/usr/bin/chromium";
const FLAGS = ["--no-sandbox", "--headless=new", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const RUNS = 3;
const PRESSES = 20;
const DEVICE = {
  merchant: "demo", locale: "en", device_type: "手机", brand: "苹果", model: "iPhone 14 Pro", storage: "256GB",
  condition: "九成新", function_status: "正常",
};

let failed = false;
/** @param {string} name @param {number} value @param {boolean} held @param {string} budget */
function tell(name, value, held, budget) {
  failed ||= !held;
  console.log(`${String(value).padStart(8)}  ${name}, ${budget}: ${held ? "held" : "BROKEN"}`);
}

function median(values) {
  return values.sort((one, other) => one - other)[Math.floor(values.length / 2)];
}

/** Lighthouse's report of an address. */
async function report(folder, address, categories = "performance,accessibility,best-practices") {
  const file = join(folder, "report.json");
  const run = spawn(
    lighthouse,
    [
      address, "--quiet", "--output=json", `--output-path=${file}`, `--only-categories=${categories}`,
      `--chrome-flags=${FLAGS.join(" ")}`,
    ],
    { env: { ...process.env, CHROME_PATH: chromium }, stdio: ["ignore", "ignore", "inherit"] },
  );
  const [code] = await once(run, "exit");
  if (code !== 0) throw new Error(`Lighthouse ended with ${code}`);
  return JSON.parse(readFileSync(file, "utf8"));
}

async function holdPage(folder, base, path) {
  const reports = [];
  for (let run = 0; run < RUNS; run += 1) reports.push(await report(folder, base + path));
  const page = path.replace(/\?.*|(?<=quote\/).*/, "");
  const figure = (read) => median(reports.map(read));
  for (const category of ["performance", "accessibility", "best-practices"]) {
    const score = Math.round(100 * figure(({ categories }) => categories[category].score));
    tell(`${page} ${category}`, score, score === 100, "100");
  }
  const audit = (name) => figure(({ audits }) => audits[name].numericValue);
  const paint = Math.round(audit("largest-contentful-paint"));
  tell(`${page} largest contentful paint, ms`, paint, paint <= 1200, "at most 1200");
  const blocked = Math.round(audit("total-blocking-time"));
  tell(`${page} total blocking time, ms`, blocked, blocked <= 50, "at most 50");
  const shift = audit("cumulative-layout-shift");
  tell(`${page} layout shift`, shift, shift === 0, "0");
}

/** A shop's page with the widget below the fold, and the same page without. */
async function holdShop(folder, base) {
  const element = `<script type="module" src="${base}/embed/v1.js"></script><trade-in-widget merchant="demo"></trade-in-widget>`;
  const shop = createServer((request, response) => {
    const widget = request.url === "/with" ? element : "";
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(`<!doctype html><html lang="en"><title>Shop</title><meta name="viewport" content="width=device-width">
      <main><h1>A phone</h1>${"<p>More about the phone.</p>".repeat(200)}${widget}</main></html>`);
  });
  await once(shop.listen(0, "127.0.0.1"), "listening");
  const score = async (path) => {
    const { categories } = await report(folder, `http://localhost:${shop.address().port}${path}`);
    return Math.round(100 * categories.performance.score);
  };
  const [without, withIt] = [await score("/without"), await score("/with")];
  tell("a shop's page performance with the widget", withIt, withIt === without, `as without: ${without}`);
  shop.close();
}

/** The time from the press to the price on the screen, in ms, and that of an empty page as a baseline. */
async function holdPress(base) {
  const { chromium: driver } = createRequire(resolve("end2end/package.json"))("@playwright/test");
  const browser = await driver.launch({ executablePath: chromium, args: FLAGS.filter((flag) => !flag.startsWith("--headless")) });
  const page = await browser.newPage();
  const bare = [];
  const presses = [];
  for (let press = 0; press < PRESSES; press += 1) {
    await page.goto(`${base}/healthz`);
    bare.push(await page.evaluate(() => performance.getEntriesByType("navigation")[0].duration));
    await page.goto(`${base}/widget/demo?${new URLSearchParams(DEVICE)}`);
    await page.waitForSelector("html[data-awake]", { state: "attached" });
    // Counted from the press in the page, without the time of the browser driver.
    await page.evaluate(() => {
      const note = () => sessionStorage.setItem("pressed", `${performance.timeOrigin + performance.now()}`);
      addEventListener("pointerdown", note, { capture: true, once: true });
    });
    await page.click("button.primary:visible");
    await page.waitForSelector(".amount");
    presses.push(
      await page.evaluate(() => {
        const painted = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? performance.now();
        return performance.timeOrigin + painted - Number(sessionStorage.getItem("pressed"));
      }),
    );
  }
  await browser.close();
  const price = Math.round(median(presses));
  tell(`press to price, ms (a bare page: ${Math.round(median(bare))})`, price, price <= 100, "at most 100");
}

/** What search engines get of a model's value, in each of the page's addresses; a sandbox's prices are not for them. */
async function holdSearch(folder, base, live) {
  await price(base);
  const path = `/value/${[DEVICE.device_type, DEVICE.brand, DEVICE.model].map(encodeURIComponent).join("/")}`;
  // The price is recorded a moment after the answer.
  while (!(await fetch(base + path)).ok) await new Promise((done) => setTimeout(done, 50));
  if (!live) {
    const noindex = (await (await fetch(base + path)).text()).includes('content="noindex"');
    return tell("a sandbox's value page is not indexed", Number(noindex), noindex, "1");
  }
  for (const query of ["", "?locale=zh-CN", "?locale=en", "?locale=en&storage=256GB"]) {
    const { categories, audits } = await report(folder, base + path + query, "seo");
    const score = Math.round(100 * categories.seo.score);
    tell(`/value${query} seo`, score, score === 100, "100");
    for (const { id } of categories.seo.auditRefs) if (audits[id].score === 0) console.log(`          ${id}: ${audits[id].title}`);
  }
}

/** Has a price asked for, and returns the quote's id. */
async function price(base) {
  const headers = { "content-type": "application/x-www-form-urlencoded", accept: "application/json" };
  const quote = await fetch(`${base}/api/fn/quote`, { method: "POST", headers, body: `${new URLSearchParams(DEVICE)}` });
  return (await quote.json()).id;
}

await withLiveServer((base, folder) => holdSearch(folder, base, true));
await withServer(async (base, folder) => {
  const id = await price(base);
  await holdSearch(folder, base, false);
  await holdPress(base);
  await holdShop(folder, base);
  await holdPage(folder, base, "/widget/demo?locale=en");
  await holdPage(folder, base, `/quote/${id}?locale=en&product_price=799900`);
});
process.exit(failed ? 1 : 0);
