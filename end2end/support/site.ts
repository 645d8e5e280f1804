import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export type Reply = {
  body: string | Uint8Array;
  type?: string;
  headers?: Record<string, string>;
  status?: number;
};

/** The answer of a path. */
export type Route = Reply | ((url: URL, request: IncomingMessage) => Reply | Promise<Reply>);

/** A small web server on loopback: a shop's site, another site, or a stand-in for our server. */
export class Site {
  private readonly routes = new Map<string, Route>();

  private constructor(
    private readonly server: Server,
    /** The site's origin, under the host name it was started with. */
    readonly origin: string,
  ) {}

  /**
   * Starts on a free port. `localhost` and `127.0.0.1` are different sites to a browser,
   * so a frame of one in a page of the other is cross-site, as in production.
   */
  static async start(name: "localhost" | "127.0.0.1"): Promise<Site> {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const site = new Site(server, `http://${name}:${(server.address() as AddressInfo).port}`);
    server.on("request", async (request, response) => {
      const url = new URL(request.url ?? "/", site.origin);
      const route = site.find(url.pathname);
      const reply = typeof route === "function" ? await route(url, request) : route;
      response.writeHead(reply?.status ?? (reply ? 200 : 404), {
        "content-type": reply?.type ?? "text/html; charset=utf-8",
        "cache-control": "no-store",
        ...reply?.headers,
      });
      response.end(reply?.body ?? "");
    });
    return site;
  }

  /** Serves `route` at `path`; a path that ends in `/` serves all below it. */
  at(path: string, route: Route): string {
    this.routes.set(path, route);
    return this.origin + path;
  }

  private find(path: string): Route | undefined {
    const prefix = [...this.routes.keys()].find((known) => known.endsWith("/") && known !== "/" && path.startsWith(known));
    return this.routes.get(path) ?? (prefix === undefined ? undefined : this.routes.get(prefix));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}
