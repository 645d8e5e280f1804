// Measures how long a shop's backend takes to verify a token with each library of examples/verify, warm and in its own
// process, beside the bare check of a signature by the same library. Python, PHP and openssl run on their own.
//
//   node scripts/verify-speed.mjs
import { execFileSync } from "node:child_process";
import { createPublicKey, generateKeyPairSync, sign } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const ISSUER = "https://trade.example";
const MERCHANT = "demo";
const require = createRequire(resolve("examples/shop/package.json"));
const { createLocalJWKSet, jwtVerify } = await import(pathToFileURL(require.resolve("jose")).href);

/** A token as the server makes it, and the key set that verifies it. */
function issued() {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const kid = "bench";
  const now = Math.floor(Date.now() / 1000);
  const header = { alg: "EdDSA", typ: "tradein-offer+jwt", kid };
  const claims = {
    iss: ISSUER,
    aud: MERCHANT,
    sub: "4rTmVq2cXk8LpZ0aYd7sBn",
    jti: "of_4rTmVq2cXk8LpZ0aYd7sBn",
    ...{ iat: now, nbf: now, exp: now + 3_600, v: 1, sandbox: true, provider: "aihuishou" },
    ...{ amount: 470_000, price: 450_000, top_up: 20_000, currency: "CNY" },
    product: { name: "iPhone 17 Pro", price: 799_900 },
    device: {
      ...{ type: "手机", brand: "苹果", model: "iPhone 14 Pro" },
      ...{ storage: "256GB", condition: "九成新", function_status: "正常" },
    },
  };
  const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const message = `${part(header)}.${part(claims)}`;
  const signature = sign(null, Buffer.from(message), privateKey);
  const jwk = { ...publicKey.export({ format: "jwk" }), kid, use: "sig", alg: "EdDSA" };
  return { token: `${message}.${signature.toString("base64url")}`, jwks: { keys: [jwk] }, message, signature };
}

/**
 * The fastest of thirty rounds, in microseconds a call: warming up and other processes only make a round slower. The rounds
 * of the token and of its signature take turns, so that both meet the same moments.
 */
async function fastest(works, { rounds = 30, calls = 100 } = {}) {
  const best = Object.fromEntries(Object.keys(works).map((name) => [name, Infinity]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, work] of Object.entries(works)) {
      const start = performance.now();
      for (let call = 0; call < calls; call++) await work();
      best[name] = Math.min(best[name], ((performance.now() - start) / calls) * 1_000);
    }
  }
  return best;
}

function tell(library, { token, signature }) {
  const ratio = (token / signature).toFixed(2);
  console.log(`${token.toFixed(0).padStart(8)} µs  ${library}; the signature alone ${signature.toFixed(0)} µs, ratio ${ratio}`);
}

const { token, jwks, message, signature } = issued();
const folder = mkdtempSync(join(tmpdir(), "tradein-verify-"));
const file = (name, content) => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
const jwksFile = file("jwks.json", JSON.stringify(jwks));
file("token", token);
/** Runs a program that reads the token, as those of examples/verify do. */
const run = (program, ...words) =>
  execFileSync(program, [...words, jwksFile, ISSUER, MERCHANT], { input: `${token}\n`, stdio: ["pipe", "pipe", "ignore"] });

try {
  const keys = createLocalJWKSet(jwks);
  const options = { algorithms: ["EdDSA"], typ: "tradein-offer+jwt", issuer: ISSUER, audience: MERCHANT };
  const key = await crypto.subtle.importKey("jwk", jwks.keys[0], "Ed25519", false, ["verify"]);
  const signed = Buffer.from(message);
  const jose = {
    token: () => jwtVerify(token, keys, { ...options, requiredClaims: ["exp", "nbf"] }),
    signature: () => crypto.subtle.verify("Ed25519", key, signature, signed),
  };
  tell("jose (Node)", await fastest(jose));
  tell("PyJWT (Python)", JSON.parse(run("python3", "scripts/lib/verify-speed.py")));
  tell("sodium (PHP)", JSON.parse(run("php", "scripts/lib/verify-speed.php").toString().split("\n").at(-1)));

  const pem = file("key.pem", createPublicKey({ key: jwks.keys[0], format: "jwk" }).export({ type: "spki", format: "pem" }));
  const bare = ["pkeyutl", "-verify", "-pubin", "-inkey", pem, "-rawin"];
  const inputs = ["-in", file("message", message), "-sigfile", file("signature", signature)];
  const openssl = {
    token: () => run("bash", "examples/verify/openssl.sh"),
    signature: () => execFileSync("openssl", [...bare, ...inputs], { stdio: "ignore" }),
  };
  tell("openssl, with its processes (base64, jq, xxd)", await fastest(openssl, { rounds: 10, calls: 1 }));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
