// A proxy for TCP that can cut, stall or slow what passes: a partition of the network that needs no rights. What each means
// is in scripts/lib/proxies.mjs, which runs it.
import { connect, createServer } from "node:net";

export class TcpProxy {
  #state = "open";
  #delay = 0;
  #pairs = new Set();
  #server;

  /** Listens at a free port of this machine, and connects each client to `target`, a port of this machine too. */
  static async to(target) {
    const proxy = new TcpProxy();
    proxy.#server = createServer((client) => proxy.#serve(client, target));
    await new Promise((done, fail) => proxy.#server.once("error", fail).listen(0, "127.0.0.1", done));
    return proxy;
  }

  get port() {
    return this.#server.address().port;
  }

  cut() {
    this.#state = "cut";
    for (const pair of this.#pairs) pair.end();
  }

  stall() {
    this.#state = "stalled";
    for (const pair of this.#pairs) pair.pause();
  }

  slow(milliseconds) {
    this.heal();
    this.#delay = milliseconds;
  }

  heal() {
    this.#state = "open";
    this.#delay = 0;
    for (const pair of this.#pairs) pair.resume();
  }

  close() {
    this.cut();
    this.#server.close();
  }

  #serve(client, target) {
    if (this.#state === "cut") {
      client.on("error", () => {});
      client.resetAndDestroy();
      return;
    }
    const server = connect(target, "127.0.0.1");
    const pair = {
      end: () => (client.resetAndDestroy(), server.resetAndDestroy()),
      pause: () => (client.pause(), server.pause()),
      resume: () => (client.resume(), server.resume()),
    };
    this.#pairs.add(pair);
    for (const [from, to] of [[client, server], [server, client]]) {
      from.setNoDelay(true);
      from.on("data", (bytes) => this.#later(() => to.writable && to.write(bytes)));
      from.on("end", () => this.#later(() => to.end()));
      from.on("error", () => to.destroy());
      from.on("close", () => (to.destroySoon(), this.#pairs.delete(pair)));
    }
    if (this.#state === "stalled") pair.pause();
  }

  #later(pass) {
    if (this.#delay > 0) setTimeout(pass, this.#delay);
    else pass();
  }
}
