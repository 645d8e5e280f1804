// Runs the built server on a free port with an empty database, for as long as `work` takes.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * @param {(base: string, folder: string) => Promise<void>} work gets the address and a temporary folder
 * @param {Record<string, string>} [settings] more variables
 */
export async function withServer(work, settings = {}) {
  const folder = mkdtempSync(join(tmpdir(), "tradein-"));
  const server = spawn("target/release/tradein", ["serve"], {
    env: {
      PATH: process.env.PATH,
      LEPTOS_SITE_ADDR: "127.0.0.1:0",
      TRADEIN_DATABASE_URL: `sqlite://${join(folder, "tradein.db")}`,
      RUST_LOG: "error",
      ...settings,
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

/**
 * The same with an account at a partner, so that prices count as real: a sandbox that runs apart from the server.
 * @param {(base: string, folder: string) => Promise<void>} work
 */
export async function withLiveServer(work) {
  const account = { AHS_APP_ID: "AHS2025LIVE", AHS_APP_SECRET: "a-secret-for-this-run-only" };
  const env = { PATH: process.env.PATH, RUST_LOG: "error", ...account };
  const partner = spawn("target/release/tradein", ["sandbox", "--addr", "127.0.0.1:0"], { env, stdio: ["ignore", "pipe", "inherit"] });
  try {
    const [printed] = await once(partner.stdout, "data");
    const [address] = /http:\/\/\S+/.exec(String(printed)) ?? [];
    if (!address) throw new Error(`the sandbox printed no address: ${printed}`);
    await withServer(work, { ...account, AHS_API_URL: address });
  } finally {
    partner.kill();
    await once(partner, "exit");
  }
}
