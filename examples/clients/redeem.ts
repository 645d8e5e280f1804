// node redeem.js http://127.0.0.1:3000
//
// Sells an old device as a shop's backend does, with a client generated from the API's OpenAPI document: quotes it,
// makes an offer, verifies its token, redeems it for an order, and releases it. Fails if an answer is not as documented.
import assert from "node:assert/strict";
import { createRemoteJWKSet, jwtVerify } from "jose";
import createClient from "openapi-fetch";
import type { components, paths } from "./api.js";

type Offer = components["schemas"]["Offer"];

const server = process.argv[2];
assert(server, "usage: node redeem.js ADDRESS");
const api = createClient<paths>({
  baseUrl: `${server}/api/v1`,
  headers: { Authorization: "Bearer tik_test_demo" },
});
// A name of this run, for orders and for keys that make repeating a call safe.
const run = crypto.randomUUID();
const once = (what: string) => ({ "Idempotency-Key": `${what}-${run}` });

const quote = await api.POST("/quotes", {
  params: { header: once("quote") },
  body: {
    device_type: "phone",
    brand: "苹果",
    model: "iPhone 14 Pro",
    storage: "256GB",
    condition: "excellent",
    function_status: "正常",
  },
});
assert(quote.data, `no price: ${quote.error?.detail}`);

const accepted = await api.POST("/offers", {
  params: { header: once("offer") },
  body: { quote_id: quote.data.id, product: "iPhone 17 Pro", product_price: 799_900 },
});
assert(accepted.data, `no offer: ${accepted.error?.detail}`);
const offer: Offer = accepted.data;

const { payload } = await jwtVerify(offer.token, createRemoteJWKSet(new URL("/.well-known/jwks.json", server)), {
  algorithms: ["EdDSA"],
  typ: "tradein-offer+jwt",
  issuer: server,
  audience: "demo",
  requiredClaims: ["exp", "nbf"],
  clockTolerance: 30,
});
assert.equal(payload.jti, offer.id);
assert.equal(payload.amount, offer.amount);

const redeem = (order: string, amount: number) =>
  api.POST("/offers/{id}/redeem", {
    params: { path: { id: offer.id }, header: once(`redeem-${order}-${amount}`) },
    body: { order_id: order, amount, currency: offer.currency, token: offer.token },
  });

const mismatch = await redeem(`A-${run}`, offer.amount + 1);
assert.equal(mismatch.response.status, 422);
assert.equal(mismatch.error?.code, "amount_mismatch");
assert.equal(mismatch.error.expected?.amount, offer.amount);

const redeemed = await redeem(`A-${run}`, offer.amount);
assert.equal(redeemed.data?.state, "redeemed");
assert.equal(redeemed.data.order_id, `A-${run}`);

const other = await redeem(`B-${run}`, offer.amount);
assert.equal(other.response.status, 409);
assert.equal(other.error?.code, "already_redeemed");

const released = await api.POST("/offers/{id}/release", {
  params: { path: { id: offer.id }, header: once("release") },
  body: { order_id: `A-${run}`, reason: "order cancelled" },
});
assert.equal(released.data?.state, "accepted");
assert.equal(released.data.version, 3);

console.log(`${offer.id}: accepted, redeemed once, released`);
