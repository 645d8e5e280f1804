import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import { after, test } from "node:test";
import { TcpProxy } from "./tcp-proxy.mjs";

/** A server that answers each byte with the same. */
const echo = createServer((socket) => socket.on("error", () => {}).pipe(socket)).listen(0, "127.0.0.1");
await once(echo, "listening");
const proxy = await TcpProxy.to(echo.address().port);
after(() => {
  proxy.close();
  echo.close();
});

async function open() {
  // A test that waits for something learns of an error; a connection that nobody waits for may break.
  const socket = connect(proxy.port, "127.0.0.1").on("error", () => {});
  await once(socket, "connect");
  return socket;
}
async function ask(socket, byte) {
  socket.write(byte);
  return String((await once(socket, "data"))[0]);
}

test("what is sent arrives, and what is answered", async () => {
  assert.equal(await ask(await open(), "a"), "a");
});

test("a cut ends connections and lets none begin, until it is healed", async () => {
  const socket = await open();
  const ended = new Promise((done) => socket.once("close", done));
  proxy.cut();
  await ended;
  await assert.rejects(open().then((refused) => ask(refused, "x")));
  proxy.heal();
  assert.equal(await ask(await open(), "b"), "b");
});

test("what is held passes when the way is healed, of old and new connections", async () => {
  const old = await open();
  proxy.stall();
  const fresh = await open();
  let passed = false;
  const answers = Promise.all([ask(old, "c"), ask(fresh, "d")]).then((all) => (passed = true) && all);
  // A round on the same machine, after which an answer would have come.
  await once(connect(echo.address().port, "127.0.0.1").end("e").resume(), "close");
  assert.equal(passed, false);
  proxy.heal();
  assert.deepEqual(await answers, ["c", "d"]);
});

test("a slow way takes its time in each direction, and loses nothing", async () => {
  const socket = await open();
  proxy.slow(50);
  const start = performance.now();
  assert.equal(await ask(socket, "f"), "f");
  assert.ok(performance.now() - start >= 98);
  proxy.heal();
});
