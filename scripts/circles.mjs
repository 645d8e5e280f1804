// Fails if files of a crate use each other in a circle, or if a line of scripts/circles-left is out of date:
// `circles.mjs ROOT…`, each root a `lib.rs` or `main.rs`. scripts/lib/circles.mjs has the rules.
import { readFileSync } from "node:fs";
import { arrows, circles, describe, onCircle, without } from "./lib/circles.mjs";

// A line `FROM TO` is an arrow that is not followed. Each must still close a circle.
const left = readFileSync("scripts/circles-left", "utf8")
  .split("\n")
  .filter((line) => /^[^#\s]/.test(line))
  .map((line) => line.split(/\s+/, 2));
const needed = new Set();
let failed = false;

for (const root of process.argv.slice(2)) {
  const found = arrows(root);
  for (const pair of left.filter(([from, to]) => onCircle(found, from, to))) needed.add(pair);
  for (const files of circles(without(found, left))) {
    console.log(describe(found, files));
    failed = true;
  }
}
for (const pair of left.filter((pair) => !needed.has(pair))) {
  console.log(`no circle any more, so remove it from scripts/circles-left: ${pair.join(" ")}`);
  failed = true;
}
process.exit(failed ? 1 : 0);
