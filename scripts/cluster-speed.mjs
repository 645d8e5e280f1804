// Measures several instances behind the balancer: cached quotes a second and the processor's time for each, what Redis adds
// to a quote, and what a quote costs Redis and PostgreSQL.
//
//   node scripts/cluster-speed.mjs
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { Asker, quoteRequest } from "./lib/askers.mjs";
import { Cluster } from "./lib/cluster.mjs";
import { pause } from "./lib/waiting.mjs";

const CONNECTIONS = 16;
const ROUND_S = 3;
const QUOTES = 200;
const TICKS_A_SECOND = 100;
// nginx adds an address to the visitor's; a request past it has both. So each is counted as one of a visitor.
const VISITOR = "198.18.0.1";
const PAST_NGINX = `${VISITOR}, 127.0.0.1`;
const settings = { TRADEIN_TRUSTED_HOPS: "2", TRADEIN_VISITOR_LIMIT: "1000000", AHS_DAILY_QUOTA: "1000000", AHS_SHOPPER_RESERVE: "0" };

let failed = false;
function tell(name, value, most) {
  const held = most === undefined || value <= most;
  failed ||= !held;
  console.log(`${value.toFixed(2).padStart(9)}  ${name}${most === undefined ? "" : `, at most ${most}: ${held ? "held" : "BROKEN"}`}`);
}
const middle = (values) => values.sort((one, other) => one - other)[Math.floor(values.length / 2)];

/** Seconds of the processor that these processes have used. nginx works in a child. */
function used(pids) {
  const all = pids.flatMap((pid) => [pid, ...readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter(Boolean)]);
  return all.reduce((sum, pid) => {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ");
    return sum + (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
  }, 0);
}

/** Cached quotes over several connections. Returns quotes a second, and milliseconds of the processor for each by process. */
async function rate(cluster, base) {
  const past = quoteRequest("正常", PAST_NGINX);
  const request = base === cluster.balancer.base ? quoteRequest("正常", VISITOR) : past;
  const askers = await Promise.all(Array.from({ length: CONNECTIONS }, () => Asker.to(base)));
  // Every instance has it in its memory then.
  for (const instance of cluster.instances) for (const one of [await Asker.to(instance.base)]) await one.ask(past).then(() => one.close());
  const groups = {
    server: cluster.instances.map(({ pid }) => pid),
    nginx: [cluster.balancer.program.pid],
    redis: [cluster.redis.program.pid],
  };
  const before = Object.values(groups).map(used);
  const end = performance.now() + ROUND_S * 1000;
  const counts = await Promise.all(askers.map(async (asker) => {
    let count = 0;
    for (; performance.now() < end; count += 1) await asker.ask(request);
    return count;
  }));
  askers.forEach((asker) => asker.close());
  const count = counts.reduce((sum, one) => sum + one, 0);
  const costs = Object.keys(groups).map((name, index) => [name, ((used(groups[name]) - before[index]) * 1000) / count]);
  return { rate: count / ROUND_S, costs: Object.fromEntries(costs) };
}

const shown = (costs) => Object.entries(costs).map(([name, cost]) => `${name} ${cost.toFixed(3)} ms`).join(", ");

async function rates(instances, shared) {
  const cluster = await Cluster.open({ instances, direct: true, shared, settings });
  try {
    const own = await rate(cluster, cluster.instances[0].base);
    const behind = await rate(cluster, cluster.balancer.base);
    const name = `${instances === 1 ? "one instance" : `${instances} instances`}${shared ? ", with Redis" : ""}`;
    if (instances === 1) tell(`cached quotes a second, ${name}, asked directly (${shown(own.costs)})`, own.rate);
    tell(`cached quotes a second, ${name}, behind nginx (${shown(behind.costs)})`, behind.rate);
  } finally {
    await cluster.end();
  }
}

/** How long quotes take at an instance that has the price, at one that finds it in Redis, and without Redis. */
async function added() {
  const time = async (asker, name) => {
    const waits = [];
    for (let number = 0; number < QUOTES; number += 1) waits.push(await asker.ask(quoteRequest(`${name}${number}`, PAST_NGINX)));
    return middle(waits);
  };
  const alone = await Cluster.open({ instances: 1, direct: true, shared: false, settings });
  let without;
  try {
    const asker = await Asker.to(alone.instances[0].base);
    await time(asker, "甲");
    without = await time(asker, "甲");
  } finally {
    await alone.end();
  }
  const cluster = await Cluster.open({ instances: 2, direct: true, settings, postgres: ["shared_preload_libraries=pg_stat_statements"] });
  try {
    const [one, other] = await Promise.all(cluster.instances.map(({ base }) => Asker.to(base)));
    await time(one, "甲");
    const found = await time(other, "甲");
    const cached = await time(other, "甲");
    const both = `${cached.toFixed(2)} and ${without.toFixed(2)} ms`;
    tell(`ms that Redis adds to a cached quote, for the visitor's limit (${both})`, cached - without, 1);
    tell(`ms that finding a price in Redis takes longer than finding it in memory (${found.toFixed(2)} ms)`, found - cached, 1);
    await costs(cluster, other);
  } finally {
    await cluster.end();
  }
}

const STATEMENTS = `SELECT calls, mean_exec_time, regexp_replace(query, '\\s+', ' ', 'g') FROM pg_stat_statements
  WHERE query NOT LIKE '%pg_stat_statements%' ORDER BY calls DESC`;

/** Commands to Redis and statements to PostgreSQL for a quote. */
async function costs(cluster, asker) {
  const { postgres } = cluster;
  await postgres.query("CREATE EXTENSION pg_stat_statements");
  const measure = async (work) => {
    await postgres.query("SELECT pg_stat_statements_reset()");
    const monitor = spawn(cluster.redis.cli, ["-p", String(cluster.redis.port), "MONITOR"], { stdio: ["ignore", "pipe", "ignore"] });
    let lines = "";
    monitor.stdout.setEncoding("utf8").on("data", (text) => (lines += text));
    while (!lines.includes("OK")) await pause(0.01);
    const start = performance.now();
    await work();
    const milliseconds = performance.now() - start;
    // What is recorded after the answer.
    await pause(0.5);
    const statements = await postgres.query(STATEMENTS);
    monitor.kill();
    // What a script does is part of its one command.
    const commands = lines.split("\n").filter((line) => /^\d+\.\d+ \[\d+ [\d.:]+\]/.test(line)).length;
    return { commands, statements: statements.map(([calls, mean, query]) => [Number(calls), query, Number(mean)]), milliseconds };
  };
  const tellCosts = async (kind, goals, work) => {
    const busy = await measure(work);
    // What the instances do anyway, in the same time.
    const idle = await measure(() => pause(busy.milliseconds / 1000));
    const anyway = new Map(idle.statements.map(([calls, query]) => [query, calls]));
    const each = busy.statements
      .map(([calls, query, mean]) => [(calls - (anyway.get(query) ?? 0)) / QUOTES, query, mean])
      .filter(([calls]) => calls >= 0.1);
    tell(`commands to Redis for a ${kind} quote`, (busy.commands - idle.commands) / QUOTES, goals[0]);
    const inTransactions = (query) => /^(BEGIN|COMMIT)/.test(query);
    const sum = (fits) => each.filter(([, query]) => fits(query)).reduce((all, [calls]) => all + calls, 0);
    const around = sum(inTransactions).toFixed(2);
    tell(`statements to PostgreSQL for a ${kind} quote, and ${around} BEGIN and COMMIT`, sum((query) => !inTransactions(query)), goals[1]);
    for (const [calls, query, mean] of each) console.log(`           ${calls.toFixed(2)} of ${mean.toFixed(3)} ms  ${query.slice(0, 90)}`);
  };
  let waits = [];
  const ask = async (name) => {
    waits = [];
    for (let number = 0; number < QUOTES; number += 1) waits.push(await asker.ask(quoteRequest(`${name}${number}`, PAST_NGINX)));
  };
  await tellCosts("cached", [1, 0.05], () => ask("甲"));
  await tellCosts("fresh", [4, 4], () => ask("乙"));
  tell("ms for a fresh quote, of a partner that answers at once: half of them", middle(waits));
  tell("ms for a fresh quote, of a partner that answers at once: 99 % of them", waits[Math.floor(waits.length * 0.99)]);
}

await rates(1, false);
await rates(1, true);
await rates(3, true);
await added();
process.exitCode = failed ? 1 : 0;
