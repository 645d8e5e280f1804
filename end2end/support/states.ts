/** Every state of the widget that the server draws from sample data. */
export const STATES = [
  "form", "review", "invalid", "loading", "slow", "quoted", "compared", "expiring", "expired", "renewed", "stale", "zero",
  "estimated", "accepted", "redeemed", "withdrawn", "ended", "refused", "unknown",
  "not_accepted", "quota", "limited", "down", "offline", "internal", "missing",
] as const;

export type State = (typeof STATES)[number];

/** The address of a state, in a shop that sells a new phone. */
export function statePath(state: State, language: string, theme = "auto"): string {
  const query = new URLSearchParams({ locale: language, theme, product_price: "799900", product_name: "iPhone 17 Pro" });
  return `/preview/state/${state}?${query}`;
}
