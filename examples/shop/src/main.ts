import { serve } from "@hono/node-server";
import { TradeInApi } from "./api.ts";
import { shop } from "./app.ts";
import { finish } from "./orders.ts";
import { readSettings } from "./settings.ts";
import { Store } from "./store.ts";

const settings = readSettings(process.env);
const store = new Store(settings.orders);
const api = new TradeInApi(settings);

// Orders that were written before a crash, and whose offers may not have been taken.
for (const order of store.orders().filter((it) => it.state === "placing")) {
  await finish(order, store, api).catch((error) => console.error(`order ${order.id}: ${error.message}`));
}

serve({ fetch: shop(settings, store, api).fetch, port: settings.port, hostname: "127.0.0.1" }, ({ port }) => {
  console.log(`http://127.0.0.1:${port}`);
});
