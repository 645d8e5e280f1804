// The thread of scripts/lib/proxies.mjs.
import { parentPort } from "node:worker_threads";
import { TcpProxy } from "./tcp-proxy.mjs";

const proxies = new Map();
parentPort.on("message", async ({ id, target, verb, milliseconds }) => {
  if (verb) return proxies.get(id)[verb](milliseconds);
  const proxy = await TcpProxy.to(target);
  proxies.set(id, proxy);
  return parentPort.postMessage(proxy.port);
});
