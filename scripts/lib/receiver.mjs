// A shop's endpoint for webhooks: checks signatures, and watches that no event comes twice at once.
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import { pause } from "./waiting.mjs";

export class Receiver {
  #key = randomBytes(32);
  #under_way = new Set();
  #server;
  /** How often each event was taken, by its `webhook-id`. */
  taken = new Map();
  /** Events that came while an earlier try of the same was under way. */
  atOnce = 0;
  /** Webhooks whose signature is not ours. */
  unsigned = 0;
  /** Events that it refused once, so that they came again. */
  refused = new Set();

  /** @param {number} port @param {() => boolean} refuses whether it answers 500 to an event's first try */
  static async open(port, refuses) {
    const receiver = new Receiver();
    receiver.#server = createServer((asked, answer) => receiver.#take(asked, answer, refuses));
    await new Promise((done, fail) => receiver.#server.once("error", fail).listen(port, "127.0.0.1", done));
    receiver.url = `http://127.0.0.1:${port}/hooks`;
    return receiver;
  }

  get secret() {
    return `whsec_${this.#key.toString("base64")}`;
  }

  /** How many events were taken more than once. */
  get repeated() {
    return [...this.taken.values()].filter((times) => times > 1).length;
  }

  async #take(asked, answer, refuses) {
    const parts = [];
    for await (const part of asked) parts.push(part);
    const id = asked.headers["webhook-id"] ?? "";
    const signed = `${id}.${asked.headers["webhook-timestamp"]}.${Buffer.concat(parts)}`;
    const ours = createHmac("sha256", this.#key).update(signed).digest();
    const theirs = Buffer.from(String(asked.headers["webhook-signature"]).split(",")[1] ?? "", "base64");
    if (theirs.length !== ours.length || !timingSafeEqual(ours, theirs)) this.unsigned += 1;
    if (this.#under_way.has(id)) this.atOnce += 1;
    this.#under_way.add(id);
    // Long enough that two senders would meet.
    await pause(0.05);
    this.#under_way.delete(id);
    // Once at most: the second pause before another try is minutes long.
    const refused = !this.refused.has(id) && refuses();
    if (refused) this.refused.add(id);
    else this.taken.set(id, (this.taken.get(id) ?? 0) + 1);
    answer.writeHead(refused ? 500 : 204).end();
  }

  close() {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
