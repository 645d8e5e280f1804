import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { test as base } from "@playwright/test";
import { freePort } from "./free-port";
import { OPERATOR_TOKEN } from "./operator";

const ROOT = resolve(import.meta.dirname, "../..");

/** A server of a dealer with a price list, `prices.csv` in a folder of its own. */
export class Dealer {
  private server: ChildProcess | undefined;

  private constructor(readonly base: string, readonly folder: string, private readonly port: number) {}

  static async start(): Promise<Dealer> {
    const folder = mkdtempSync(join(tmpdir(), "tradein-dealer-"));
    const port = await freePort();
    const path = join(folder, "prices.csv");
    const provider = `[[providers]]\nname = "own"\nkind = "pricelist"\npath = ${JSON.stringify(path)}\n`;
    writeFileSync(join(folder, "tradein.toml"), `${provider}\n[[merchants]]\nid = "demo"\nname = "Demo"\norigins = ["https://demo.example"]\n`);
    writeFileSync(path, prices("3000"));
    const dealer = new Dealer(`http://127.0.0.1:${port}`, folder, port);
    await dealer.run();
    return dealer;
  }

  private async run(): Promise<void> {
    const { PATH = "", HOME = "" } = process.env;
    const server = spawn(resolve(ROOT, process.env.TRADEIN_BINARY ?? "target/release/tradein"), ["serve"], {
      cwd: ROOT,
      stdio: ["ignore", "ignore", "inherit"],
      env: {
        PATH, HOME, RUST_LOG: "off", TRADEIN_CONFIG: join(this.folder, "tradein.toml"), TRADEIN_OPERATOR_TOKEN: OPERATOR_TOKEN,
        LEPTOS_SITE_ADDR: `127.0.0.1:${this.port}`, TRADEIN_DATABASE_URL: `sqlite://${join(this.folder, "tradein.db")}`,
      },
    });
    this.server = server;
    for (;;) {
      if (server.exitCode !== null) throw new Error(`the server ended with ${server.exitCode}`);
      const answer = await fetch(`${this.base}/healthz`).catch(() => undefined);
      if (answer?.ok) return;
      await new Promise((done) => setTimeout(done, 50));
    }
  }

  async stop(): Promise<void> {
    const server = this.server;
    if (!server || server.exitCode !== null) return;
    const ended = new Promise((done) => server.once("exit", done));
    server.kill("SIGTERM");
    await ended;
  }
}

/** A list of two devices, with the price of the first. */
export function prices(first: string, day?: string): string {
  const rows = ["类型,品牌,型号,容量,九成新,八成新", `手机,苹果,iPhone 14 Pro,256GB,${first},2700`, "笔记本,联想,ThinkPad X1 Carbon Gen 11,512GB,5800,5000"];
  return [...(day ? [`生效日期,${day}`] : []), ...rows, ""].join("\n");
}

/** A list as a file to upload. */
export function file(name: string, text: string): { name: string; mimeType: string; buffer: Buffer } {
  return { name, mimeType: "text/csv", buffer: Buffer.from(text) };
}

/** A test at a dealer's server, where addresses without a host lead to. */
export const test = base.extend<{ dealer: Dealer }>({
  dealer: async ({}, use) => {
    const dealer = await Dealer.start();
    await use(dealer);
    await dealer.stop();
  },
  baseURL: ({ dealer }, use) => use(dealer.base),
});
