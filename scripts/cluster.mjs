// Runs the product as three instances on this machine, and lets another shell hurt them.
//
//   scripts/cluster            starts all, and prints the addresses; Ctrl+C ends all
//   scripts/cluster COMMAND    does something to the cluster that runs
//
// The commands go to the first process by a socket in target/, one in each connection.
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { connect, createServer } from "node:net";
import { Cluster, ENGINES } from "./lib/cluster.mjs";

const SOCKET = "target/cluster.socket";
const SLOW_MS = 2_000;
const COMMANDS = `  status                    each instance's /readyz in a line, and the engines
  kill 2                    kill -9 an instance, or an engine: kill redis, kill postgres
  stop 2, cont 2            let an instance hang (SIGSTOP), and go on; engines too
  start 2                   start again what was killed
  cut 2 postgres            cut an instance from an engine; without a number all of them: cut redis
  stall 2 redis             the same, but its connections stay open and pass nothing
  slow redis                each packet to and from an engine takes 2 s
  heal                      end every cut, stall and slowness
  full, roomy, empty        let Redis have memory for nothing, and for all again; remove all that is in it
  partner '{"latency_ms":500}'   set faults of the partner: crates/sandbox/README.md`;

/** An instance by its number, or an engine by its name: its process, and how it is started and killed. */
function named(cluster, name) {
  const instance = cluster.instances.find((instance) => String(instance.number) === name);
  if (instance) {
    return { program: instance, kill: () => instance.end("SIGKILL"), start: () => cluster.startInstance(instance) };
  }
  const engine = ENGINES.includes(name) && cluster[name];
  if (!engine) throw new Error(`name an instance (1 to ${cluster.instances.length}) or an engine (${ENGINES.join(", ")})`);
  return { program: engine.program, kill: () => engine.kill(), start: () => engine.start() };
}

async function status(cluster) {
  const state = ({ runs, hangs }) => (hangs ? "hangs" : runs ? "runs" : "ended");
  const lines = cluster.instances.map(async (instance) => {
    const ready = instance.runs && !instance.hangs ? await cluster.readiness(instance) : undefined;
    const links = Object.entries(instance.proxies).filter(([, { state }]) => state !== "open");
    const cut = links.map(([name, { state }]) => `; its way to ${name} is ${state}`).join("");
    return `${instance.number}  ${instance.base}  ${state(instance)}  ${ready ? JSON.stringify(ready) : "no answer"}${cut}`;
  });
  const engines = ENGINES.map((name) => `${name}  ${state(cluster[name].program)}`);
  const { in_flight, most_in_flight, quota_used } = await cluster.stats();
  return [...(await Promise.all(lines)), ...engines, `partner  ${quota_used} calls, ${in_flight} under way, ${most_in_flight} at most`].join("\n");
}

/** Does a command. Returns what to print, if that is more than that it is done. */
async function obey(cluster, [verb, ...names]) {
  switch (verb) {
    case "status": return status(cluster);
    case "kill": return named(cluster, names[0]).kill();
    case "stop": return named(cluster, names[0]).program.stop();
    case "cont": return named(cluster, names[0]).program.cont();
    case "start": return named(cluster, names[0]).start();
    case "cut": case "stall": case "slow": {
      const instance = names.length > 1 ? named(cluster, names[0]).program : undefined;
      return cluster.proxiesTo(names.at(-1), instance).forEach((proxy) => proxy[verb](SLOW_MS));
    }
    case "heal": return ENGINES.flatMap((name) => cluster.proxiesTo(name)).forEach((proxy) => proxy.heal());
    case "full": return cluster.redis.limit(1);
    case "roomy": return cluster.redis.limit(0);
    case "empty": return cluster.redis.command("FLUSHALL");
    case "partner": return cluster.faults(JSON.parse(names.join(" ")));
    default: throw new Error(`no such command; there are\n${COMMANDS}`);
  }
}

/** Sends a command to the cluster that runs, and prints its answer. */
function send(words) {
  const socket = connect(SOCKET).setEncoding("utf8");
  socket.on("error", () => {
    console.error("no cluster runs here: start one with make cluster");
    process.exitCode = 1;
  });
  let answer = "";
  socket.on("data", (text) => (answer += text));
  socket.on("end", () => {
    const { said, failed } = JSON.parse(answer);
    (failed ? console.error : console.log)(said);
    process.exitCode = failed ? 1 : 0;
  });
  socket.end(JSON.stringify(words));
}

function listen(cluster) {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    let text = "";
    socket.setEncoding("utf8").on("data", (part) => (text += part)).on("error", () => {});
    socket.on("end", async () => {
      const answer = await obey(cluster, JSON.parse(text)).then(
        (said) => ({ said: said ?? "done" }),
        (error) => ({ said: error.message, failed: true }),
      );
      socket.end(JSON.stringify(answer));
    });
  });
  return server.listen(SOCKET);
}

async function run() {
  mkdirSync("target", { recursive: true });
  if (existsSync(SOCKET)) {
    const runs = await new Promise((done) => connect(SOCKET).once("connect", () => done(true)).once("error", () => done(false)));
    if (runs) throw new Error("a cluster runs here already");
    rmSync(SOCKET);
  }
  const first = Number(process.env.TRADEIN_CLUSTER_PORT ?? 3000);
  const cluster = await Cluster.open({ ports: [first, first + 1, first + 2, first + 3] });
  const control = listen(cluster);
  console.log(`${cluster.balancer.base}
  through nginx, to one of three instances: ${cluster.instances.map(({ base }) => base).join(", ")}
  the operator's token: ${cluster.token}
  the partner is the sandbox; prices are made up, though the pages do not say so
  logs: ${cluster.folder}

In another shell, scripts/cluster with:
${COMMANDS}

Ctrl+C ends all.`);
  await new Promise((done) => ["SIGINT", "SIGTERM"].forEach((signal) => process.once(signal, done)));
  control.close();
  await cluster.end();
}

const words = process.argv.slice(2);
if (words.length > 0) send(words);
else {
  await run().catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
