// Checks sizes against their budgets, in bytes with brotli: the widget's first view (HTML, CSS, JS, wasm),
// and the scripts that shops embed: the loader, and the line of a device's value, which needs no other.
import { request } from "node:http";
import { withServer } from "./lib/server.mjs";

const BUDGETS = { "first view": 120_000, "embed/v1.js": 2_500, "embed/value.js": 3_000 };

/** The size of an answer's body as sent, in bytes. */
async function size(base, path) {
  // `fetch` would decode the body, so the raw bytes are counted.
  return new Promise((done, fail) => {
    request(base + path, { headers: { "accept-encoding": "br" } }, (answer) => {
      let bytes = 0;
      if (answer.statusCode !== 200) fail(new Error(`${path}: ${answer.statusCode}`));
      answer.on("data", (chunk) => (bytes += chunk.length)).on("end", () => done(bytes));
    }).end();
  });
}

let failed = false;
await withServer(async (base) => {
  const page = "/widget/demo?locale=en";
  const html = await (await fetch(base + page)).text();
  const named = [...html.matchAll(/(?:href|src|data-glue|data-wasm)="(\/[^"#]*\.(?:css|js|wasm|svg))/g)].map(([, path]) => path);
  const parts = [page, ...new Set(named), "/icons.svg"];
  let sum = 0;
  for (const path of new Set(parts)) {
    const bytes = await size(base, path);
    sum += bytes;
    console.log(`${String(bytes).padStart(8)}  ${path.replace(/\.[\w-]+(\.\w+)$/, "$1")}`);
  }
  const sizes = [["first view", sum]];
  for (const name of ["embed/v1.js", "embed/value.js"]) sizes.push([name, await size(base, `/${name}`)]);
  for (const [name, bytes] of sizes) {
    const ok = bytes <= BUDGETS[name];
    failed ||= !ok;
    console.log(`${String(bytes).padStart(8)}  ${name}, budget ${BUDGETS[name]}: ${ok ? "held" : "BROKEN"}`);
  }
});
process.exit(failed ? 1 : 0);
