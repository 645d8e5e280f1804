// Notes when instances found Redis to fail, by their metrics, and when the machine was so busy that an instance was slow to
// tell. On a busy machine that happens without any fault of ours: an answer of Redis that takes 50 ms is too late, and a
// process that gets no time loses its leases. Then each instance asks for itself, as it should.
import { send } from "./send.mjs";
import { pause } from "./waiting.mjs";

const LOOK_S = 0.25;
/** The longest time from one look to the answer of the next, in milliseconds, on a machine that is not too busy. */
const BUSY_MS = 750;

export class Watch {
  /** Spans of time in which an instance may have gone on without Redis or without time to run, in milliseconds since 1970. */
  spans = [];
  #ends = false;

  /** @param {import("./cluster.mjs").Cluster} cluster */
  constructor(cluster) {
    this.cluster = cluster;
    this.work = Promise.all(cluster.instances.map((instance) => this.#follow(instance)));
  }

  async end() {
    this.#ends = true;
    await this.work;
  }

  /** Whether an instance went on without Redis at some time between the two. */
  between(from, to) {
    return this.spans.some((span) => span.from <= to && from <= span.to);
  }

  /** Does something again until every instance had Redis meanwhile. Returns its result; `undefined` after twenty times. */
  async undisturbed(act) {
    for (let times = 0; times < 20; times += 1) {
      const from = Date.now();
      const result = await act();
      await pause(4 * LOOK_S);
      if (!this.between(from, Date.now())) return result;
    }
    return undefined;
  }

  async #follow(instance) {
    let [seen, failures, pid] = [Date.now(), 0, instance.pid];
    while (!this.#ends) {
      const begin = Date.now();
      const now = await this.#failures(instance);
      const same = pid === instance.pid;
      const busy = Date.now() - seen > BUSY_MS;
      if (now === undefined || !now.up || busy || (same && now.failures !== failures)) this.spans.push({ from: seen, to: Date.now() });
      [seen, failures, pid] = [begin, now?.failures ?? failures, instance.pid];
      await pause(LOOK_S);
    }
  }

  /** How often commands failed, and whether Redis works for it now; `undefined` if it does not answer. */
  async #failures({ base, runs }) {
    if (!runs) return undefined;
    const headers = { authorization: `Bearer ${this.cluster.token}` };
    const { status, text } = await send(`${base}/metrics`, { headers, seconds: 3 });
    if (status !== 200) return undefined;
    const counts = [...text.matchAll(/^tradein_redis_failures_total\S* (\d+)/gm)].map(([, count]) => Number(count));
    return { failures: counts.reduce((sum, count) => sum + count, 0), up: /^tradein_redis_up 1/m.test(text) };
  }
}
