// Fails if files of a crate use each other in a circle: `circles.mjs ROOT…`, each root a `lib.rs` or `main.rs`.
// scripts/lib/circles.mjs has the rules.
import { arrows, circles, describe } from "./lib/circles.mjs";

let failed = false;
for (const root of process.argv.slice(2)) {
  const found = arrows(root);
  for (const files of circles(found)) {
    console.log(describe(found, files));
    failed = true;
  }
}
process.exit(failed ? 1 : 0);
