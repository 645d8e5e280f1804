// Runs the built server on a free port, with an empty database, while `work` runs.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** @param {(base: string, folder: string) => Promise<void>} work gets the server's address and a temporary folder */
export async function withServer(work) {
  const folder = mkdtempSync(join(tmpdir(), "tradein-"));
  const server = spawn("target/release/tradein", ["serve"], {
    env: {
      PATH: process.env.PATH,
      LEPTOS_SITE_ADDR: "127.0.0.1:0",
      TRADEIN_DATABASE_URL: `sqlite://${join(folder, "tradein.db")}`,
      RUST_LOG: "error",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const [printed] = await once(server.stdout, "data");
    const [base] = String(printed).split("\n");
    await work(base, folder);
  } finally {
    server.kill();
    await once(server, "exit");
    rmSync(folder, { recursive: true, force: true });
  }
}
