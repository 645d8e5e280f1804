// A program that is started, hurt and started again. Its log is a file, which each start continues.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";

/** All that run. Nothing outlives the process that started it. */
const running = new Set();
process.once("exit", () => running.forEach((child) => child.kill("SIGKILL")));

export class Program {
  #child;
  #stopped = false;
  /** How often it ended without being asked to. */
  crashes = 0;

  /** @param {{name: string, file: string, args: string[], log: string, options?: object}} what */
  constructor(what) {
    this.what = what;
    this.name = what.name;
  }

  /** Starts it. */
  start() {
    const { name, file, args, log, options = {} } = this.what;
    // A group of its own: Ctrl+C reaches only the process that started it, which ends everything in order.
    const child = spawn(file, args, { stdio: ["ignore", "pipe", "pipe"], detached: true, ...options });
    running.add(child);
    const written = createWriteStream(log, { flags: "a" });
    child.stdout.pipe(written, { end: false });
    child.stderr.pipe(written, { end: false });
    const ended = (how) => {
      running.delete(child);
      if (this.#child !== child) return;
      this.crashes += 1;
      this.#child = undefined;
      written.end(`${name} ended by itself: ${how}\n`);
    };
    child.once("error", ended);
    child.once("exit", (code, signal) => ended(code ?? signal));
    this.#child = child;
    this.#stopped = false;
  }

  get runs() {
    return this.#child !== undefined;
  }

  get hangs() {
    return this.#stopped;
  }

  get pid() {
    return this.#child?.pid;
  }

  /** Ends it, and waits until it has ended. One that does not end within `seconds` is killed. */
  async end(signal, seconds = 15) {
    const child = this.#child;
    if (!child) return;
    this.#child = undefined;
    if (this.#stopped && signal !== "SIGKILL") child.kill("SIGCONT");
    const ended = once(child, "exit");
    child.kill(signal);
    const late = setTimeout(() => child.kill("SIGKILL"), seconds * 1000);
    await ended;
    clearTimeout(late);
  }

  /** Stops it as it is (SIGSTOP): it keeps its connections, and answers nothing. */
  stop() {
    this.#child?.kill("SIGSTOP");
    this.#stopped = this.runs;
  }

  /** Lets it go on, as if no time had passed. */
  cont() {
    this.#child?.kill("SIGCONT");
    this.#stopped = false;
  }
}
