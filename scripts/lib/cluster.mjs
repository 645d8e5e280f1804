// The product on three instances: PostgreSQL, Redis or Valkey, nginx, a partner that all share, and `tradein serve` three
// times. Each instance reaches each engine by a proxy of its own, so that one can be cut from one.
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Balancer } from "./balancer.mjs";
import { clockAhead } from "./faketime.mjs";
import { Postgres } from "./postgres.mjs";
import { Program } from "./program.mjs";
import { Proxies } from "./proxies.mjs";
import { Redis } from "./redis.mjs";
import { freePorts, until } from "./waiting.mjs";

export const BINARY = resolve(process.env.TRADEIN_BINARY ?? "target/release/tradein");
const SITE = resolve(process.env.LEPTOS_SITE_ROOT ?? "target/site");
/** Without the settings of whoever runs this. */
const CLEAN = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(AHS|TRADEIN|LEPTOS)_/.test(name)));
export const ENGINES = ["postgres", "redis"];

export class Cluster {
  token = randomBytes(16).toString("hex");
  instances = [];
  /** Of all instances that were started. */
  #ids = [];

  /**
   * @param {object} wanted
   * @param {number} [wanted.instances] how many
   * @param {number[]} [wanted.ports] of the balancer and the instances; free ones when unset
   * @param {boolean} [wanted.direct] without proxies to the engines
   * @param {boolean} [wanted.shared] whether the instances use Redis
   * @param {object} [wanted.settings] variables for each instance
   * @param {string} [wanted.merchants] the section of settings with merchants
   * @param {string[]} [wanted.postgres] settings of PostgreSQL, NAME=VALUE
   * @param {number} [wanted.disk] the megabytes of PostgreSQL's disk, if it is to be filled
   * @param {number[]} [wanted.clocks] how many seconds the clock of each instance is ahead
   */
  static async open(wanted = {}) {
    const cluster = new Cluster();
    cluster.folder = mkdtempSync(join(tmpdir(), "tradein-cluster-"));
    // PostgreSQL's user passes through it.
    chmodSync(cluster.folder, 0o711);
    try {
      await cluster.#start(wanted);
    } catch (error) {
      await cluster.end({ keep: true });
      throw new Error(`${error.message}; the logs are in ${cluster.folder}`, { cause: error });
    }
    return cluster;
  }

  async #start({ instances = 3, ports, direct = false, shared = true, settings = {}, merchants = "", postgres = [], clocks = [], disk }) {
    const { folder } = this;
    const account = { AHS_APP_ID: "AHS2025CLUSTER", AHS_APP_SECRET: randomBytes(16).toString("hex") };
    const [database, memory, partner, ...others] = await freePorts(4 + instances);
    const [balancer, ...own] = ports ?? others;
    writeFileSync(join(folder, "settings.toml"), merchants);
    this.postgres = await Postgres.open(join(folder, "postgres"), database, postgres, disk);
    this.redis = await Redis.open(folder, memory);
    this.partner = this.#tradein("partner", ["sandbox", "--addr", `127.0.0.1:${partner}`], account);
    this.partner.base = `http://127.0.0.1:${partner}`;
    this.partner.start();
    await this.#answers(this.partner, "/_sandbox/stats");
    const common = {
      ...account,
      AHS_API_URL: `${this.partner.base}/api/v2`,
      LEPTOS_SITE_ROOT: SITE,
      TRADEIN_CONFIG: join(folder, "settings.toml"),
      TRADEIN_OPERATOR_TOKEN: this.token,
      TRADEIN_PUBLIC_URL: `http://127.0.0.1:${balancer}`,
      TRADEIN_SIGNING_KEY_FILE: join(folder, "signing-key.pem"),
      TRADEIN_TRUSTED_HOPS: "1",
      TRADEIN_WEBHOOKS_ALLOW_PRIVATE: "true",
      ...settings,
    };
    this.settings = { ...common, TRADEIN_DATABASE_URL: this.postgres.address() };
    if (!direct) this.proxies = new Proxies();
    const to = async (engine) => this.proxies?.to(engine.port);
    for (const [index, port] of own.entries()) {
      const proxies = { postgres: await to(this.postgres), redis: await to(this.redis) };
      const instance = this.#tradein(`instance ${index + 1}`, ["serve"], {
        ...common,
        LEPTOS_SITE_ADDR: `127.0.0.1:${port}`,
        TRADEIN_DATABASE_URL: this.postgres.address(proxies.postgres?.port),
        ...(shared && { TRADEIN_REDIS_URL: this.redis.address(proxies.redis?.port) }),
        ...clockAhead(clocks[index] ?? 0),
      });
      this.instances.push(Object.assign(instance, { number: index + 1, base: `http://127.0.0.1:${port}`, proxies }));
    }
    for (const instance of this.instances) await this.startInstance(instance);
    this.balancer = await Balancer.open(folder, balancer, own);
  }

  #tradein(name, args, variables) {
    const options = { env: { ...CLEAN, ...variables }, cwd: this.folder };
    return new Program({ name, file: BINARY, args, log: join(this.folder, `${name.replace(" ", "-")}.log`), options });
  }

  async startInstance(instance) {
    if (instance.runs) return;
    instance.start();
    await this.#answers(instance, "/healthz");
    const others = new Set(this.#ids);
    const newest = async () => (await this.ids()).find((id) => !others.has(id));
    instance.id = await until("a new instance is recorded", newest, 5).catch(() => undefined);
    this.#ids.push(instance.id);
  }

  /** The ids under which instances hold lists and places, by the records, those of ended ones too. */
  async ids() {
    return (await this.postgres.query("SELECT id FROM instances")).map(([id]) => id);
  }

  /** The calls that an instance holds back, by the records. */
  async held({ id }) {
    return this.postgres.number(`SELECT coalesce(sum(calls), 0) FROM advances WHERE instance = '${id}'`);
  }

  /** The calls that instances hold back that were killed. */
  async heldByKilled() {
    const running = this.instances.map(({ id }) => `'${id}'`);
    return this.postgres.number(`SELECT coalesce(sum(calls), 0) FROM advances WHERE instance NOT IN (${running})`);
  }

  async #answers(program, path) {
    await until(`${program.name} answers`, async () => {
      if (!program.runs) throw new Error(`${program.name} ended`);
      return fetch(`${program.base}${path}`).then(({ ok }) => ok, () => false);
    });
  }

  /** The instances that answer. */
  get up() {
    return this.instances.filter(({ runs, hangs }) => runs && !hangs);
  }

  /** What an instance says of itself to the operator; `undefined` if it does not answer within `seconds`. */
  async readiness(instance, seconds = 3) {
    const headers = { authorization: `Bearer ${this.token}` };
    const signal = AbortSignal.timeout(seconds * 1000);
    return fetch(`${instance.base}/readyz`, { headers, signal }).then((answer) => answer.json(), () => undefined);
  }

  /** The proxies to an engine, of one instance or of all. */
  proxiesTo(engine, instance) {
    if (!ENGINES.includes(engine)) throw new Error(`no such engine: ${engine}`);
    return (instance ? [instance] : this.instances).map(({ proxies }) => proxies[engine]);
  }

  /** Runs a command of the program with the settings of the instances. Returns its stdout; throws with its stderr. */
  tradein(...args) {
    return new Promise((done, fail) => {
      const child = spawn(BINARY, args, { env: { ...CLEAN, ...this.settings }, cwd: this.folder });
      let [out, err] = ["", ""];
      child.stdout.setEncoding("utf8").on("data", (text) => (out += text));
      child.stderr.setEncoding("utf8").on("data", (text) => (err += text));
      child.once("error", fail);
      child.once("close", (code) => (code === 0 ? done(out) : fail(new Error(`tradein ${args.join(" ")}: ${out}${err}`))));
    });
  }

  /** Sets faults of the partner: `POST /_sandbox/faults`. */
  async faults(some) {
    const headers = { "content-type": "application/json" };
    await fetch(`${this.partner.base}/_sandbox/faults`, { method: "POST", headers, body: JSON.stringify(some) });
  }

  /** What the partner counted: `GET /_sandbox/stats`. */
  async stats() {
    return (await fetch(`${this.partner.base}/_sandbox/stats`)).json();
  }

  /** Ends everything, the instances first, and removes the folder with the logs unless it is to be kept. */
  async end({ keep = false } = {}) {
    for (const instance of this.instances) for (const proxy of Object.values(instance.proxies)) proxy?.heal();
    await Promise.all(this.instances.map((instance) => instance.end("SIGTERM")));
    await Promise.all([this.balancer?.end(), this.partner?.end("SIGTERM"), this.redis?.end(), this.postgres?.close()]);
    await this.proxies?.end();
    if (!keep) rmSync(this.folder, { recursive: true, force: true });
  }
}
