/**
 * Types of `<trade-in-widget>`, `https://HOST/embed/v1.js`.
 *
 * Copy this file into your project. Amounts are integers in fen (1/100 yuan), ratios are
 * decimal strings, times are RFC 3339 with +08:00. Unknown is `null`, never 0 or "".
 *
 * For JSX with React 19, add once:
 *
 * ```ts
 * import type { TradeInListeners, TradeInWidgetAttributes, TradeInWidgetElement } from "./v1";
 * declare module "react" {
 *   namespace JSX {
 *     interface IntrinsicElements {
 *       "trade-in-widget": TradeInWidgetAttributes & TradeInListeners & React.RefAttributes<TradeInWidgetElement>;
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
  /** Unguessable; the quote's page is /quote/{id}. */
  readonly id: string;
  /** The price is for trying things out, and nobody will pay it. */
  readonly sandbox: boolean;
  /** `stale`: an older answer, still valid, that a checkout must not take. */
  readonly source: "partner" | "cache" | "stale";
  readonly device: Device;
  readonly price: Price;
  /** Ways to hand the device over, best first. */
  readonly recycle: readonly RecycleOption[];
  /** What the inspection looks at. */
  readonly quality_check: readonly string[];
  readonly quoted_at: Timestamp;
  readonly valid_until: Timestamp | null;
  /** The shop's own top-up for the product of this page; null where there is none. */
  readonly top_up: Fen | null;
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
  /** The coefficient is an estimate that explains the price; it does not make it. */
  readonly market_coefficient_estimated: boolean;
  /** What is paid. 0 when the device is worth nothing. */
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
  /** The frame has not come yet; it may still, and then shows. */
  | "slow";

export interface TradeInError {
  readonly code: ErrorCode;
  /** For people, in the widget's language. */
  readonly message: string;
}

/** One thing `diagnose()` looked at. */
export type Check = {
  readonly check:
    /** The attribute is there, and the server knows the id. */
    | "merchant"
    /** The page's origin is one of the merchant's. */
    | "origin"
    /** No `sandbox` attribute takes the page's origin away. */
    | "sandbox"
    /** The page's Content-Security-Policy allows the frame. */
    | "policy"
    /** The page's Cross-Origin-Embedder-Policy lets the frame in. */
    | "isolation"
    | "network"
    /** No extension or filter stands between, as far as can be told. */
    | "blocker"
    /** `v1.js` and what it needs come from the widget's own server. */
    | "script"
    /** The loader is the one that the frame expects. */
    | "version"
    /** All that the frame said was well-formed. */
    | "messages"
    /** The page in the frame is there. */
    | "answer";
} & (
  | { readonly ok: true; readonly cause: null; readonly mend: null }
  | { readonly ok: false; readonly cause: string; readonly mend: string }
  /** It could not be looked at; the cause says why. */
  | { readonly ok: null; readonly cause: string; readonly mend: null }
);

/** All may change at any time. A change of merchant or device starts the form anew. */
export interface TradeInWidgetAttributes {
  merchant: string;
  /** Default: the reader's language. */
  locale?: "zh-CN" | "en";
  /** Default: auto, as the reader's system has it. */
  theme?: "auto" | "light" | "dark";
  /** A CSS colour. */
  accent?: string;
  /** What the new product costs, in fen. */
  "product-price"?: Fen | `${bigint}`;
  "product-name"?: string;
  "device-type"?: string;
  brand?: string;
  model?: string;
  /** Default: lazy, when it comes near the view. */
  loading?: "lazy" | "eager";
}

/** As attributes of JSX in React 19: `{...{ "ontradein:accept": take }}`. */
export type TradeInListeners = {
  [type in keyof TradeInEventMap as `on${type}`]?: (event: TradeInEventMap[type]) => void;
};

/** Bubble and cross shadow roots. */
export interface TradeInEventMap {
  /** A page of the widget is up; fires for each page. */
  "tradein:ready": CustomEvent<null>;
  /** The frame's new height in pixels, 0 to 20,000. */
  "tradein:resize": CustomEvent<{ readonly height: number }>;
  "tradein:quote": CustomEvent<Quote>;
  /** The shopper takes the offer. */
  "tradein:accept": CustomEvent<Quote>;
  /** The offer has lapsed while it was shown. */
  "tradein:expire": CustomEvent<Quote>;
  "tradein:error": CustomEvent<TradeInError>;
}

/**
 * `<trade-in-widget>`.
 *
 * At least 640 px high once it is defined, so that the page does not jump when the frame
 * arrives; a rule of the page for `trade-in-widget` overrides that, and serves before the
 * script is there: `trade-in-widget:not([hidden]) { display: block; min-height: 640px }`.
 */
export interface TradeInWidgetElement extends HTMLElement {
  /** Starts over with an empty form, and forgets the answers of the one before. */
  reset(): void;
  /**
   * Tells what keeps the widget from showing. While the frame is silent it takes up to 10 s
   * (3 s for the server's word and a second frame, 1 s to see whether it is in view, 6 s for
   * the frame itself), beside the time that its own script takes to load. One check alone, `script`, where what it needs does not load.
   */
  diagnose(): Promise<Check[]>;
}

declare global {
  interface HTMLElementTagNameMap {
    "trade-in-widget": TradeInWidgetElement;
  }
  interface HTMLElementEventMap extends TradeInEventMap {}
  interface DocumentEventMap extends TradeInEventMap {}
}
