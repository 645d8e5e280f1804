// Proxies in a thread of their own: what this process does meanwhile makes no engine slow.
import { once } from "node:events";
import { Worker } from "node:worker_threads";

export class Proxies {
  #worker = new Worker(new URL("tcp-proxy-worker.mjs", import.meta.url));
  #count = 0;

  /** A proxy to a port of this machine. */
  async to(target) {
    const id = (this.#count += 1);
    this.#worker.postMessage({ id, target });
    const [port] = await once(this.#worker, "message");
    return new Proxy(port, (verb, milliseconds) => this.#worker.postMessage({ id, verb, milliseconds }));
  }

  async end() {
    await this.#worker.terminate();
  }
}

class Proxy {
  /** `open`, `cut`, `stalled`, or how slow it is. */
  state = "open";

  constructor(port, tell) {
    Object.assign(this, { port, tell });
  }

  /** Ends all connections and refuses new ones, as a host that is down. */
  cut() {
    this.#do("cut", "cut");
  }

  /** Keeps all connections and takes new ones, and passes nothing on, as a firewall that drops packets. */
  stall() {
    this.#do("stall", "stalled");
  }

  /** Passes everything on that many milliseconds later, in each direction. */
  slow(milliseconds) {
    this.#do("slow", `slow by ${milliseconds} ms`, milliseconds);
  }

  /** Passes everything on again, what was held too. */
  heal() {
    this.#do("heal", "open");
  }

  #do(verb, state, milliseconds) {
    this.state = state;
    this.tell(verb, milliseconds);
  }
}
