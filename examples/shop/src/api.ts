import type { Settings } from "./settings.ts";

/** What the shop uses of an offer. Amounts are in fen, times are RFC 3339. */
export interface Offer {
  id: string;
  state: "accepted" | "redeemed" | "withdrawn" | "expired";
  amount: number;
  currency: string;
  product: { name: string | null; price: number | null } | null;
  order_id: string | null;
  code: string;
  expires_at: string;
  /** Grows with each change of the offer. */
  version: number;
  quote: { device: { brand: string; model: string } };
}

/** A refusal of the API: `application/problem+json` (RFC 9457). */
export class Problem extends Error {
  constructor(
    readonly status: number,
    /** Of a closed list, such as `already_redeemed`. */
    readonly code: string,
    detail: string,
    /** To name when asking the trade-in server's operator. */
    readonly requestId: string | undefined,
  ) {
    super(detail);
  }
}

/** The trade-in server's API, for backends only: the key never goes to a browser. */
export class TradeInApi {
  constructor(private readonly settings: Settings) {}

  /** The offer with this id, or with the code that a shopper typed. */
  offer(idOrCode: string): Promise<Offer> {
    return this.#call("GET", `/offers/${encodeURIComponent(idOrCode)}`);
  }

  /** Takes an offer for an order. Again with the same order and amount it gives the same answer. */
  redeem(offer: string, order: string, amount: number, token: string | null): Promise<Offer> {
    const body = { order_id: order, amount, currency: "CNY", ...(token && { token }) };
    return this.#call("POST", `/offers/${encodeURIComponent(offer)}/redeem`, body, `redeem-${order}`);
  }

  /** Gives an offer back, after the order was cancelled. */
  release(offer: string, order: string, reason: string): Promise<Offer> {
    return this.#call("POST", `/offers/${encodeURIComponent(offer)}/release`, { order_id: order, reason }, `release-${order}`);
  }

  async #call(method: string, path: string, body?: object, idempotencyKey?: string): Promise<Offer> {
    const answer = await fetch(`${this.settings.tradeIn}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.settings.apiKey}`,
        ...(body && { "content-type": "application/json" }),
        ...(idempotencyKey && { "idempotency-key": idempotencyKey }),
      },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(10_000),
    });
    const json = await answer.json();
    if (answer.ok) return json;
    throw new Problem(answer.status, json.code ?? "internal", json.detail ?? json.title ?? "", json.request_id);
  }
}
