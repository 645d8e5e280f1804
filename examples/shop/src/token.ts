import { createRemoteJWKSet, jwtVerify, type JWTVerifyGetKey } from "jose";
import type { Settings } from "./settings.ts";

/** What the shop uses of a token's claims. Amounts are in fen. */
export interface OfferClaims {
  /** The offer's id. */
  jti: string;
  /** What the offer takes off the price: the old device and the shop's own top-up together. */
  amount: number;
  currency: string;
  /** The product that the shopper looked at, as the page named it. */
  product: { name: string | null; price: number | null } | null;
  device: { brand: string; model: string };
  /** The offer's end, in seconds since 1970. */
  exp: number;
  sandbox: boolean;
}

/** The server's public keys: fetched once, kept, and fetched again when a token names a key that is not among them. */
export function publicKeys(settings: Settings): JWTVerifyGetKey {
  return createRemoteJWKSet(new URL("/.well-known/jwks.json", settings.tradeIn));
}

/** Reads a token that came from a shopper's browser. Throws if anything about it is wrong. */
export async function verifyOffer(token: string, keys: JWTVerifyGetKey, settings: Settings): Promise<OfferClaims> {
  const { payload } = await jwtVerify(token, keys, {
    algorithms: ["EdDSA"],
    typ: "tradein-offer+jwt",
    issuer: settings.tradeIn,
    audience: settings.merchant,
    requiredClaims: ["exp", "nbf", "jti"],
    clockTolerance: 30,
  });
  return payload as unknown as OfferClaims;
}
