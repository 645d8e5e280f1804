// Checks how long a shopper waits for a comparison of three buyers, one of which is down and one of which takes five
// seconds: from the press of the button to the price on the screen. Each press is about another device, so that
// no answer is known.
//
//   node scripts/compare-speed.mjs
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { withServer } from "./lib/server.mjs";

const MOST = 1600;
const GRADES = ["全新", "九五新", "九成新", "八成新", "七成新", "六成新", "五成新"];
const SECRET = "a-secret-for-this-run-only";
const account = (id) => ({ AHS_APP_ID: id, AHS_APP_SECRET: SECRET });

/** A sandbox with that account, for as long as `work` takes. @param {string} id @param {(url: string) => Promise<void>} work */
async function withSandbox(id, work) {
  const env = { PATH: process.env.PATH, RUST_LOG: "error", ...account(id) };
  const sandbox = spawn("target/release/tradein", ["sandbox", "--addr", "127.0.0.1:0"], { env, stdio: ["ignore", "pipe", "inherit"] });
  try {
    const [printed] = await once(sandbox.stdout, "data");
    const [address] = /http:\/\/\S+/.exec(String(printed)) ?? [];
    if (!address) throw new Error(`the sandbox printed no address: ${printed}`);
    await work(address);
  } finally {
    sandbox.kill();
    await once(sandbox, "exit");
  }
}

/** The settings: three buyers, which a merchant compares. The port of the last one is closed. */
const settings = (quick, slow) => `
[[providers]]
name = "quick"
kind = "aihuishou"
app_id = "QUICK"
secret_env = "SECRET"
url = "${quick}"
[[providers]]
name = "slow"
kind = "aihuishou"
app_id = "SLOW"
secret_env = "SECRET"
url = "${slow}"
[[providers]]
name = "down"
kind = "http"
url = "http://127.0.0.1:9"
secret_env = "BUYER_SECRET"
[[merchants]]
id = "shop"
name = "Shop"
providers = ["quick", "slow", "down"]
compare = true
`;

/** The times from the press to the price, in ms. @param {string} base */
async function presses(base) {
  const { chromium } = createRequire(resolve("end2end/package.json"))("@playwright/test");
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  const page = await browser.newPage();
  const times = [];
  for (const condition of GRADES) {
    const device = {
      merchant: "shop", locale: "en", device_type: "手机", brand: "苹果", model: "iPhone 14 Pro", storage: "256GB",
      condition, function_status: "正常",
    };
    await page.goto(`${base}/widget/shop?${new URLSearchParams(device)}`);
    await page.waitForSelector("html[data-awake]", { state: "attached" });
    await page.evaluate(() => {
      const note = () => sessionStorage.setItem("pressed", `${performance.timeOrigin + performance.now()}`);
      addEventListener("pointerdown", note, { capture: true, once: true });
    });
    await page.click("button.primary:visible");
    await page.waitForSelector(".amount");
    times.push(
      await page.evaluate(() => {
        const painted = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? performance.now();
        return performance.timeOrigin + painted - Number(sessionStorage.getItem("pressed"));
      }),
    );
  }
  await browser.close();
  return times.sort((one, other) => one - other);
}

const folder = mkdtempSync(join(tmpdir(), "tradein-compare-"));
let held = false;
await withSandbox("QUICK", (quick) =>
  withSandbox("SLOW", async (slow) => {
    const file = join(folder, "tradein.toml");
    writeFileSync(file, settings(quick, slow));
    const faults = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ latency_ms: 5000 }) };
    await fetch(new URL("/_sandbox/faults", slow), faults);
    const secrets = { TRADEIN_CONFIG: file, SECRET, BUYER_SECRET: `whsec_${Buffer.alloc(24, 7).toString("base64")}` };
    await withServer(async (base) => {
      const times = await presses(base);
      const [half, longest] = [times[Math.floor(times.length / 2)], times.at(-1)].map(Math.round);
      held = half <= MOST;
      console.log(`${String(half).padStart(8)}  comparison of three buyers, one down and one slow, press to price, ms (longest ${longest}), at most ${MOST}: ${held ? "held" : "BROKEN"}`);
    }, secrets);
  }),
);
rmSync(folder, { recursive: true, force: true });
process.exitCode = held ? 0 : 1;
