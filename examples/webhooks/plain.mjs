// WEBHOOK_SECRET=whsec_… node plain.mjs ID TIMESTAMP SIGNATURE < body
import { createHmac, timingSafeEqual } from "node:crypto";
import { readFileSync } from "node:fs";

export function verifyWebhook(secret, id, timestamp, signatures, body, now = Date.now() / 1000) {
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(now - Number(timestamp)) > 300) throw new Error("the time is wrong");
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const expected = createHmac("sha256", key).update(`${id}.${timestamp}.`).update(body).digest();
  // While a secret is replaced, there is a signature by each of the two.
  const isOurs = signatures.split(" ").some((one) => {
    const [version, signature] = one.split(",");
    const bytes = Buffer.from(signature ?? "", "base64");
    return version === "v1" && bytes.length === expected.length && timingSafeEqual(bytes, expected);
  });
  if (!isOurs) throw new Error("the signature is wrong");
  return JSON.parse(body.toString("utf8"));
}

const [id, timestamp, signatures] = process.argv.slice(2);
const event = verifyWebhook(process.env.WEBHOOK_SECRET, id, timestamp, signatures, readFileSync(0));
console.log(event.type);
