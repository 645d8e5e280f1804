// WEBHOOK_SECRET=whsec_… node library.cjs ID TIMESTAMP SIGNATURE < body
const { readFileSync } = require("node:fs");
const { Webhook } = require("standardwebhooks");

const [id, timestamp, signature] = process.argv.slice(2);
const headers = { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signature };
// The body as it came. One that was parsed and written again has another signature.
const event = new Webhook(process.env.WEBHOOK_SECRET).verify(readFileSync(0, "utf8"), headers);
console.log(event.type);
