// node plain.mjs jwks.json ISSUER MERCHANT < token
import { createPublicKey, verify } from "node:crypto";
import { readFileSync } from "node:fs";

const json = (part) => JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
const must = (holds, what) => {
  if (!holds) throw new Error(`the token's ${what} is wrong`);
};

export function verifyOffer(token, jwks, issuer, merchant, now = Date.now() / 1000) {
  const [head, body, signature, ...more] = token.split(".");
  must(signature && more.length === 0, "shape");
  const header = json(head);
  must(header.alg === "EdDSA", "alg");
  must(header.typ === "tradein-offer+jwt", "typ");
  must(header.crit === undefined, "crit");
  const jwk = jwks.keys.find((key) => key.kid === header.kid && key.kty === "OKP" && key.crv === "Ed25519");
  must(jwk, "kid");
  const key = createPublicKey({ key: jwk, format: "jwk" });
  must(verify(null, Buffer.from(`${head}.${body}`), key, Buffer.from(signature, "base64url")), "signature");

  const claims = json(body);
  must(claims.iss === issuer, "iss");
  must(claims.aud === merchant, "aud");
  must(Number.isInteger(claims.exp) && now < claims.exp + 30, "exp");
  must(Number.isInteger(claims.nbf) && now >= claims.nbf - 30, "nbf");
  return claims;
}

const [jwksFile, issuer, merchant] = process.argv.slice(2);
const jwks = JSON.parse(readFileSync(jwksFile, "utf8"));
const claims = verifyOffer(readFileSync(0, "utf8").trim(), jwks, issuer, merchant);
console.log(claims.jti, claims.amount);
