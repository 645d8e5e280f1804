// What is done to a cluster: faults of instances, of engines and of the ways between them. Each fault looks whether
// what docs/scaling.md promises for it holds meanwhile, and repairs what it did before it ends.
import { send } from "./send.mjs";
import { pause, until } from "./waiting.mjs";

/** Everything works again within this time after a repair, in seconds. */
const HEALS_WITHIN = 10;
const SLOW_MS = 2_000;
/** Of so many calls that an instance holds back, shoppers leave some while PostgreSQL is gone for a moment. */
const ENOUGH = 15;
/** How often a new price is asked for while PostgreSQL is gone. */
const TRIES = 3;
/** The places at the partner are exact again within this time after PostgreSQL is back, in seconds. */
export const PLACES_WITHIN = 3;
/** The lists of an instance that died or hangs are taken over within this time, in seconds. */
export const LISTS_WITHIN = 30;

/** A migration of a later version, which says that servers of this one go on beside it. */
const NEWER = `WITH known AS (SELECT max(version) AS version FROM _sqlx_migrations),
  migrated AS (
    INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
      SELECT greatest(version + 1, 9001), 'of a later version', true, '\\x00', 0 FROM known RETURNING version)
  INSERT INTO schema_changes (version, oldest)
    SELECT migrated.version, (SELECT max(version) FROM _sqlx_migrations WHERE version < 9001) FROM migrated`;

export class Hurt {
  /** What happened: the fault, when it began and when all was well again, in milliseconds since 1970. */
  happened = [];
  /** Promises that did not hold while something was broken. */
  broken = [];
  /** How long each list waited that was taken over, in seconds. */
  taken_over = [];
  following = [];
  /** The most calls that were at the partner at once, while all instances reached PostgreSQL and while some did not. */
  most = { with: 0, without: 0 };
  /** The instances that were well since the last repair. */
  well = new Set();
  /** Whether something is broken now. */
  active = false;

  /**
   * @param {import("./cluster.mjs").Cluster} cluster
   * @param {import("./shoppers.mjs").Shoppers} shoppers
   * @param {{between: (low: number, high: number) => number, oneOf: <T>(all: T[]) => T}} random
   * @param {{pace?: number, within?: number}} times how long faults last, as a share of the usual time, and healing at most
   */
  constructor(cluster, shoppers, random, { pace = 1, within = HEALS_WITHIN } = {}) {
    Object.assign(this, { cluster, shoppers, random, pace, within });
    if (!cluster.postgres.disk) delete this.faults["PostgreSQL's disk is full"];
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
      const holding = await this.#holding();
      await this.cluster.postgres.kill();
      await Promise.all(holding.map((instance) => this.new_price_at(instance)));
      await this.without_postgres();
      await this.#hold(1, 4);
      return () => this.cluster.postgres.start();
    },
    "PostgreSQL's disk is full": async () => {
      const { disk } = this.cluster.postgres;
      const refused = () => this.cluster.postgres.said("No space left on device");
      const before = refused();
      disk.fill();
      // What is on the disk already has some room within.
      await until("PostgreSQL refuses a write", () => refused() > before, 60);
      await this.#hold(2, 4);
      await this.with_full_disk();
      return () => disk.clear();
    },
    "PostgreSQL is restarted": async () => (await this.cluster.postgres.end(), () => this.cluster.postgres.start()),
    // As in an upgrade: these instances are of the version before, and one of them starts again.
    "a newer version changes the schema": async () => {
      await this.cluster.postgres.query(NEWER);
      const instance = this.#any();
      await instance.end("SIGTERM");
      return () => this.cluster.startInstance(instance);
    },
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

  /**
   * Notes whether more calls than ever were at the partner at once since the last look, and whether all instances reached
   * PostgreSQL in that time. The partner only knows the most of all times, so what is less than before cannot be seen.
   */
  async note_calls(reached) {
    const { most_in_flight: most } = await this.cluster.stats();
    if (most > Math.max(this.most.with, this.most.without)) this.most[reached ? "with" : "without"] = most;
  }

  /** Brings a fault about, repairs it and waits until all is well. Returns how long the healing took, in seconds. */
  async bring_about(name) {
    await this.#prepare();
    await this.note_calls(true);
    const fault = { name, from: Date.now() };
    this.happened.push(fault);
    this.active = true;
    const repair = await this.faults[name]();
    await repair();
    this.repaired = performance.now();
    this.lacked = [];
    this.well.clear();
    await until(`all is well after: ${name}`, () => this.is_well(), 120).catch((error) => {
      throw new Error(`${error.message}: ${this.lacked.slice(-3).join(", ")}`, { cause: error });
    });
    fault.healed = (performance.now() - this.repaired) / 1000;
    fault.until = Date.now();
    this.active = false;
    const of_postgres = name.includes("PostgreSQL");
    // So long it takes until an instance counts by PostgreSQL again.
    if (of_postgres) await pause(PLACES_WITHIN);
    await this.note_calls(!of_postgres);
    if (fault.healed > this.within) this.#say(`healing took ${fault.healed.toFixed(1)} s (${this.lacked.slice(-3).join(", ")})`);
    return fault.healed;
  }

  /**
   * Whether every instance has said since the repair that it is well, and a new price and the API can be had through the
   * balancer. Not all at one moment: on a busy machine now and then an answer of Redis takes longer than 50 ms.
   */
  async is_well() {
    const lacks = await this.#lacks();
    if (lacks && this.active) this.lacked.push(`${((performance.now() - this.repaired) / 1000).toFixed(1)} s ${lacks}`);
    return !lacks;
  }

  async #lacks() {
    for (const instance of this.cluster.instances.filter((one) => !this.well.has(one))) {
      const ready = await this.cluster.readiness(instance);
      if (!ready) return `${instance.name} does not answer`;
      if (!ready.ready || ready.redis !== "ok") return `${instance.name}: records ${ready.records} ${ready.cause ?? ""}, redis ${ready.redis}`;
      this.well.add(instance);
    }
    const { status } = await this.shoppers.quote("fresh", this.shoppers.another());
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

  /**
   * While PostgreSQL is gone, an instance that holds calls back for that gives new prices. On a busy machine one of them may
   * fail for another reason, so it is asked again.
   */
  async new_price_at({ name, base }) {
    const refusals = [];
    while (refusals.length < TRIES) {
      const { status, text } = await this.shoppers.quote("fresh", this.shoppers.another(), base);
      if (status === 200) return;
      refusals.push(`${status} ${text}`);
      console.log(`without PostgreSQL, ${name} answered with ${refusals.at(-1)} instead of a new price`);
      await pause(0.5);
    }
    this.#say(`without PostgreSQL, ${name} answered with ${refusals.join(", ")} instead of a new price`);
  }

  /** The instances that hold back more calls than shoppers use while something is broken. */
  async #holding() {
    const { up } = this.cluster;
    const held = await Promise.all(up.map((instance) => this.cluster.held(instance)));
    if (!held.some((calls) => calls >= ENOUGH)) this.#say(`before it, no instance held back calls: ${held}`);
    return up.filter((_, index) => held[index] >= ENOUGH);
  }

  /** While PostgreSQL has no room, cached prices are given. What still fits is written, so a redemption is made or refused. */
  async with_full_disk() {
    const cached = await this.#cached();
    if (!cached.every(({ status }) => status === 200)) {
      this.#say(`on a full disk, cached prices were answered with ${cached.map(({ status }) => status)}`);
    }
    const { status, text } = await this.#redeem(this.offer);
    if (status !== 200 && !text.includes('"internal"')) this.#say(`on a full disk, a redemption was answered with ${status} ${text}`);
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
