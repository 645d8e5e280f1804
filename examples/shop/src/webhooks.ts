import { Webhook } from "standardwebhooks";
import type { Offer } from "./api.ts";
import type { Store } from "./store.ts";

interface Event {
  type: string;
  timestamp: string;
  data: Offer;
}

/**
 * Takes a webhook. Throws if its signature is wrong. It is checked over the body as it came: a body that was parsed and
 * written again has another signature.
 */
export function receive(body: string, headers: Record<string, string>, secret: string, store: Store): void {
  const event = new Webhook(secret).verify(body, headers) as Event;
  // A webhook may come twice.
  if (!store.isNew(headers["webhook-id"] ?? "") || !event.type.startsWith("offer.")) return;
  const { id, state, version, order_id } = event.data;
  const order = order_id ? store.order(order_id) : store.orderOfOffer(id);
  // It may also come late: an event that is older than the last one is not believed.
  if (!order || version <= order.told.version) return;
  store.change(order.id, { told: { state, version } });
}
