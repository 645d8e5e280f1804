// node jose.mjs jwks.json ISSUER MERCHANT < token
import { readFileSync } from "node:fs";
import { createLocalJWKSet, jwtVerify } from "jose";

const [jwksFile, issuer, merchant] = process.argv.slice(2);
const keys = createLocalJWKSet(JSON.parse(readFileSync(jwksFile, "utf8")));
const token = readFileSync(0, "utf8").trim();

const { payload } = await jwtVerify(token, keys, {
  algorithms: ["EdDSA"],
  typ: "tradein-offer+jwt",
  issuer,
  audience: merchant,
  requiredClaims: ["exp", "nbf"],
  clockTolerance: 30,
});
console.log(payload.jti, payload.amount);
