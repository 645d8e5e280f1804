import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";

/** A credit in a cart or an order. */
export interface Credit {
  offer: string;
  /** In fen. */
  amount: number;
  device: string;
  /** The offer's end, RFC 3339. */
  until: string;
}

/**
 * `placing`: written before the offer is taken, so that a crash in between leaves a trace.
 * `placed`: the offer is taken. `refused`: the offer could not be taken. `cancelled`: the offer was given back.
 */
export type OrderState = "placing" | "placed" | "refused" | "cancelled";

export interface Order {
  id: string;
  product: string;
  credit: Credit | null;
  /** What the shopper pays, in fen. */
  toPay: number;
  state: OrderState;
  /** What the trade-in server told last of the offer, by webhook; 0: nothing yet. */
  told: { state: string; version: number };
}

export interface Cart {
  product: string;
  credit: Credit | null;
  /** The credit's token, where it came from the page. It is in memory only: not in orders, logs or addresses. */
  token: string | null;
  /** The id of the order that this cart becomes. Pressing the button twice makes one order. */
  order: string;
}

/** Carts in memory, orders in a file. A real shop has a database for both. */
export class Store {
  readonly carts = new Map<string, Cart>();
  readonly #orders: Map<string, Order>;
  readonly #webhooks = new Set<string>();

  constructor(private readonly file: string) {
    const orders: Order[] = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : [];
    this.#orders = new Map(orders.map((order) => [order.id, order]));
  }

  order(id: string): Order | undefined {
    return this.#orders.get(id);
  }

  orders(): Order[] {
    return [...this.#orders.values()];
  }

  orderOfOffer(offer: string): Order | undefined {
    return this.orders().findLast((order) => order.credit?.offer === offer && order.state !== "refused");
  }

  /** Writes an order to the disk before it returns. */
  save(order: Order): void {
    this.#orders.set(order.id, order);
    writeFileSync(`${this.file}.new`, JSON.stringify(this.orders(), null, 1), { flush: true });
    renameSync(`${this.file}.new`, this.file);
  }

  /** Changes an order as it is now: a webhook may have changed it while something else was waited for. */
  change(id: string, change: Partial<Order>): Order {
    const order = this.#orders.get(id);
    if (!order) throw new Error(`there is no order ${id}`);
    const changed = { ...order, ...change };
    this.save(changed);
    return changed;
  }

  /** Whether a webhook of this id comes for the first time. */
  isNew(webhook: string): boolean {
    const isNew = !this.#webhooks.has(webhook);
    this.#webhooks.add(webhook);
    return isNew;
  }
}
