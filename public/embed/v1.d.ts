/**
 * Types of `<trade-in-widget>`, `https://HOST/embed/v1.js`, and of `<trade-in-value>`, `https://HOST/embed/value.js`.
 *
 * Copy this file into your project. Amounts are integers in fen (1/100 yuan), ratios are
 * decimal strings, times are RFC 3339 with +08:00. Unknown is `null`, never 0 or "".
 *
 * For JSX with React 19, add once:
 *
 * ```ts
 * import type { TradeInListeners, TradeInValueAttributes, TradeInWidgetAttributes, TradeInWidgetElement } from "./v1";
 * declare module "react" {
 *   namespace JSX {
 *     interface IntrinsicElements {
 *       "trade-in-widget": TradeInWidgetAttributes & TradeInListeners & React.RefAttributes<TradeInWidgetElement>;
 *       "trade-in-value": TradeInValueAttributes & TradeInListeners & React.HTMLAttributes<HTMLElement>;
 *     }
 *   }
 * }
 * ```
 */

/** An integer amount in fen. */
export type Fen = number;
/** A decimal as text, such as "0.90". */
export type Decimal = string;
/** RFC 3339, such as "2025-12-30T14:00:00+08:00". */
export type Timestamp = string;

/** What a device is worth, how that came about, and until when it holds. */
export interface Quote {
  /** It cannot be guessed. The quote's page is /quote/{id}. */
  readonly id: string;
  /** A price of the sandbox, for tests: it will not be paid. */
  readonly sandbox: boolean;
  /** `stale`: an older quote that is still valid. A checkout must not accept it. */
  readonly source: "partner" | "cache" | "stale";
  /** The name of the buyer whose price it is. If several were compared, this is the best offer. */
  readonly provider: string;
  readonly device: Device;
  readonly price: Price;
  /** Ways to hand the device over, best first. */
  readonly recycle: readonly RecycleOption[];
  /** The points of the inspection. */
  readonly quality_check: readonly string[];
  readonly quoted_at: Timestamp;
  readonly valid_until: Timestamp | null;
  /** What the shop adds for the product of this page; null for nothing. */
  readonly top_up: Fen | null;
}

/** The detail of `tradein:accept`: the quote, and the offer that was made of it. */
export interface AcceptedQuote extends Quote {
  readonly offer: AcceptedOffer;
}

/** What the shopper's acceptance is worth. Let your backend verify `token` before it counts on anything. */
export interface AcceptedOffer {
  readonly id: string;
  /** For people: eight characters without 0, O, 1, I and L. */
  readonly code: string;
  /** Price and top-up together. */
  readonly amount: Fen;
  readonly currency: "CNY";
  readonly expires_at: Timestamp;
  /** Signed by the server, for your backend. Send it in a body, never in an address, and do not store it in the page. */
  readonly token: string;
}

/** An offer as the shop's backend knows it, without its token: the detail of `tradein:withdraw`. */
export interface Offer {
  readonly id: string;
  readonly state: "accepted" | "redeemed" | "withdrawn" | "expired";
  readonly sandbox: boolean;
  readonly merchant: string;
  readonly quote: Omit<Quote, "top_up">;
  /** Price and top-up together. */
  readonly amount: Fen;
  readonly price: Fen;
  readonly top_up: Fen;
  readonly currency: "CNY";
  readonly product: { readonly name: string; readonly price: Fen | null } | null;
  readonly order_id: string | null;
  readonly code: string;
  readonly accepted_at: Timestamp;
  readonly redeemed_at: Timestamp | null;
  readonly expires_at: Timestamp;
  /** Grows with each change. */
  readonly version: number;
}

export interface Device {
  readonly device_id: string | null;
  readonly device_type: "手机" | "平板" | "笔记本" | "相机";
  readonly brand: string;
  readonly model: string;
  readonly storage: string;
  readonly ram: string | null;
  readonly spec: string | null;
  readonly condition: string;
  /** 0 to 10. */
  readonly condition_score: Decimal;
  /** `正常`, or the faults. */
  readonly function_status: string;
  readonly repair_history: string | null;
  readonly purchase_channel: string | null;
}

export interface Price {
  readonly currency: "CNY";
  readonly base: Fen | null;
  readonly condition_discount: Decimal | null;
  readonly function_deduction: Fen | null;
  readonly market_coefficient: Decimal | null;
  /** The coefficient is an estimate. It explains the price and does not change it. */
  readonly market_coefficient_estimated: boolean;
  /** The price. 0 when the device is worth nothing. */
  readonly final: Fen;
  /** Whether the price follows from its parts; `null` when parts are unknown. */
  readonly consistent: boolean | null;
}

export interface RecycleOption {
  readonly type: "store" | "pickup" | "mail" | "other";
  readonly label: string;
  readonly store_distance_km: Decimal | null;
  readonly door_time_window: string | null;
  readonly recommended: boolean;
}

export type ErrorCode =
  | "invalid_input"
  | "model_unknown"
  | "not_accepted"
  | "quota_exhausted"
  | "rate_limited"
  | "partner_unavailable"
  | "partner_refused"
  | "expired"
  | "not_found"
  | "not_allowed"
  | "internal"
  /** The frame has not loaded yet. It may still load, and then it is shown. */
  | "slow";

export interface TradeInError {
  readonly code: ErrorCode;
  /** For people, in the widget's language. */
  readonly message: string;
}

/** One check of `diagnose()`. */
export type Check = {
  readonly check:
    /** The attribute is set, and the server knows the id. */
    | "merchant"
    /** The page's origin is one of the merchant's. */
    | "origin"
    /** The page has an origin: no `sandbox` attribute takes it away. */
    | "sandbox"
    /** The page's Content-Security-Policy allows the frame. */
    | "policy"
    /** The page's Cross-Origin-Embedder-Policy allows the frame. */
    | "isolation"
    | "network"
    /** No extension or filter blocks the frame, as far as this can be found out. */
    | "blocker"
    /** `v1.js` and its modules come from the widget's own server. */
    | "script"
    /** The loader has the version that the frame expects. */
    | "version"
    /** All messages from the frame were well-formed. */
    | "messages"
    /** The page in the frame has answered. */
    | "answer";
} & (
  | { readonly ok: true; readonly cause: null; readonly mend: null }
  | { readonly ok: false; readonly cause: string; readonly mend: string }
  /** The check could not be made; the cause says why. */
  | { readonly ok: null; readonly cause: string; readonly mend: null }
);

/** All may change at any time. A change of merchant or device loads the form again. */
export interface TradeInWidgetAttributes {
  merchant: string;
  /** Default: the reader's language. */
  locale?: "zh-CN" | "en";
  /** Default: auto, the setting of the reader's system. */
  theme?: "auto" | "light" | "dark";
  /** A CSS colour. */
  accent?: string;
  /** The price of the new product, in fen. */
  "product-price"?: Fen | `${bigint}`;
  "product-name"?: string;
  "device-type"?: string;
  brand?: string;
  model?: string;
  storage?: string;
  /** Default: lazy, which loads it when it comes near the view. */
  loading?: "lazy" | "eager";
}

/** All may change at any time. The language is that of the nearest `lang`. */
export interface TradeInValueAttributes {
  merchant: string;
  /** Or its code, such as `phone`. */
  type: Device["device_type"] | (string & {});
  brand: string;
  /** As the widget writes it. */
  model: string;
  /** Default: the best price of all. */
  storage?: string;
}

/** As attributes of JSX in React 19: `{...{ "ontradein:accept": take }}`. */
export type TradeInListeners = {
  [type in keyof TradeInEventMap as `on${type}`]?: (event: TradeInEventMap[type]) => void;
};

/** The events bubble and cross shadow roots. */
export interface TradeInEventMap {
  /** A page of the widget has loaded; fires for each page. */
  "tradein:ready": CustomEvent<null>;
  /** The frame's new height in pixels, 0 to 20,000. */
  "tradein:resize": CustomEvent<{ readonly height: number }>;
  "tradein:quote": CustomEvent<Quote>;
  /** The shopper accepts the quote, and the server has made an offer of it. The same offer may come twice. */
  "tradein:accept": CustomEvent<AcceptedQuote>;
  /** The shopper withdraws it. */
  "tradein:withdraw": CustomEvent<Offer>;
  /** The quote has expired while it was shown. */
  "tradein:expire": CustomEvent<Quote>;
  "tradein:error": CustomEvent<TradeInError>;
  /** A `<trade-in-value>` was clicked. `preventDefault()`, and it opens nothing: the page does it. */
  "tradein:open": CustomEvent<OpenRequest>;
}

/** What a `<trade-in-value>` opens. */
export interface OpenRequest {
  readonly merchant: string;
  readonly device: Pick<Device, "device_type" | "brand" | "model"> & { readonly storage: string | null };
  /** The widget as a page of its own, with the device filled in. */
  readonly url: string;
}

/** `<trade-in-value>`. It takes the height of one line, and shows nothing where no price is known. */
export interface TradeInValueElement extends HTMLElement {}

/**
 * `<trade-in-widget>`.
 *
 * At least 640 px high once it is defined, so that the page does not jump when the frame loads. A style
 * rule of the page overrides that, and works before the script has loaded:
 * `trade-in-widget:not([hidden]) { display: block; min-height: 640px }`.
 */
export interface TradeInWidgetElement extends HTMLElement {
  /** Starts again with an empty form, and deletes the answers. */
  reset(): void;
  /**
   * Shows in the widget that an order has used the offer. Call it when the order is placed; your backend
   * redeems the offer. Without effect while the widget shows no accepted price. When the frame is loaded
   * again, it shows what the server knows.
   */
  redeemed(order: { orderId: string }): void;
  /**
   * Finds out what keeps the widget from showing. While the frame does not answer, this takes up to 10 s:
   * 3 s for the server's answer and a second frame, 1 s to see whether the widget is in view, 6 s for
   * the frame itself; and the time to load its script. If that cannot be loaded, the only check is
   * `script`.
   */
  diagnose(): Promise<Check[]>;
}

declare global {
  interface HTMLElementTagNameMap {
    "trade-in-widget": TradeInWidgetElement;
    "trade-in-value": TradeInValueElement;
  }
  interface HTMLElementEventMap extends TradeInEventMap {}
  interface DocumentEventMap extends TradeInEventMap {}
}
