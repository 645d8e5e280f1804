// Checks how fast a device list is quoted, and how much memory that takes:
//
//   10,000 rows of 2,000 devices, with a partner that answers in 50 ms: 1.1 times the ideal time at most;
//   50,000 rows of devices whose quotes are recorded: read, looked up and reported in 150 MB at most.
//
//   node scripts/list-speed.mjs
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const tradein = resolve("target/release/tradein");
const LATENCY_MS = 50;
const DEVICES = 2_000;
// Calls that lists make at once: of the five that the partner allows, one is reserved for shoppers.
const PLACES = 4;
const account = { AHS_APP_ID: "LISTSPEED", AHS_APP_SECRET: "list-speed" };
const folder = mkdtempSync(join(tmpdir(), "tradein-list-"));

let failed = false;
/** @param {string} name @param {number} value @param {number} most */
function tell(name, value, most) {
  const held = value <= most;
  failed ||= !held;
  console.log(`${value.toFixed(2).padStart(8)}  ${name}, at most ${most}: ${held ? "held" : "BROKEN"}`);
}

/** A list of so many rows; the devices repeat in turn. */
function list(rows) {
  const row = (_, number) => `手机,苹果,iPhone 14 Pro,256,九成新,划痕${number % DEVICES}处\n`;
  const path = join(folder, `${rows}.csv`);
  writeFileSync(path, `类型,品牌,型号,容量,成色,功能\n${Array.from({ length: rows }, row).join("")}`);
  return path;
}

/** Quotes a list: the seconds that it took, and the peak of resident memory in megabytes. */
async function quote(base, rows) {
  const input = list(rows);
  const start = performance.now();
  const run = spawn(tradein, ["batch", input, "-o", `${input}.xlsx`], {
    env: { ...account, AHS_API_URL: base, AHS_DAILY_QUOTA: "100000", TRADEIN_DATABASE_URL: `sqlite://${folder}/tradein.db` },
    stdio: ["ignore", "ignore", "ignore"],
  });
  let most = 0;
  const looking = setInterval(() => {
    try {
      const status = readFileSync(`/proc/${run.pid}/status`, "utf8");
      most = Math.max(most, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
    } catch {
      // The process has ended, and its file in /proc is gone.
    }
  }, 20);
  const [code] = await once(run, "exit");
  clearInterval(looking);
  if (code !== 0) throw new Error(`tradein batch ended with ${code}`);
  return { seconds: (performance.now() - start) / 1000, megabytes: most };
}

const partner = spawn(tradein, ["sandbox", "--addr", "127.0.0.1:0"], { env: account, stdio: ["ignore", "pipe", "inherit"] });
try {
  const [said] = await once(partner.stdout.setEncoding("utf8"), "data");
  const base = /http:\S+/.exec(said)?.[0];
  if (!base) throw new Error(`the sandbox said ${said}`);
  const faults = { latency_ms: LATENCY_MS, quota: 100_000 };
  const headers = { "content-type": "application/json" };
  await fetch(new URL("/_sandbox/faults", base), { method: "POST", headers, body: JSON.stringify(faults) });
  const ideal = (DEVICES / PLACES) * (LATENCY_MS / 1000);
  const first = await quote(base, 10_000);
  tell("10,000 rows against the ideal, with start and report", first.seconds / ideal, 1.1);
  const known = await quote(base, 50_000);
  tell("50,000 known rows, read and reported, s", known.seconds, 8);
  tell("50,000 rows, MB", Math.max(first.megabytes, known.megabytes), 150);
  const stats = await (await fetch(new URL("/_sandbox/stats", base))).json();
  tell("devices asked for more than once", stats.repeated_devices, 0);
} finally {
  partner.kill();
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = failed ? 1 : 0;
