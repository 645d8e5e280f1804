// A Redis or Valkey that keeps nothing on the disk, on a port of this machine: each start is with an empty one.
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { Program } from "./program.mjs";
import { until } from "./waiting.mjs";

const run = promisify(execFile);
const found = (name) => process.env.PATH.split(":").some((folder) => existsSync(join(folder, name)));

export class Redis {
  static async open(folder, port) {
    const redis = new Redis();
    const kind = found("redis-server") || !found("valkey-server") ? "redis" : "valkey";
    const args = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", folder];
    redis.port = port;
    redis.cli = `${kind}-cli`;
    redis.program = new Program({ name: "redis", file: `${kind}-server`, args, log: join(folder, "redis.log") });
    await redis.start();
    return redis;
  }

  address(port = this.port) {
    return `redis://127.0.0.1:${port}/0`;
  }

  async start() {
    if (this.program.runs) return;
    this.program.start();
    await until("Redis answers", () => this.command("PING").then((answer) => answer.trim() === "PONG", () => false));
  }

  async kill() {
    await this.program.end("SIGKILL");
  }

  async end() {
    await this.program.end("SIGTERM");
  }

  /** Lets it have that much memory, in bytes; 0: as much as it wants. A full one refuses writes. */
  async limit(bytes) {
    await this.command("CONFIG", "SET", "maxmemory", String(bytes));
  }

  /** The answer to a command, as redis-cli prints it. Goes past all proxies. */
  async command(...words) {
    return (await run(this.cli, ["-p", String(this.port), ...words])).stdout;
  }
}
