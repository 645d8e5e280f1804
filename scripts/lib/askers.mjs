// Connections that send one prepared request again and again, with as little work of their own as possible.
import { once } from "node:events";
import { connect } from "node:net";

/** A request for a quote of one device. `forwarded` are the addresses in X-Forwarded-For. */
export function quoteRequest(fault, forwarded) {
  const form = new URLSearchParams({
    merchant: "demo", device_type: "手机", brand: "苹果", model: "iPhone 14 Pro", storage: "256GB", condition: "九成新", function_status: fault,
  }).toString();
  return `POST /api/fn/quote HTTP/1.1\r\nhost: 127.0.0.1\r\naccept: application/json\r\nx-forwarded-for: ${forwarded}\r\n\
content-type: application/x-www-form-urlencoded\r\ncontent-length: ${form.length}\r\n\r\n${form}`;
}

export class Asker {
  #socket;
  #done = () => {};
  #fail = () => {};
  #have = Buffer.alloc(0);

  static async to(base) {
    const asker = new Asker();
    asker.#socket = connect(Number(new URL(base).port), "127.0.0.1").setNoDelay(true);
    asker.#socket.on("data", (bytes) => asker.#take(bytes));
    asker.#socket.on("error", (error) => asker.#fail(error));
    asker.#socket.on("close", () => asker.#fail(new Error("the connection was closed")));
    await once(asker.#socket, "connect");
    return asker;
  }

  /** Sends a request. Resolves with the milliseconds that the answer took; throws if it is not 200. */
  async ask(request) {
    const start = performance.now();
    const head = await new Promise((done, fail) => {
      [this.#done, this.#fail] = [done, fail];
      this.#socket.write(request);
    });
    if (!head.startsWith("HTTP/1.1 200")) throw new Error(head);
    return performance.now() - start;
  }

  close() {
    this.#socket.destroy();
  }

  #take(bytes) {
    this.#have = this.#have.length === 0 ? bytes : Buffer.concat([this.#have, bytes]);
    const end = this.#have.indexOf("\r\n\r\n");
    if (end < 0) return;
    const head = this.#have.toString("latin1", 0, end);
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
    if (this.#have.length < end + 4 + length) return;
    this.#have = Buffer.alloc(0);
    this.#done(head);
  }
}
