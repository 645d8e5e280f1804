import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { freePort } from "./free-port";

const ROOT = resolve(import.meta.dirname, "../..");

/** The example shop and a server of its own in sandbox mode, which sends it webhooks. */
export class ExampleShop {
  private constructor(
    readonly base: string,
    readonly tradeIn: string,
    private readonly processes: ChildProcess[],
  ) {}

  static async start(): Promise<ExampleShop> {
    const folder = mkdtempSync(join(tmpdir(), "tradein-shop-"));
    const [port, shopPort] = [await freePort(), await freePort()];
    const config = join(folder, "tradein.toml");
    // The shop's own settings for the server, with the free port of this test.
    writeFileSync(config, readFileSync(join(ROOT, "examples/shop/tradein.toml"), "utf8").replace(":4100/", `:${shopPort}/`));
    const [base, tradeIn] = [`http://127.0.0.1:${shopPort}`, `http://127.0.0.1:${port}`];
    const { PATH = "", HOME = "" } = process.env;
    const shared = { PATH, HOME, TRADEIN_WEBHOOK_SECRET: `whsec_${randomBytes(32).toString("base64")}` };
    const server = spawn("target/release/tradein", ["serve"], {
      cwd: ROOT,
      stdio: ["ignore", "ignore", "inherit"],
      env: {
        ...shared, RUST_LOG: "warn", TRADEIN_CONFIG: config, LEPTOS_SITE_ADDR: `127.0.0.1:${port}`,
        TRADEIN_DATABASE_URL: `sqlite://${join(folder, "tradein.db")}`,
      },
    });
    const shop = spawn("npm", ["run", "--silent", "start"], {
      cwd: join(ROOT, "examples/shop"),
      stdio: ["ignore", "ignore", "inherit"],
      // npm starts the shop in a process of its own; both end with their group.
      detached: true,
      env: {
        ...shared, TRADEIN_URL: tradeIn, TRADEIN_MERCHANT: "demo", TRADEIN_API_KEY: "tik_test_demo",
        SHOP_PORT: String(shopPort), SHOP_ORDERS: join(folder, "orders.json"),
      },
    });
    await Promise.all([answers(`${tradeIn}/readyz`, server), answers(base, shop)]);
    return new ExampleShop(base, tradeIn, [server, shop]);
  }

  stop(): void {
    const [server, shop] = this.processes;
    server?.kill("SIGTERM");
    if (shop?.pid) process.kill(-shop.pid, "SIGTERM");
  }
}

/** Waits until the address answers; fails if its process ends before. */
async function answers(url: string, child: ChildProcess): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`${child.spawnfile} ended with ${child.exitCode}`);
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((done) => setTimeout(done, 50));
  }
}
