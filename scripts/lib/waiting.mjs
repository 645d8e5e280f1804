// Waiting for time and for conditions.
import { createServer } from "node:net";

export const pause = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));

/** Asks again and again until `condition` returns something true, and returns that. Throws after `seconds`. */
export async function until(what, condition, seconds = 30) {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    const held = await condition();
    if (held) return held;
    if (performance.now() > end) throw new Error(`after ${seconds} s it did not hold: ${what}`);
    await pause(0.05);
  }
}

/** Ports that are free now. All are held at once, so they differ. */
export async function freePorts(count) {
  const holders = await Promise.all(Array.from({ length: count }, () => new Promise((done, fail) => {
    const holder = createServer();
    holder.once("error", fail).listen(0, "127.0.0.1", () => done(holder));
  })));
  const ports = holders.map((holder) => holder.address().port);
  await Promise.all(holders.map((holder) => new Promise((done) => holder.close(done))));
  return ports;
}
