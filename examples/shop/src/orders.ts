import { Problem, type TradeInApi } from "./api.ts";
import type { Cart, Order, Store } from "./store.ts";
import type { Product } from "./products.ts";

/** Why a credit cannot be used, so that the shopper can decide without it. */
export class CreditRefused extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

/** What is left to pay, in fen. A credit is never paid out. */
export const toPay = (product: Product, credit: { amount: number } | null): number =>
  Math.max(0, product.price - (credit?.amount ?? 0));

/**
 * Places the order of a cart. The order is written first and the offer is taken second: if the process ends in between,
 * `finish` takes the offer for the same order after the restart.
 */
export async function place(cart: Cart, product: Product, store: Store, api: TradeInApi): Promise<Order> {
  const known = store.order(cart.order);
  if (known) return finish(known, store, api);
  const { credit, token } = cart;
  const order: Order = {
    id: cart.order, product: product.id, credit, toPay: toPay(product, credit),
    state: "placing", told: { state: "", version: 0 },
  };
  store.save(order);
  return finish(order, store, api, token);
}

/** Takes the offer of an order that waits for it. May be called again at any time; the token is not needed for it. */
export async function finish(order: Order, store: Store, api: TradeInApi, token: string | null = null): Promise<Order> {
  if (order.state !== "placing") return order;
  if (order.credit) {
    const { offer: id, amount } = order.credit;
    try {
      const offer = await api.redeem(id, order.id, amount, token);
      // The answer decides, not the page: the right order, the right amount.
      if (offer.state !== "redeemed" || offer.order_id !== order.id || offer.amount !== amount) {
        throw new Error(`the offer ${id} was not taken as asked`);
      }
    } catch (error) {
      if (!(error instanceof Problem) || error.status >= 500 || error.status === 429 || error.code === "conflict") throw error;
      store.change(order.id, { state: "refused" });
      throw new CreditRefused(error.code);
    }
  }
  return store.change(order.id, { state: "placed" });
}

/** Cancels an order and gives its offer back, so that the shopper can use it again while it holds. */
export async function cancel(order: Order, store: Store, api: TradeInApi): Promise<Order> {
  if (order.state !== "placed") return order;
  if (order.credit) await api.release(order.credit.offer, order.id, "the order was cancelled");
  return store.change(order.id, { state: "cancelled" });
}
