// nginx before several instances. docs/scaling.md explains each setting of it.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Program } from "./program.mjs";
import { until } from "./waiting.mjs";

/** Debian has it in a folder that is not on each user's PATH. */
const NGINX = existsSync("/usr/sbin/nginx") ? "/usr/sbin/nginx" : "nginx";

const configuration = (folder, port, instances) => `
${process.getuid() === 0 ? "user root;" : ""}
# One process, so that nothing is left of it when it is killed.
master_process off;
pid ${folder}/nginx.pid;
error_log stderr warn;
events { worker_connections 8192; }
http {
  access_log off;
  client_max_body_size 33m;
  ${["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((kind) => `${kind}_temp_path ${folder}/nginx/${kind};`).join("\n  ")}
  # One that refuses connections, or answers too late, gets nothing for two seconds.
  upstream instances {
    least_conn;
    ${instances.map((instance) => `server 127.0.0.1:${instance} max_fails=1 fail_timeout=2s;`).join("\n    ")}
    keepalive 64;
    keepalive_requests 100000;
  }
  # Only one instance knows how far its look-up of a list's models is.
  upstream instance_of_lists {
    hash $remote_addr consistent;
    ${instances.map((instance) => `server 127.0.0.1:${instance} max_fails=1 fail_timeout=2s;`).join("\n    ")}
  }
  proxy_http_version 1.1;
  proxy_set_header Connection "";
  proxy_set_header Host $http_host;
  proxy_set_header X-Forwarded-Host $http_host;
  proxy_set_header X-Forwarded-Proto $scheme;
  proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
  proxy_connect_timeout 1s;
  # Longer than a shopper waits at most (TRADEIN_DEADLINE_SECONDS). A POST that was sent is not sent to another instance.
  proxy_read_timeout 12s;
  server {
    listen 127.0.0.1:${port};
    keepalive_requests 100000;
    location / { proxy_pass http://instances; }
    location /batch {
      proxy_pass http://instance_of_lists;
      proxy_buffering off;
      proxy_read_timeout 1h;
    }
  }
}
`;

export class Balancer {
  /** @param {string} folder @param {number} port @param {number[]} instances their ports */
  static async open(folder, port, instances) {
    const balancer = new Balancer();
    mkdirSync(join(folder, "nginx"));
    const file = join(folder, "nginx.conf");
    writeFileSync(file, configuration(folder, port, instances));
    const words = ["-c", file, "-p", folder, "-e", "stderr"];
    const checked = spawnSync(NGINX, [...words, "-t"], { encoding: "utf8" });
    if (checked.status !== 0) throw new Error(`nginx: ${checked.error ?? checked.stderr}`);
    balancer.base = `http://127.0.0.1:${port}`;
    balancer.program = new Program({
      name: "nginx", file: NGINX, args: [...words, "-g", "daemon off;"], log: join(folder, "nginx.log"),
    });
    balancer.program.start();
    await until("nginx answers", () => fetch(`${balancer.base}/healthz`).then(() => true, () => false));
    return balancer;
  }

  async end() {
    await this.program.end("SIGTERM");
  }
}
