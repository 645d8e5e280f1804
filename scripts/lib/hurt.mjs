// What is done to a cluster: faults of instances, of engines and of the ways between them. Each fault looks whether
// what docs/scaling.md promises for it holds meanwhile, and repairs what it did before it ends.
import { send } from "./send.mjs";
import { pause, until } from "./waiting.mjs";

/** Everything works again within this time after a repair, in seconds. */
const HEALS_WITHIN = 10;
const SLOW_MS = 2_000;
/** The lists of an instance that died or hangs are taken over within this time, in seconds. */
export const LISTS_WITHIN = 30;

export class Hurt {
  /** What happened: the fault, when it began and when all was well again, in milliseconds since 1970. */
  happened = [];
  /** Promises that did not hold while something was broken. */
  broken = [];
  /** How long each list waited that was taken over, in seconds. */
  taken_over = [];
  following = [];
  /** Whether something is broken now. */
  active = false;

  /**
   * @param {import("./cluster.mjs").Cluster} cluster
   * @param {import("./shoppers.mjs").Shoppers} shoppers
   * @param {{between: (low: number, high: number) => number, oneOf: <T>(all: T[]) => T}} random
   * @param {number} pace how long faults last, as a share of the usual time
   */
  constructor(cluster, shoppers, random, pace = 1) {
    Object.assign(this, { cluster, shoppers, random, pace });
  }

  #hold = (low, high) => pause(this.random.between(low, high) * this.pace);
  #any = () => this.random.oneOf(this.cluster.instances);

  faults = {
    "an instance is killed": async () => {
      const instance = await this.#at_work();
      const { id } = instance;
      await instance.end("SIGKILL");
      this.#follow(id);
      await this.#hold(1, 4);
      return () => this.cluster.startInstance(instance);
    },
    "an instance hangs for a moment": async () => this.#hang(this.#any(), 0.5, 3),
    "an instance hangs for longer than its leases": async () => this.#hang(await this.#at_work(), 35, 36),
    "PostgreSQL is killed": async () => {
      await this.cluster.postgres.kill();
      await this.without_postgres();
      await this.#hold(1, 4);
      return () => this.cluster.postgres.start();
    },
    "PostgreSQL is restarted": async () => (await this.cluster.postgres.end(), () => this.cluster.postgres.start()),
    "an instance is cut from PostgreSQL": () => this.#way("postgres", "cut", this.#any()),
    "an instance's packets to PostgreSQL are dropped": () => this.#way("postgres", "stall", this.#any()),
    "PostgreSQL is slow": () => this.#way("postgres", "slow"),
    "Redis is killed, and starts empty": async () => {
      await this.cluster.redis.kill();
      await this.without_redis();
      await this.#hold(1, 4);
      return () => this.cluster.redis.start();
    },
    "Redis is full": async () => {
      await this.cluster.redis.limit(1);
      await this.without_redis();
      await this.#hold(1, 4);
      return () => this.cluster.redis.limit(0);
    },
    "an instance is cut from Redis": () => this.#way("redis", "cut", this.#any()),
    "packets to Redis are dropped": () => this.#way("redis", "stall", undefined, () => this.without_redis()),
    "Redis is slow": () => this.#way("redis", "slow", undefined, () => this.without_redis()),
  };

  async #hang(instance, low, high) {
    instance.stop();
    // One that hangs for a moment keeps its lists.
    if (low * this.pace > LISTS_WITHIN) this.#follow(instance.id);
    await this.#hold(low, high);
    return () => instance.cont();
  }

  /** Notes how long the lists of an instance wait until another one goes on with them. */
  #follow(id) {
    const taken = this.shoppers.taken_over(id).then(
      (seconds) => seconds !== undefined && this.taken_over.push(seconds),
      (error) => this.broken.push(error.message),
    );
    this.following.push(taken);
  }

  /** Cuts, stalls or slows the ways to an engine, of one instance or of all. */
  async #way(engine, how, instance, meanwhile = async () => {}) {
    const proxies = this.cluster.proxiesTo(engine, instance);
    proxies.forEach((proxy) => proxy[how](SLOW_MS));
    await meanwhile();
    await this.#hold(2, 6);
    return () => proxies.forEach((proxy) => proxy.heal());
  }

  /** Brings a fault about, repairs it and waits until all is well. Returns how long the healing took, in seconds. */
  async bring_about(name) {
    await this.#prepare();
    const fault = { name, from: Date.now() };
    this.happened.push(fault);
    this.active = true;
    const repair = await this.faults[name]();
    await repair();
    this.repaired = performance.now();
    this.lacked = [];
    await until(`all is well after: ${name}`, () => this.is_well(), 60);
    fault.healed = (performance.now() - this.repaired) / 1000;
    fault.until = Date.now();
    this.active = false;
    if (fault.healed > HEALS_WITHIN) this.#say(`healing took ${fault.healed.toFixed(1)} s (${this.lacked.slice(-3).join(", ")})`);
    return fault.healed;
  }

  /** Whether every instance says that it is well, and a new price and the API can be had through the balancer. */
  async is_well() {
    const lacks = await this.#lacks();
    if (lacks && this.active) this.lacked.push(`${((performance.now() - this.repaired) / 1000).toFixed(1)} s ${lacks}`);
    return !lacks;
  }

  async #lacks() {
    for (const instance of this.cluster.instances) {
      const ready = await this.cluster.readiness(instance);
      if (!ready) return `${instance.name} does not answer`;
      if (!ready.ready || ready.redis !== "ok") return `${instance.name}: records ${ready.records} ${ready.cause ?? ""}, redis ${ready.redis}`;
    }
    const { status } = await this.shoppers.quote("fresh", `重来${(this.number = (this.number ?? 0) + 1)}`);
    if (status !== 200) return `a new price: ${status}`;
    const api = await this.#redeem({ id: "of_none", amount: 1 });
    return api.status === 404 ? undefined : `the API: ${api.status}`;
  }

  /** While PostgreSQL is gone, cached prices are given, and redemptions are refused and not made. */
  async without_postgres() {
    const cached = await this.#cached();
    if (!cached.every(({ status }) => status === 200)) {
      this.#say(`without PostgreSQL, cached prices were answered with ${cached.map(({ status }) => status)}`);
    }
    const { status, text } = await this.#redeem(this.offer);
    if (status !== 500 || !text.includes('"internal"')) this.#say(`without PostgreSQL, a redemption was answered with ${status} ${text}`);
  }

  /** While Redis does not work, cached prices take no longer, and all instances admit a visitor about as often as before. */
  async without_redis() {
    // The first commands find out that it does not work.
    await this.#cached();
    const cached = await this.#cached();
    const slowest = Math.max(...cached.map(({ milliseconds }) => milliseconds));
    if (!cached.every(({ status }) => status === 200)) this.#say(`cached prices were answered with ${cached.map(({ status }) => status)}`);
    if (slowest > SLOW_MS / 2) this.#say(`a cached price took ${slowest.toFixed(0)} ms`);
    const { admitted, most } = await this.shoppers.knock();
    if (admitted > most) this.#say(`a visitor was admitted ${admitted} times, and ${most} were allowed`);
  }

  /** What the looks above need: a price that every instance has in its memory, and an offer. */
  async #prepare() {
    await this.#cached();
    this.offer = await this.shoppers.accept();
  }

  #cached() {
    return Promise.all(this.cluster.up.map(({ base }) => this.shoppers.quote("known", "按键0", base)));
  }

  #redeem({ id, amount }) {
    const headers = { authorization: `Bearer ${this.shoppers.key}` };
    const json = { order_id: "order-meanwhile", amount, currency: "CNY" };
    return send(`${this.cluster.balancer.base}/api/v1/offers/${id}/redeem`, { json, headers });
  }

  /** The instance that quotes a list, if the records name one; else any. */
  async #at_work() {
    const holder = await this.shoppers.holder().catch(() => undefined);
    return holder ?? this.#any();
  }

  #say(what) {
    this.broken.push(`${this.happened.at(-1).name}: ${what}`);
  }
}
