import { chromium } from "@playwright/test";
const b = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox","--disable-quic","--disable-background-networking"] });
const base = "http://127.0.0.1:3100";
const which = process.argv[2] ?? "all";
for (const [w, h] of [[360, 740], [1280, 900]]) for (const scheme of ["light", "dark"]) for (const locale of ["zh-CN", "en"]) {
  if (process.argv[3] && !process.argv[3].split(",").includes(`${w}-${scheme}-${locale}`)) continue;
  const p = await b.newPage({ viewport: { width: w, height: h }, colorScheme: scheme });
  p.on("console", m => ["error","warning"].includes(m.type()) && console.log(m.text()));
  p.on("pageerror", e => console.log("PAGEERROR", e.message));
  const name = (n) => `/tmp/shots/${n}-${w}-${scheme}-${locale}.png`;
  if (/all|home/.test(which)) { await p.goto(`${base}/?locale=${locale}`); await p.waitForTimeout(2500); await p.screenshot({ path: name("home"), fullPage: true }); }
  if (/all|preview/.test(which)) { await p.goto(`${base}/preview?locale=${locale}`); await p.waitForTimeout(2500); await p.screenshot({ path: name("preview"), fullPage: true }); }
  if (/all|widget/.test(which)) {
    await p.goto(`${base}/widget/demo?locale=${locale}&product_price=799900&product_name=Sample`);
    await p.waitForSelector("html[data-awake]", { timeout: 5000 });
    await p.screenshot({ path: name("widget"), fullPage: true });
    await p.fill("#keyword", "iphone 14 pro"); await p.click(".results .result:has-text(\"iPhone 14 Pro\") >> nth=0");
    await p.click(".sizes .choice >> nth=1"); await p.click("#condition .choice >> nth=2"); await p.click("#function_status .rows .choice >> nth=1");
    await p.click(".check >> nth=1");
    await p.screenshot({ path: name("filled"), fullPage: true });
    await p.click(".submit .primary"); await p.waitForURL(/quote/); await p.waitForTimeout(300);
    await p.screenshot({ path: name("quote"), fullPage: true });
  }
  if (/all|trouble/.test(which)) {
    await p.goto(`${base}/widget/demo?locale=${locale}`); await p.waitForSelector("html[data-awake]");
    await p.click(".submit .primary"); await p.waitForTimeout(200); await p.screenshot({ path: name("trouble"), fullPage: true });
    await p.goto(`${base}/nowhere?locale=${locale}`); await p.screenshot({ path: name("nowhere") });
  }
  await p.close();
}
await b.close();
