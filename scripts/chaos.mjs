#!/usr/bin/env node
/**
 * Three instances under load, while instances are killed and hang, ways to the engines are cut, stalled and slowed, and
 * engines are restarted and full. The instances' clocks are ten minutes apart. Repeatable by a seed. At the end all books
 * must agree.
 *
 *   node scripts/chaos.mjs [MINUTES] [SEED]
 *   node scripts/chaos.mjs short             half a minute, the same faults each time
 *
 * Needs `target/release/tradein`, PostgreSQL, Redis or Valkey, and nginx.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Books, deviceBooks, lostRecords, offerBooks, partnerBooks, recordBooks } from "./lib/books.mjs";
import { Cluster } from "./lib/cluster.mjs";
import { Hurt, LISTS_WITHIN, PLACES_WITHIN } from "./lib/hurt.mjs";
import { randomFrom } from "./lib/random.mjs";
import { Receiver } from "./lib/receiver.mjs";
import { LIMIT, Shoppers } from "./lib/shoppers.mjs";
import { Watch } from "./lib/watch.mjs";
import { freePorts, pause, until } from "./lib/waiting.mjs";

const SHORT = process.argv[2] === "short";
const MINUTES = SHORT ? 0 : Number(process.argv[2] ?? 3);
const SEED = SHORT ? 21 : Number(process.argv[3] ?? Math.floor(Math.random() * 2 ** 31));
const QUOTA = SHORT ? 1_500 : Math.round(2_000 + 1_500 * MINUTES);
const PLACES = 5;
const LATENCY_MS = 60;
/** Requests a second of each kind, and the devices of a list. */
const RATES = SHORT
  ? { known: 10, fresh: 2, joints: 1, races: 0.5, listed: 60 }
  : { known: 20, fresh: 3, joints: 0.5, races: 0.5, listed: 300 };
/** The faults of the short form. The long one brings each about at least once. */
const FEW = [
  "an instance is killed", "Redis is killed, and starts empty", "an instance hangs for a moment", "PostgreSQL is killed",
  "PostgreSQL's disk is full", "a newer version changes the schema",
];
const WEBHOOKS = "TRADEIN_CHAOS_WEBHOOKS";
const random = randomFrom(SEED);

console.log(`seed ${SEED}`);
const [port] = await freePorts(1);
const receiver = await Receiver.open(port, () => random.random() < 0.1);
const merchants = `[[merchants]]
id = "demo"
name = "Chaos"
origins = ["http://127.0.0.1:*"]

[[merchants.webhooks]]
url = "${receiver.url}"
secret_env = "${WEBHOOKS}"
`;
// Each judges times by its own clock, the partner's Date or the database.
const CLOCKS = [-600, 0, 600];
const cluster = await Cluster.open({
  merchants,
  clocks: CLOCKS,
  disk: 64,
  settings: {
    [WEBHOOKS]: receiver.secret,
    AHS_DAILY_QUOTA: String(QUOTA),
    AHS_SHOPPER_RESERVE: "0",
    TRADEIN_API_LIMIT: "0",
    TRADEIN_VISITOR_LIMIT: String(LIMIT),
    // This process stands for a proxy before nginx, so that there are many visitors.
    TRADEIN_TRUSTED_HOPS: "2",
  },
});
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));

const books = new Books();
const watch = new Watch(cluster);
let shoppers;
let hurt;
try {
  await cluster.faults({ latency_ms: LATENCY_MS, quota: 1_000_000 });
  const { key } = JSON.parse(await cluster.tradein("keys", "create", "demo", "--json"));
  shoppers = new Shoppers(cluster, key, random, () => !hurt.active);
  // Among other tests the machine may be busy.
  hurt = new Hurt(cluster, shoppers, random, SHORT ? { pace: 0.4, within: 30 } : {});
  await until("all is well at the start", () => hurt.is_well());
  shoppers.start(RATES);
  await bring_about_faults();
  await shoppers.end();
  await settle();
  await Promise.all(hurt.following);
  await books_of();
} catch (error) {
  books.check("it ran to its end", false, error.stack);
  shoppers?.leave();
}
receiver.close();
const { broken } = books;
const failed = broken.length > 0;
await cluster.end({ keep: failed });
console.log(`\n  ${books.checks.length - broken.length} passed`);
if (failed) console.log(`  ${broken.length} failed; seed ${SEED}; the logs are in ${cluster.folder}: ${broken.join("; ")}`);
process.exit(failed ? 1 : 0);

async function bring_about_faults() {
  const end = performance.now() + MINUTES * 60_000;
  const names = Object.keys(hurt.faults);
  const mixed = () => names.map((name) => [random.random(), name]).sort(([one], [other]) => one - other).map(([, name]) => name);
  // Those of PostgreSQL last, because meanwhile more calls may be at the partner at once: see Hurt.note_calls.
  // Only root may mount a disk that can be filled.
  const order = SHORT ? FEW.filter((name) => name in hurt.faults) : mixed().sort((one, other) => one.includes("PostgreSQL") - other.includes("PostgreSQL"));
  while (order.length > 0 || performance.now() < end) {
    const name = order.shift() ?? random.oneOf(names);
    const healed = await hurt.bring_about(name);
    console.log(`${name}: well again ${healed.toFixed(1)} s after the repair`);
    await pause(random.between(1, 3) * hurt.pace);
  }
}

/** Lists end, and all webhooks arrive. A webhook that a killed instance was sending is due again after a minute. */
async function settle() {
  const none = (sql) => async () => (await cluster.postgres.number(`SELECT count(*) FROM ${sql}`)) === 0;
  await until("each list is done", none("batches WHERE state <> 'done'"), 120);
  await until("each webhook has arrived", none("deliveries WHERE state = 'open'"), 300);
}

async function books_of() {
  await limit_of_a_visitor();
  // So that one at least is judged.
  await watch.undisturbed(() => shoppers.ask_at_once());
  await use_up();
  await watch.end();
  const stats = await cluster.stats();
  const lost = await lostRecords(cluster);
  await Promise.all(cluster.instances.map((instance) => instance.end("SIGTERM")));
  const healed = Math.max(...hurt.happened.map((fault) => fault.healed));
  console.log(`faults: ${hurt.happened.length}; healing took at most ${healed.toFixed(1)} s`);
  for (const [kind, tally] of Object.entries(shoppers.statuses)) console.log(`answers to ${kind}: ${tally}`);
  const waits = shoppers.waits.sort((one, other) => one - other);
  const at = (share) => waits[Math.floor(waits.length * share)]?.toFixed(1);
  console.log(`known prices while all was well: 50 % within ${at(0.5)} ms, 99 % within ${at(0.99)} ms`);
  await partnerBooks(books, cluster, stats, { quota: QUOTA, places: PLACES, most: hurt.most });
  const during = (from, to) => hurt.happened.some((fault) => fault.from <= to && from <= fault.until);
  const wrong = (from, to) => watch.between(from, to) || during(from, to);
  await deviceBooks(books, cluster, shoppers, wrong);
  await offerBooks(books, cluster, shoppers, receiver, wrong);
  await recordBooks(books, cluster, shoppers);
  books.check("no instance gave up a record", lost === 0, lost);
  const takeovers = hurt.taken_over.map((seconds) => seconds.toFixed(1)).join(", ") || "no instance that died held one";
  books.check(`lists are taken over within ${LISTS_WITHIN} s`, hurt.taken_over.every((seconds) => seconds <= LISTS_WITHIN), takeovers);
  books.check("what docs/scaling.md promises held during each fault", hurt.broken.length === 0, hurt.broken.join("; "));
  const log = ({ number }) => readFileSync(join(cluster.folder, `instance-${number}.log`), "utf8");
  const panics = cluster.instances.flatMap((instance) => log(instance).match(/panicked.*/) ?? []);
  const crashes = cluster.instances.reduce((sum, instance) => sum + instance.crashes, 0);
  books.check("no instance ended by itself, and none panicked", crashes === 0 && panics.length === 0, panics.join("; "));
}

async function limit_of_a_visitor() {
  const name = "a visitor is admitted as often over all instances as at one";
  const knock = await watch.undisturbed(() => shoppers.knock());
  if (!knock) return books.skip(name, "each time an instance had no Redis for a moment");
  const { answers, admitted, least, most } = knock;
  return books.check(name, least <= admitted && admitted <= most, `${answers}, ${least} to ${most} allowed`);
}

/** Uses up the day's quota, with PostgreSQL gone for a part of it. */
async function use_up() {
  await cluster.faults({ latency_ms: 5 });
  const remaining = async () => QUOTA - (await cluster.stats()).quota_used;
  // What instances hold that were killed is left over. The others hold a twentieth, which they spend without PostgreSQL,
  // and need as much again when one of them is cut off.
  const all = await remaining() - await cluster.heldByKilled();
  const part = await shoppers.hammer((answers) => answers.of(200) >= all - 200 - QUOTA / 10);
  await hurt.note_calls(true);
  hurt.happened.push({ name: "PostgreSQL is killed near the quota's end", from: Date.now() });
  await cluster.postgres.kill();
  const end = performance.now() + 3_000;
  const alone = await shoppers.hammer(() => performance.now() > end);
  await cluster.postgres.start();
  const states = () => Promise.all(cluster.instances.map((instance) => cluster.readiness(instance)));
  await until("PostgreSQL is used again", async () => (await states()).every((ready) => ready?.ready), 60);
  Object.assign(hurt.happened.at(-1), { until: Date.now(), healed: 0 });
  await pause(PLACES_WITHIN);
  await hurt.note_calls(false);
  await lose_one();
  const rest = await shoppers.hammer((answers) => answers.of(503) >= 200);
  await hurt.note_calls(true);
  console.log(`using up the quota: ${part}; without PostgreSQL ${alone}; then ${rest}; ${await remaining()} calls of ${QUOTA} are left`);
}

/** Cuts one instance alone from PostgreSQL while the others use up the day's quota, and lets shoppers ask at it meanwhile. */
async function lose_one() {
  const { instances } = cluster;
  const one = random.oneOf(instances);
  const others = instances.filter((other) => other !== one);
  const [way] = cluster.proxiesTo("postgres", one);
  hurt.happened.push({ name: "one instance is cut from PostgreSQL near the quota's end", from: Date.now() });
  way.cut();
  await until("the instance notices it", async () => (await cluster.readiness(one))?.ready === false, 20);
  const held = await cluster.held(one);
  let used_up = false;
  const [of_others, alone] = await Promise.all([
    shoppers.hammer((answers) => answers.of(503) >= 100, others).finally(() => (used_up = true)),
    shoppers.hammer((answers) => used_up && answers.of(503) >= 50, [one]),
  ]);
  const { quota_used } = await cluster.stats();
  way.heal();
  await until("it uses PostgreSQL again", async () => (await cluster.readiness(one))?.ready, 60);
  Object.assign(hurt.happened.at(-1), { until: Date.now(), healed: 0 });
  await pause(PLACES_WITHIN);
  await hurt.note_calls(false);
  console.log(`with one instance cut from PostgreSQL: ${of_others} at the others, ${alone} at that one; then ${quota_used} of ${QUOTA} calls were used`);
  books.check("one that alone loses PostgreSQL makes the calls that are held back for it, and no others",
    alone.of(200) > 0 && alone.of(200) <= held && quota_used <= QUOTA, `${alone.of(200)} of ${held}`);
}
