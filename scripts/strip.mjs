// Removes comments and spaces from the site's scripts and compresses them again. scripts/build runs it on
// the files that cargo-leptos has copied: `strip.mjs FOLDER`.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { strip } from "./lib/strip.mjs";

const [folder] = process.argv.slice(2);
const names = [folder, join(folder, "embed")].flatMap((place) => readdirSync(place).map((name) => join(place, name)));
for (const path of names.filter((name) => name.endsWith(".js"))) {
  const script = Buffer.from(strip(readFileSync(path, "utf8")));
  writeFileSync(path, script);
  writeFileSync(`${path}.br`, brotliCompressSync(script));
  writeFileSync(`${path}.gz`, gzipSync(script, { level: 9 }));
}
