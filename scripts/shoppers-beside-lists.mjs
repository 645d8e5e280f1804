// Checks that shoppers have priority: while two device lists are quoted, a shopper waits at most twice as
// long for a price as without them, at a partner that takes 50 ms.
//
//   node scripts/shoppers-beside-lists.mjs
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const tradein = resolve("target/release/tradein");
const LATENCY_MS = 50;
const SHOPPERS = 60;
const TOKEN = "token-of-shoppers-beside-lists-alone";
const account = { AHS_APP_ID: "LISTSPEED", AHS_APP_SECRET: "list-speed" };
const folder = mkdtempSync(join(tmpdir(), "tradein-shoppers-"));

/** A program and its first output. */
async function start(args, env) {
  const program = spawn(tradein, args, { env: { ...account, ...env }, stdio: ["ignore", "pipe", "ignore"] });
  const [said] = await once(program.stdout.setEncoding("utf8"), "data");
  return { program, base: /http:\S+/.exec(said)?.[0] ?? "" };
}

const partner = await start(["sandbox", "--addr", "127.0.0.1:0"], {});
const server = await start(["serve"], {
  AHS_API_URL: partner.base,
  AHS_DAILY_QUOTA: "100000",
  LEPTOS_SITE_ADDR: "127.0.0.1:0",
  LEPTOS_SITE_ROOT: resolve("target/site"),
  TRADEIN_DATABASE_URL: `sqlite://${folder}/tradein.db`,
  TRADEIN_OPERATOR_TOKEN: TOKEN,
});

/** Quotes for one shopper after the other, each for another device. Returns milliseconds, sorted. */
async function shoppers(name) {
  const waits = [];
  for (let number = 0; number < SHOPPERS; number += 1) {
    const form = { merchant: "demo", device_type: "手机", brand: "苹果", model: "iPhone 13", storage: "256GB", condition: "九成新" };
    const body = new URLSearchParams({ ...form, function_status: `${name}${number + 1_000}` });
    const start = performance.now();
    const answer = await fetch(`${server.base}/api/fn/quote`, { method: "POST", headers: { accept: "application/json" }, body });
    if (!answer.ok) throw new Error(`a shopper was answered with ${answer.status}`);
    waits.push(performance.now() - start);
  }
  return waits.sort((one, other) => one - other);
}

/** Uploads a list of that many devices and starts it. Returns the address of its page. */
async function quote(name, devices) {
  const row = (_, number) => `手机,苹果,iPhone 14 Pro,256,九成新,${name}${number + 10_000}处\n`;
  const rows = `类型,品牌,型号,容量,成色,功能\n${Array.from({ length: devices }, row).join("")}`;
  const headers = { authorization: `Bearer ${TOKEN}` };
  const form = new FormData();
  form.append("file", new Blob([rows]), `${name}.csv`);
  const sent = await fetch(`${server.base}/batch`, { method: "POST", headers, body: form });
  const begun = await fetch(sent.url, { method: "POST", headers, body: new URLSearchParams({ do: "start" }) });
  return begun.url;
}

const middle = (waits) => waits[Math.floor(waits.length / 2)];
const late = (waits) => waits[Math.floor(waits.length * 0.95)];
try {
  const faults = { latency_ms: LATENCY_MS, quota: 100_000 };
  const headers = { "content-type": "application/json" };
  await fetch(new URL("/_sandbox/faults", partner.base), { method: "POST", headers, body: JSON.stringify(faults) });
  await shoppers("按键1");
  const alone = await shoppers("按键2");
  const lists = [await quote("划痕1", 5_000), await quote("划痕2", 5_000)];
  const beside = await shoppers("按键3");
  for (const list of lists) {
    const page = await (await fetch(list, { headers: { authorization: `Bearer ${TOKEN}` } })).text();
    if (!page.includes("data-events")) throw new Error("a list had ended before the shoppers had");
  }
  let failed = false;
  for (const [name, of] of [["half of the shoppers", middle], ["95 % of them", late]]) {
    const ratio = of(beside) / of(alone);
    failed ||= ratio > 2;
    const waits = `${of(alone).toFixed(0)} ms alone, ${of(beside).toFixed(0)} ms beside two lists`;
    console.log(`${ratio.toFixed(2).padStart(8)}  wait of ${name} (${waits}), at most 2: ${ratio > 2 ? "BROKEN" : "held"}`);
  }
  process.exitCode = failed ? 1 : 0;
} finally {
  server.program.kill();
  partner.program.kill();
  rmSync(folder, { recursive: true, force: true });
}
