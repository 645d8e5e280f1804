// What must agree at the end: what shoppers, shops and the partner saw, and what is recorded.
import { Tally, send } from "./send.mjs";

/** Outcomes of attempts that the partner may not have seen: their connection could not be opened, or broke. */
export const UNSEEN = /^(|timeout|connect|connect_timeout|connection_refused|no_connection|no_route|not_let_out|out_of_files)$/;

/** How many calls the partner saw, by its own counters. */
export const callsOf = (stats) => Object.values(stats.calls).reduce((sum, calls) => sum + calls, 0);

/** What was looked at, each with whether it held. */
export class Books {
  checks = [];

  check(name, held, figure = "") {
    this.checks.push({ name, held });
    console.log(`  ${held ? "held  " : "BROKEN"}  ${name}${figure === "" ? "" : `: ${figure}`}`);
  }

  /** Something that cannot be said of this run. */
  skip(name, why) {
    console.log(`  not judged  ${name}: ${why}`);
  }

  /** The names of those that did not hold. */
  get broken() {
    return this.checks.filter(({ held }) => !held).map(({ name }) => name);
  }
}

const OUTCOMES = `SELECT coalesce(o.outcome, ''), count(*) FROM attempts a LEFT JOIN outcomes o ON o.attempt = a.id GROUP BY 1`;
/** Attempts are timed by the partner's Date, which has whole seconds, where an instance's own clock is wrong. In milliseconds. */
const TIMED_WITHIN = 1_000;
/** Attempts that brought a price, with the words that make each device another one. */
const PRICED = `SELECT a.parameters::json->>'function_status', a.at, a.at + o.latency_ms FROM attempts a JOIN outcomes o ON o.attempt = a.id
  WHERE o.outcome = 'ok' AND a.call <> 'search' ORDER BY a.at`;

/** Audit, quota and partner. */
export async function partnerBooks(books, { postgres, instances }, stats, { quota, places, most }) {
  const outcomes = new Tally();
  for (const [outcome, count] of await postgres.query(OUTCOMES)) outcomes.add(outcome, Number(count));
  const rows = outcomes.sum;
  const unseen = outcomes.sumOf((outcome) => UNSEEN.test(outcome));
  const made = callsOf(stats);
  const counted = await postgres.number("SELECT coalesce(sum(used - returned), 0) FROM quota");
  const held = await postgres.number("SELECT coalesce(sum(held), 0) FROM quota");
  console.log(`attempts by outcome: ${outcomes}`);
  books.check("the audit has every call that the partner saw", rows - unseen <= made && made <= rows,
    `${made} calls, ${rows} attempts, of which it may not have seen ${unseen}`);
  books.check("the day's quota is not passed, with what is held back", stats.quota_used <= quota && counted + held <= quota,
    `${quota}; the partner counted ${stats.quota_used}, the records ${counted}, and ${held} are held back`);
  books.check("no call is missing from the count", counted >= stats.quota_used);
  books.check(`at most ${places} calls are at the partner at once`, most.with <= places, most.with);
  // Each instance then has its share of the places, beside the calls that were under way.
  const more = places + instances.length;
  books.check(`at most ${more} while PostgreSQL is out of reach`, most.without <= more, most.without || "no more than before");
}

/**
 * How often each device was asked for, and whether it was needed.
 *
 * @param {(from: number, to: number) => boolean} hurt whether something was wrong between the two, in milliseconds since 1970
 */
export async function deviceBooks(books, { postgres }, shoppers, hurt) {
  const priced = new Map();
  for (const [fault, at, end] of await postgres.query(PRICED)) {
    priced.set(fault, [...(priced.get(fault) ?? []), { at: Number(at), end: Number(end) }]);
  }
  let around = 0;
  const needless = [];
  for (const [fault, asked] of priced) {
    for (let one = 1; one < asked.length; one += 1) {
      const [before, again] = [asked[one - 1], asked[one]];
      if (hurt(before.at - TIMED_WITHIN, again.end + TIMED_WITHIN)) around += 1;
      else needless.push(` ${fault}: ${new Date(before.at).toISOString()} to ${before.end - before.at} ms later, and after ${again.at - before.at} ms`);
    }
  }
  books.check("no device that has a price is asked for again, except around a fault", needless.length === 0,
    `${needless.length}; around faults ${around}${needless.slice(0, 3)}`);
  const calm = shoppers.joints.filter(({ from, to }) => !hurt(from, to));
  const calls = ({ fault }) => (priced.get(fault) ?? []).length;
  const more = calm.filter((joint) => calls(joint) !== 1);
  const examples = more.slice(0, 3).map((joint) => ` ${joint.fault}: ${calls(joint)} calls at ${new Date(joint.from).toISOString()}, answers ${joint.answers}`);
  const one = "a device that twelve ask for at once is one call";
  if (calm.length === 0) books.skip(one, "each time an instance had no Redis for a moment");
  else books.check(one, more.length === 0, `${calm.length} times, of which ${more.length} were not${examples}`);
  const most = Math.max(0, ...shoppers.joints.map(calls));
  console.log(`such calls for one device around a fault, at most: ${most}`);
  const [lists, devices, quoted] = (await postgres.query("SELECT count(DISTINCT batch), count(*), count(quote) FROM batch_devices"))[0].map(Number);
  books.check("each device of each list has a price", lists >= shoppers.lists.length && quoted === devices && devices > 0,
    `${lists} lists, ${devices} devices, ${devices - quoted} without`);
}

/** Offers, their orders, events and deliveries. */
export async function offerBooks(books, { postgres }, shoppers, receiver, hurt) {
  const unknown = shoppers.unknown.filter((at) => !hurt(at, at));
  books.check("a price of one instance can be accepted at another at once, except during a fault", unknown.length === 0,
    `${unknown.length} were not; during faults ${shoppers.unknown.length - unknown.length}`);
  const rows = new Map((await postgres.query(`SELECT o.id, o.state, coalesce(o.order_id, ''), (SELECT count(*) FROM events e
    WHERE e.offer = o.id AND e.kind = 'offer.redeemed') FROM offers o`)).map(([id, ...others]) => [id, others]));
  const offers = [...shoppers.offers];
  const wrong = offers.filter(([id, winners]) => {
    const [state, order, times] = rows.get(id) ?? [];
    return winners.length !== 1 || state !== "redeemed" || order !== winners[0] || times !== "1";
  });
  books.check("each offer was redeemed by the one order that was told so, once", offers.length > 0 && wrong.length === 0,
    `${offers.length} offers, of which ${wrong.length} were not ${wrong.slice(0, 3).map(([id, winners]) => `${id} ${winners} ${rows.get(id)}`)}`);
  books.check("each redemption got a clear answer in the end", shoppers.unclear === 0, shoppers.unclear);
  const events = (await postgres.query("SELECT id FROM events")).map(([id]) => id);
  const missing = events.filter((id) => !receiver.taken.has(id));
  books.check("each event reached the shop", events.length > 0 && missing.length === 0, `${events.length} events, ${missing.length} missing`);
  books.check("no event was sent twice at once", receiver.atOnce === 0, receiver.atOnce);
  books.check("each webhook was signed", receiver.unsigned === 0, receiver.unsigned);
  console.log(`webhooks that the shop refused: ${receiver.refused.size}; events that it took more than once: ${receiver.repeated}`);
}

/** How many records the instances gave up, because too many waited, or the database refused them. */
export async function lostRecords({ instances, token }) {
  const headers = { authorization: `Bearer ${token}` };
  const texts = await Promise.all(instances.map(async ({ base }) => (await send(`${base}/metrics`, { headers })).text));
  const counts = texts.flatMap((text) => [...text.matchAll(/^tradein_records_(?:lost|set_aside)_total (\d+)/gm)]);
  return counts.length < instances.length ? NaN : counts.reduce((sum, [, count]) => sum + Number(count), 0);
}

/** What was told to shoppers, and what was recorded, and the product's own look at its records. */
export async function recordBooks(books, cluster, shoppers) {
  const kept = new Set((await cluster.postgres.query("SELECT id FROM quotes")).map(([id]) => id));
  const missing = [...shoppers.given].filter((id) => !kept.has(id)).length;
  books.check("each price that was given is recorded", missing === 0, `${shoppers.given.size} prices, ${missing} missing`);
  books.check("no record was refused", (await cluster.postgres.number("SELECT count(*) FROM refused")) === 0);
  const said = await cluster.tradein("records", "check").then(() => "", (error) => error.message);
  books.check("tradein records check finds nothing", said === "", said);
}
