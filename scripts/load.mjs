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
import { Agent, request } from "node:http";

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

const agent = new Agent({ keepAlive: true, maxSockets: 64 });
/** @returns {Promise<{status: number, text: string}>} */
function send(address, method = "GET", body = undefined, type = "application/x-www-form-urlencoded", others = {}) {
  return new Promise((done, fail) => {
    const headers = { accept: "application/json", ...(body && { "content-type": type }), ...others };
    const asked = request(address, { method, agent, headers }, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (part) => (text += part));
      answer.on("end", () => done({ status: answer.statusCode ?? 0, text }));
    });
    asked.on("error", fail).end(body);
  });
}

while (!sandbox) await new Promise((done) => setTimeout(done, 10));
const faults = JSON.stringify({ error_rate: 0.1, quota: 100_000_000 });
await send(`${sandbox}/_sandbox/faults`, "POST", faults, "application/json");

let number = 0;
const statuses = new Map();
const times = [];
function ask() {
  number += 1;
  const device = number % 4 === 0 ? number : number % 400;
  const form = new URLSearchParams({
    merchant: "demo", device_type: "手机", brand: "苹果", model: "iPhone 14 Pro", storage: "256GB", condition: "九成新",
    function_status: `按键${device}`,
  });
  const start = performance.now();
  const count = (status) => statuses.set(status, (statuses.get(status) ?? 0) + 1);
  return send(`${base}/api/fn/quote`, "POST", form.toString()).then(
    ({ status }) => (times.push(performance.now() - start), count(status)),
    (error) => count(error.code ?? String(error)),
  );
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
  await new Promise((done) => setTimeout(done, TICK_MS));
}
await Promise.all(running);

const stats = JSON.parse((await send(`${sandbox}/_sandbox/stats`)).text);
const metrics = (await send(`${base}/metrics`, "GET", undefined, undefined, { authorization: `Bearer ${TOKEN}` })).text;
const lost = /tradein_records_lost_total (\d+)/.exec(metrics)?.[1];
server.kill("SIGTERM");
await new Promise((done) => server.once("exit", done));
const exported = spawn(BINARY, ["audit", "export"], { env: environment, stdio: ["ignore", "pipe", "inherit"] });
const outcomes = new Map();
for await (const line of createInterface(exported.stdout)) {
  // Columns before the outcome hold no comma.
  const outcome = line.split(",", 4)[3];
  outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
}
outcomes.delete("outcome");
const rows = [...outcomes.values()].reduce((sum, count) => sum + count, 0);
/** Attempts that the partner may not have seen: their connection could not be opened, or broke. */
const UNSEEN = /^(|timeout|connect|connect_timeout|connection_refused|no_connection|no_route|not_let_out|out_of_files)$/;
const unseen = [...outcomes].reduce((sum, [outcome, count]) => sum + (UNSEEN.test(outcome) ? count : 0), 0);

const made = Object.values(stats.calls).reduce((sum, calls) => sum + calls, 0);
times.sort((one, other) => one - other);
const at = (share) => times[Math.floor(times.length * share)]?.toFixed(1);
console.log(`answers by status: ${JSON.stringify(Object.fromEntries(statuses))}`);
console.log(`50 % within ${at(0.5)} ms, 99 % within ${at(0.99)} ms`);
console.log(`attempts by outcome: ${JSON.stringify(Object.fromEntries(outcomes))}`);
console.log(`calls that the partner saw: ${made}; rows of the audit: ${rows}, of which it may not have seen ${unseen}; lost: ${lost}; most in flight: ${stats.most_in_flight}`);
rmSync(folder, { recursive: true });
const agree = rows - unseen <= made && made <= rows && lost === "0";
console.log(agree ? "the books agree" : "the books do not agree");
process.exitCode = agree ? 0 : 1;
