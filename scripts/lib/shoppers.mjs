// Everybody who uses a cluster while it is hurt: shoppers, shops that redeem, and an operator with device lists. Each keeps
// what it was told, for the books.
import { send, Tally } from "./send.mjs";
import { pause, until } from "./waiting.mjs";

/** How many devices shoppers ask for again and again. */
const KNOWN = 50;
const REDEEMERS = 8;
/** How many quotes a minute a visitor may ask for. */
export const LIMIT = 60;

const device = (fault) => ({
  device_type: "手机", brand: "苹果", model: "iPhone 14 Pro", storage: "256GB", condition: "九成新", function_status: fault,
});
const json = ({ text }) => {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
};

export class Shoppers {
  /** Answers by status, for each kind of request. */
  statuses = { known: new Tally(), fresh: new Tally(), offer: new Tally(), redeem: new Tally() };
  /** Ids of quotes that shoppers got. */
  given = new Set();
  /** Devices that many asked for at once: their words, and from when to when. */
  joints = [];
  /** Offers that shops redeemed: their ids, and the orders that were told that they have it. */
  offers = new Map();
  lists = [];
  /** When a price was accepted that the instance which was asked did not know. */
  unknown = [];
  waits = [];
  unclear = 0;
  #number = 0;
  #ends = false;
  #work = [];

  /**
   * @param {import("./cluster.mjs").Cluster} cluster
   * @param {string} key of the API
   * @param {{random: () => number, oneOf: <T>(all: T[]) => T}} random
   * @param {() => boolean} calm whether no fault is at work
   */
  constructor(cluster, key, random, calm) {
    Object.assign(this, { cluster, key, random, calm });
  }

  /** Starts everybody. Faults decide nothing here: requests are sent at the same rates all the time. */
  start({ known, fresh, joints, races, listed }) {
    const every = (rate, act) => this.#work.push(this.#every(1 / rate, act));
    every(known, () => this.quote("known", `按键${Math.floor(this.random.random() * KNOWN)}`));
    every(fresh, () => this.quote("fresh", this.another()));
    every(joints, () => this.ask_at_once());
    every(races, () => this.race());
    this.#work.push(this.#run_lists(listed));
  }

  /** Nobody begins anything new. */
  leave() {
    this.#ends = true;
  }

  /** The same; resolves when all that was begun has ended. */
  async end() {
    this.leave();
    await Promise.all(this.#work);
  }

  async #every(seconds, act) {
    const under = new Set();
    while (!this.#ends) {
      const one = act().finally(() => under.delete(one));
      under.add(one);
      await pause(seconds);
    }
    await Promise.all(under);
  }

  /** The words for a device that nobody has asked for. */
  another() {
    return `按键${KNOWN + (this.#number += 1)}`;
  }

  /** One of many visitors; the second address is nginx's, as the instances see it behind nginx. */
  #visitor(number = Math.floor(this.random.random() * 5_000)) {
    return `198.18.${number >> 8}.${number & 255}`;
  }

  /** One quote through the balancer. */
  async quote(kind, fault, base = this.cluster.balancer.base, visitor = this.#visitor()) {
    const form = { merchant: "demo", ...device(fault) };
    const headers = { "x-forwarded-for": visitor };
    const answer = await send(`${base}/api/fn/quote`, { form, headers });
    this.statuses[kind]?.add(answer.status);
    if (answer.status === 200) this.given.add(json(answer).id);
    if (kind === "known" && this.calm()) this.waits.push(answer.milliseconds);
    return answer;
  }

  /** Twelve shoppers ask for one device at once, at every instance that runs. */
  async ask_at_once() {
    const fault = this.another();
    const { up } = this.cluster;
    if (up.length === 0) return;
    const joint = { fault, from: Date.now(), answers: new Tally() };
    const hop = `${this.#visitor()}, 127.0.0.1`;
    const asked = Array.from({ length: 12 }, (_, index) => this.quote("fresh", fault, up[index % up.length].base, hop));
    for (const { status } of await Promise.all(asked)) joint.answers.add(status);
    joint.to = Date.now();
    this.joints.push(joint);
  }

  /** One visitor asks more often than allowed, at every instance. Returns how often it was admitted, and may be at most. */
  async knock() {
    const start = performance.now();
    const hop = `${this.#visitor((this.#number += 1) + 5_000)}, 127.0.0.1`;
    const answers = new Tally();
    await Promise.all(this.cluster.up.map(async ({ base }) => {
      for (let times = 0; times < LIMIT / 2; times += 1) answers.add((await this.quote("limit", "按键0", base, hop)).status);
    }));
    const admitted = answers.sum - answers.of(429);
    return { answers, admitted, least: LIMIT, most: LIMIT + Math.ceil(((performance.now() - start) / 60_000) * LIMIT) };
  }

  /**
   * Asks for new devices until `enough`, many at a time, through the balancer or at those instances. Returns the answers by
   * status; throws after five minutes.
   */
  async hammer(enough, instances) {
    const answers = new Tally();
    const end = performance.now() + 300_000;
    const ask = async (_, index) => {
      const base = instances?.[index % instances.length].base;
      while (!enough(answers) && performance.now() < end) {
        const hop = base && `${this.#visitor()}, 127.0.0.1`;
        answers.add((await this.quote("fresh", this.another(), base, hop)).status);
      }
    };
    await Promise.all(Array.from({ length: 40 }, ask));
    if (!enough(answers)) throw new Error(`the quota was not used up as expected: ${answers}`);
    return answers;
  }

  #api(path, body, key) {
    const headers = { authorization: `Bearer ${this.key}`, ...(key && { "idempotency-key": key }) };
    return send(`${this.cluster.balancer.base}/api/v1/${path}`, { json: body, headers });
  }

  /** Accepts a price. Returns the offer; `undefined` if there is none. */
  async accept() {
    const quoted = json(await this.quote("known", `按键${Math.floor(this.random.random() * KNOWN)}`));
    if (!quoted.id) return undefined;
    const accepted = await this.#api("offers", { quote_id: quoted.id });
    this.statuses.offer.add(accepted.status);
    if (accepted.status === 404) this.unknown.push(Date.now());
    return accepted.status === 201 ? json(accepted) : undefined;
  }

  /** A price is accepted, and many orders want it at once. Each asks until the answer is clear. */
  async race() {
    const offer = await this.accept();
    if (!offer) return;
    const { id, amount } = offer;
    const winners = [];
    this.offers.set(id, winners);
    const redeem = async (order) => {
      for (let tries = 0; tries < 60; tries += 1) {
        const answer = await this.#api(`offers/${id}/redeem`, { order_id: order, amount, currency: "CNY" }, `key-${order}`);
        this.statuses.redeem.add(answer.status);
        const { code } = json(answer);
        if (answer.status === 200) return void winners.push(order);
        if (code === "already_redeemed") return;
        await pause(0.5);
      }
      this.unclear += 1;
    };
    await Promise.all(Array.from({ length: REDEEMERS }, (_, order) => redeem(`order-${id}-${order}`)));
  }

  /** One list after the other, of that many devices. */
  async #run_lists(devices) {
    for (let number = 1; !this.#ends; number += 1) {
      const name = `list-${number}`;
      await this.#start_list(name, number, devices);
      this.lists.push(name);
      await until("the list is done", async () => this.#ends || (await this.list_state(name)) === "done", 600);
    }
  }

  /** The instance that quotes a list now, by the records; `undefined` if none does, or they do not say. */
  async holder() {
    const [id] = (await this.cluster.postgres.query("SELECT holder FROM batches WHERE state = 'open' AND holder IS NOT NULL"))[0] ?? [];
    return this.cluster.instances.find((instance) => instance.id === id && instance.runs);
  }

  /** How long it takes until no open list is held by that instance, in seconds; `undefined` if it held none. */
  async taken_over(id) {
    const sql = `SELECT count(*) FROM batches WHERE state = 'open' AND holder = '${id}'`;
    // While PostgreSQL is gone, nobody knows.
    const held = () => this.cluster.postgres.number(sql).catch(() => undefined);
    const start = performance.now();
    if ((await held()) !== 1) return undefined;
    await until("a list is taken over", async () => (await held()) === 0, 90);
    return (performance.now() - start) / 1000;
  }

  /** `open`, `done` …; nothing while PostgreSQL is gone or has no such list. */
  async list_state(name) {
    const rows = await this.cluster.postgres.query(`SELECT state FROM batches WHERE name = '${name}.csv' ORDER BY id`).catch(() => []);
    return rows[0]?.[0];
  }

  /** Uploads a list at an instance and starts it at another one, again until the records have it. */
  async #start_list(name, number, devices) {
    const row = (_, index) => `手机,苹果,iPhone 14 Pro,256,九成新,划痕${number * 100_000 + index}处\n`;
    const rows = `类型,品牌,型号,容量,成色,功能\n${Array.from({ length: devices }, row).join("")}`;
    const headers = { authorization: `Bearer ${this.cluster.token}` };
    await until("a list is started", async () => {
      if (await this.list_state(name)) return true;
      const { base } = this.random.oneOf(this.cluster.up);
      const form = new FormData();
      form.append("file", new Blob([rows]), `${name}.csv`);
      const options = () => ({ method: "POST", headers, redirect: "manual", signal: AbortSignal.timeout(10_000) });
      try {
        const sent = await fetch(`${base}/batch`, { ...options(), body: form });
        const draft = new URL(sent.headers.get("location") ?? "", base);
        const { base: other } = this.random.oneOf(this.cluster.up);
        await fetch(`${other}${draft.pathname}`, { ...options(), body: new URLSearchParams({ do: "start" }) });
      } catch {
        await pause(0.5);
      }
      return this.#ends || (await this.list_state(name));
    }, 120);
  }
}
