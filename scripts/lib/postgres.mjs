// A PostgreSQL with an empty database in a folder of its own, on a port of this machine.
import { execFile, execFileSync, spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { Program } from "./program.mjs";
import { SmallDisk } from "./small-disk.mjs";
import { until } from "./waiting.mjs";

const run = promisify(execFile);

/** The newest installed one, as Debian has them; else that of PATH. */
function programs() {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).sort((one, other) => Number(other) - Number(one)) : [];
  const folder = versions.map((version) => join(debian, version, "bin")).find((bin) => existsSync(join(bin, "initdb")));
  return (name) => (folder ? join(folder, name) : name);
}

/** PostgreSQL refuses to run as root, so it gets the user that Debian's package made. */
function user() {
  if (process.getuid() !== 0) return {};
  const id = (what) => Number(execFileSync("id", [what, "postgres"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

export class Postgres {
  /**
   * @param {string} folder is made
   * @param {number} port
   * @param {string[]} [options] further settings, NAME=VALUE
   * @param {number} [megabytes] the size of the disk for the database, which can then be filled
   */
  static async open(folder, port, options = [], megabytes) {
    const postgres = new Postgres();
    const [program, as] = [programs(), user()];
    mkdirSync(folder);
    if (as.uid) chownSync(folder, as.uid, as.gid);
    const data = join(folder, "data");
    const initdb = ["-D", data, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"];
    const made = spawnSync(program("initdb"), initdb, { ...as, cwd: folder, encoding: "utf8" });
    if (made.status !== 0) throw new Error(`initdb: ${made.error ?? made.stderr}`);
    // What is tested is a crash of the process. One of the machine would need fsync.
    const settings = ["listen_addresses=127.0.0.1", "fsync=off", "max_connections=200", ...options];
    const args = ["-D", data, "-p", String(port), "-k", folder, ...settings.flatMap((one) => ["-c", one])];
    postgres.port = port;
    postgres.psql = program("psql");
    postgres.log = join(folder, "..", "postgres.log");
    postgres.program = new Program({
      name: "postgres", file: program("postgres"), args, log: postgres.log, options: { ...as, cwd: folder },
    });
    await postgres.start();
    if (megabytes) await postgres.#move(join(folder, "disk"), megabytes, as);
    return postgres;
  }

  /** Moves the database to a disk of its own. The log of the server stays where it is: without room for it, it would end. */
  async #move(folder, megabytes, user) {
    this.disk = SmallDisk.open(folder, megabytes, user);
    if (!this.disk) return;
    await this.query(`CREATE TABLESPACE small LOCATION '${folder}'`, "template1");
    await this.query("ALTER DATABASE postgres SET TABLESPACE small", "template1");
  }

  address(port = this.port) {
    return `postgres://postgres@127.0.0.1:${port}/postgres?sslmode=disable`;
  }

  async start() {
    if (this.program.runs) return;
    this.program.start();
    await until("PostgreSQL answers", () => this.query("SELECT 1").then(() => true, () => {
      if (!this.program.runs) throw new Error("PostgreSQL ended; see postgres.log");
    }));
  }

  /** How often its log has that text. */
  said(text) {
    return readFileSync(this.log, "utf8").split(text).length - 1;
  }

  /** Ends it as a crash does: connections break, and nothing is tidied up. */
  async kill() {
    await this.program.end("SIGQUIT");
  }

  /** Ends it in good order, for a restart. */
  async end() {
    await this.program.end("SIGINT");
  }

  /** Ends it for good. */
  async close() {
    await this.end();
    this.disk?.close();
  }

  /** The rows of a query, each an array of texts. Goes past all proxies. */
  async query(sql, database = "postgres") {
    const args = ["-h", "127.0.0.1", "-p", String(this.port), "-U", "postgres", "-d", database, "-XAtq", "-F", "\t", "-v", "ON_ERROR_STOP=1", "-c", sql];
    const { stdout } = await run(this.psql, args, { maxBuffer: 2 ** 28 });
    return stdout.split("\n").filter(Boolean).map((line) => line.split("\t"));
  }

  /** The one number that a query returns. */
  async number(sql) {
    return Number((await this.query(sql))[0][0]);
  }
}
