#!/usr/bin/env node
/**
 * Random faults of a machine, repeatable by a seed: kills the server; damages, removes, locks and fills its
 * disk; restores backups; moves clocks; cuts the network to the partner. Shoppers ask all the time. At
 * the end the records must agree: the partner got no more calls than the day's quota, each of them is in
 * the audit, and each quote that a shopper got can be opened.
 *
 *   node scripts/machine.mjs [MINUTES] [SEED]
 *
 * Needs `target/release/tradein`, sqlite3, prlimit and libfaketime.
 */
import { spawn, spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { callsOf } from "./lib/books.mjs";
import { canFakeTime, clockAhead } from "./lib/faketime.mjs";
import { randomFrom } from "./lib/random.mjs";
import { pause } from "./lib/waiting.mjs";

const MINUTES = Number(process.argv[2] ?? 10);
const SEED = Number(process.argv[3] ?? Math.floor(Math.random() * 2 ** 31));
const QUOTA = 2_000;
const ASKS_A_SECOND = 10;
const BINARY = new URL("../target/release/tradein", import.meta.url).pathname;

const { random, between } = randomFrom(SEED);

const folder = mkdtempSync(join(tmpdir(), "tradein-machine-"));
const data = join(folder, "data");
const database = join(data, "tradein.db");
const backup = join(folder, "backup.db");
const account = { AHS_APP_ID: "AHS2025MACHINE", AHS_APP_SECRET: "a secret of this run only" };
const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(AHS|TRADEIN|LEPTOS)_/.test(name)));

const problems = [];
/** Processes that were asked to end. */
const ended = new WeakSet();

/** Starts the program, and waits for its first output. */
async function start(args, variables) {
  // With the trap, a write beyond the limit of a file fails, as on a full disk; without it, the signal would end the process.
  const script = "trap '' XFSZ; exec \"$0\" \"$@\"";
  const options = { env: { ...clean, ...variables }, stdio: ["ignore", "pipe", "pipe"] };
  const child = spawn("/bin/sh", ["-c", script, BINARY, ...args], options);
  child.once("exit", (code, signal) => {
    if (!ended.has(child)) problems.push(`${args[0]} ended by itself: ${code ?? signal}`);
  });
  child.stderr.on("data", (text) => log.push(String(text)));
  const printed = await new Promise((done) => {
    child.stdout.once("data", (text) => done(String(text)));
    child.once("exit", () => done(""));
  });
  return { child, base: /http:\/\/[^\s/]+/.exec(printed)?.[0] ?? "" };
}
const log = [];

const partner = await start(["sandbox", "--addr", "127.0.0.1:0"], account);
async function faults(some) {
  const headers = { "content-type": "application/json" };
  await fetch(`${partner.base}/_sandbox/faults`, { method: "POST", headers, body: JSON.stringify(some) });
}
await faults({ quota: 1_000_000 });

const settings = {
  ...account,
  AHS_API_URL: `${partner.base}/api/v2`,
  AHS_DAILY_QUOTA: String(QUOTA),
  AHS_SHOPPER_RESERVE: "0",
  LEPTOS_SITE_ADDR: "127.0.0.1:0",
  TRADEIN_DATABASE_URL: `sqlite://${database}`,
  TRADEIN_OPERATOR_TOKEN: "token-of-the-machine-which-nobody-else-has",
  TRADEIN_VISITOR_LIMIT: "0",
};
const serve = (others = {}) => start(["serve"], { ...settings, ...others });
let server = await serve();

let asked = 0;
const statuses = new Map();
const given = new Set();
async function ask() {
  asked += 1;
  const form = new URLSearchParams({
    merchant: "demo", device_type: "手机", brand: "苹果", model: "iPhone 14 Pro", storage: "256GB", condition: "九成新",
    function_status: `按键${asked}`,
  });
  let status;
  try {
    const headers = { accept: "application/json" };
    const answer = await fetch(`${server.base}/api/fn/quote`, { method: "POST", headers, body: form, signal: AbortSignal.timeout(20_000) });
    status = answer.status;
    const told = await answer.json();
    if (status === 200) given.add(told.id);
  } catch (error) {
    status = error.cause?.code ?? error.name;
  }
  statuses.set(status, (statuses.get(status) ?? 0) + 1);
}

async function stop(signal) {
  const { child } = server;
  server = { ...server, base: "http://127.0.0.1:9" };
  const since = performance.now();
  ended.add(child);
  if (child.exitCode === null && child.signalCode === null) {
    child.kill(signal);
    await new Promise((done) => child.once("exit", done));
  }
  const took = (performance.now() - since) / 1000;
  if (took > 12) problems.push(`it took ${took.toFixed(1)} s to stop`);
}
const tradein = (...args) => spawnSync(BINARY, args, { env: { ...clean, ...settings }, encoding: "utf8" });
const prlimit = (limit) => spawnSync("prlimit", [`--fsize=${limit}:`, "--pid", String(server.child.pid)]);

/** The faults. Each repairs what it did before it ends. After a forced removal the server is not killed until the file is written again. */
const events = {
  "killed": async () => (await stop("SIGKILL"), (server = await serve())),
  "stopped": async () => (await stop("SIGTERM"), (server = await serve())),
  "database removed": async () => {
    // Databases that were set aside stay: they are part of the records.
    for (const suffix of ["", "-wal", "-shm", ".mark"]) rmSync(database + suffix, { force: true });
    await pause(8);
  },
  "database locked": async () => {
    const locking = spawn("sqlite3", [database], { stdio: ["pipe", "ignore", "ignore"] });
    locking.stdin.write("BEGIN IMMEDIATE;\n");
    await pause(between(1, 6));
    locking.stdin.end("ROLLBACK;\n");
    await new Promise((done) => locking.once("exit", done));
    await pause(3);
  },
  "disk full": async () => (prlimit("8192"), await pause(between(2, 6)), prlimit("unlimited"), await pause(3)),
  "database damaged": async () => {
    await stop("SIGTERM");
    copyFileSync(database, join(folder, "sound.db"));
    writeFileSync(database, "no database ".repeat(5_000));
    server = await serve();
    await pause(between(2, 5));
    await stop("SIGTERM");
    renameSync(join(folder, "sound.db"), database);
    for (const suffix of ["-wal", "-shm"]) rmSync(database + suffix, { force: true });
    server = await serve();
  },
  "backup": async () => (rmSync(backup, { force: true }), note(tradein("records", "backup", backup))),
  "older backup put back": async () => {
    if (!existsSync(backup)) return;
    await stop("SIGTERM");
    note(tradein("records", "restore", backup));
    server = await serve();
  },
  "a month ahead": async () => {
    if (!canFakeTime) return;
    await stop("SIGTERM");
    server = await serve(clockAhead(30 * 86_400));
    await pause(between(2, 5));
    await stop("SIGTERM");
    server = await serve();
  },
  "partner down": async () => (await faults({ error_rate: 1 }), await pause(between(2, 8)), await faults({ error_rate: 0 })),
  "partner slow": async () => (await faults({ latency_ms: 3_000 }), await pause(between(2, 8)), await faults({ latency_ms: 0 })),
  "partner's clock off": async () => {
    await faults({ clock_offset_seconds: Math.round(between(-900, 900)) });
    await pause(between(2, 8));
    await faults({ clock_offset_seconds: 0 });
  },
};
function note({ status, stdout, stderr }) {
  if (status !== 0) problems.push(`${stdout}${stderr}`.trim());
}

console.log(`seed ${SEED}, ${MINUTES} minutes${canFakeTime ? "" : "; without libfaketime, so the machine's clock stays"}`);
const end = performance.now() + MINUTES * 60_000;
const asking = (async () => {
  const under = new Set();
  while (performance.now() < end) {
    const one = ask().finally(() => under.delete(one));
    under.add(one);
    await pause(1 / ASKS_A_SECOND);
  }
  await Promise.all(under);
})();
const happened = new Map();
while (performance.now() < end) {
  await pause(between(1, 5));
  const names = Object.keys(events);
  const name = names[Math.floor(random() * names.length)];
  happened.set(name, (happened.get(name) ?? 0) + 1);
  await events[name]();
}
await asking;
await pause(3);

const headers = { authorization: `Bearer ${settings.TRADEIN_OPERATOR_TOKEN}` };
const readiness = await fetch(`${server.base}/readyz`, { headers }).then((answer) => answer.json(), (error) => ({ error: String(error.cause) }));
if (!readiness.ready) problems.push(`not ready at the end: ${JSON.stringify(readiness)}`);
await stop("SIGTERM");
const seen = await (await fetch(`${partner.base}/_sandbox/stats`)).json();
ended.add(partner.child);
partner.child.kill("SIGTERM");

/** All records: of the database, of those that were set aside, and of those from before a restore. */
const attempts = new Set();
const quotes = new Set();
for (const name of readdirSync(data)) {
  if (!/^tradein\.db(\.set-aside-\d+|\.before-restore-\d+)?$/.test(name)) continue;
  const select = (query) =>
    spawnSync("sqlite3", [join(data, name), query], { encoding: "utf8", maxBuffer: 2 ** 28 }).stdout.split("\n").filter(Boolean);
  for (const row of select("SELECT at, call, attempt, parameters FROM attempts")) attempts.add(row);
  for (const row of select("SELECT id FROM quotes")) quotes.add(row);
}
const used = tradein("audit", "export").status === 0
  ? Number(spawnSync("sqlite3", [database, "SELECT sum(used) FROM quota"], { encoding: "utf8" }).stdout)
  : NaN;
const made = callsOf(seen);
const refused = existsSync(`${database}.refused.jsonl`) ? readFileSync(`${database}.refused.jsonl`, "utf8").split("\n").length - 1 : 0;
const missing = [...given].filter((id) => !quotes.has(id)).length;

console.log(`happened: ${JSON.stringify(Object.fromEntries(happened))}`);
console.log(`asked ${asked}; answers by status: ${JSON.stringify(Object.fromEntries(statuses))}`);
console.log(`quota ${QUOTA}; counted ${used}; calls that the partner saw ${made}, of which it counted ${seen.quota_used}; attempts recorded ${attempts.size}; set aside ${refused}`);
console.log(`quotes given ${given.size}; of these not in the records: ${missing}`);
if (seen.quota_used > QUOTA) problems.push(`the partner counted ${seen.quota_used} calls of ${QUOTA}`);
if (!(used >= seen.quota_used)) problems.push(`${used} calls are counted here, and ${seen.quota_used} by the partner`);
if (attempts.size < made) problems.push(`${made - attempts.size} calls are not in the audit`);
if (missing > 0) problems.push(`${missing} quotes that shoppers were given are not in the records`);
const panics = log.join("").split("\n").filter((line) => line.includes("panicked"));
problems.push(...panics);
for (const problem of problems) console.log(`WRONG: ${problem}`);
console.log(problems.length === 0 ? "the books agree" : `the books do not agree; the log of all servers: ${join(folder, "log")}`);
if (problems.length === 0) rmSync(folder, { recursive: true });
else writeFileSync(join(folder, "log"), log.join(""));
process.exitCode = problems.length === 0 ? 0 : 1;
