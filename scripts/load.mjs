#!/usr/bin/env node
/**
 * A long load: 200 requests a second, one in four for a new device, while a tenth of the partner's
 * answers are faults. At the end the audit must contain every call that the partner saw, and no other attempt
 * except those that may not have reached it; no record is lost, and memory must have stopped growing.
 *
 *   node scripts/load.mjs [MINUTES]
 *
 * Needs `target/release/tradein`.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { UNSEEN, callsOf } from "./lib/books.mjs";
import { Tally, send } from "./lib/send.mjs";
import { pause } from "./lib/waiting.mjs";

const MINUTES = Number(process.argv[2] ?? 10);
const RATE = 200;
const TICK_MS = 20;
const BINARY = new URL("../target/release/tradein", import.meta.url).pathname;

const folder = mkdtempSync(join(tmpdir(), "tradein-load-"));
const TOKEN = "token-of-the-load-which-nobody-else-has";
const settings = {
  LEPTOS_SITE_ADDR: "127.0.0.1:0",
  TRADEIN_DATABASE_URL: `sqlite://${folder}/tradein.db`,
  TRADEIN_OPERATOR_TOKEN: TOKEN,
  AHS_DAILY_QUOTA: "100000000",
};
const environment = { ...process.env, ...settings };
const server = spawn(BINARY, ["serve"], { env: environment, stdio: ["ignore", "pipe", "pipe"] });
let sandbox = "";
server.stderr.on("data", (text) => (sandbox ||= /sandbox=(http:\/\/[^/ ]+)/.exec(String(text))?.[1] ?? ""));
const base = await new Promise((done) => server.stdout.once("data", (text) => done(String(text).split("\n")[0])));

while (!sandbox) await pause(0.01);
await send(`${sandbox}/_sandbox/faults`, { json: { error_rate: 0.1, quota: 100_000_000 } });

let number = 0;
const statuses = new Tally();
const times = [];
function ask() {
  number += 1;
  const device = number % 4 === 0 ? number : number % 400;
  const form = {
    merchant: "demo", device_type: "手机", brand: "苹果", model: "iPhone 14 Pro", storage: "256GB", condition: "九成新",
    function_status: `按键${device}`,
  };
  return send(`${base}/api/fn/quote`, { form }).then(({ status, milliseconds }) => {
    statuses.add(status);
    if (typeof status === "number") times.push(milliseconds);
  });
}

const resident = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, "utf8"))?.[1]) / 1024;
const begin = performance.now();
const running = new Set();
let sent = 0;
let minute = 0;
while (performance.now() - begin < MINUTES * 60_000) {
  const due = Math.floor(((performance.now() - begin) / 1000) * RATE);
  for (; sent < due; sent++) {
    const one = ask().finally(() => running.delete(one));
    running.add(one);
  }
  if (performance.now() - begin >= (minute + 1) * 60_000) {
    minute += 1;
    console.log(`minute ${minute}: ${sent} sent, ${running.size} under way, ${resident().toFixed(0)} MiB resident`);
  }
  await pause(TICK_MS / 1000);
}
await Promise.all(running);

const stats = JSON.parse((await send(`${sandbox}/_sandbox/stats`)).text);
const metrics = (await send(`${base}/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } })).text;
const lost = /tradein_records_lost_total (\d+)/.exec(metrics)?.[1];
server.kill("SIGTERM");
await new Promise((done) => server.once("exit", done));
const exported = spawn(BINARY, ["audit", "export"], { env: environment, stdio: ["ignore", "pipe", "inherit"] });
const outcomes = new Tally();
for await (const line of createInterface(exported.stdout)) {
  // Columns before the outcome hold no comma.
  const outcome = line.split(",", 4)[3];
  if (outcome !== "outcome") outcomes.add(outcome);
}
const rows = outcomes.sum;
const unseen = outcomes.sumOf((outcome) => UNSEEN.test(outcome));
const made = callsOf(stats);
times.sort((one, other) => one - other);
const at = (share) => times[Math.floor(times.length * share)]?.toFixed(1);
console.log(`answers by status: ${statuses}`);
console.log(`50 % within ${at(0.5)} ms, 99 % within ${at(0.99)} ms`);
console.log(`attempts by outcome: ${outcomes}`);
console.log(`calls that the partner saw: ${made}; rows of the audit: ${rows}, of which it may not have seen ${unseen}; lost: ${lost}; most in flight: ${stats.most_in_flight}`);
rmSync(folder, { recursive: true });
const agree = rows - unseen <= made && made <= rows && lost === "0";
console.log(agree ? "the books agree" : "the books do not agree");
process.exitCode = agree ? 0 : 1;
