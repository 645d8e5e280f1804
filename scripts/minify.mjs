// Makes the site's scripts small and compresses them again. scripts/build runs it on the files that cargo-leptos has
// copied: `minify.mjs FOLDER`. Needs `terser` on PATH. All scripts are modules.
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

const [folder] = process.argv.slice(2);
const names = [folder, join(folder, "embed")].flatMap((place) => readdirSync(place).map((name) => join(place, name)));
for (const path of names.filter((name) => name.endsWith(".js"))) {
  execFileSync("terser", [path, "--module", "--compress", "--mangle", "--ecma", "2022", "--output", path], { stdio: "inherit" });
  const script = readFileSync(path);
  writeFileSync(`${path}.br`, brotliCompressSync(script));
  writeFileSync(`${path}.gz`, gzipSync(script, { level: 9 }));
}
