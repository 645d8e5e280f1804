import { readFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { Site } from "./site";

const PUBLIC = resolve(import.meta.dirname, "../../public");

/** A quote as the real page contains it. */
export const QUOTE = { id: "0123456789abcdefghijAB", sandbox: true, price: { currency: "CNY", final: 450_000 }, top_up: 30_000 };

/** A page of the stand-in. */
type Page = {
  /** Attributes of `<html>`. */
  facts?: Record<string, string>;
  head?: string;
  body?: string;
  /** Whether the page has the frame's script; without it, it never answers. */
  speaks?: boolean;
  /** The sites that may frame it, as CSP sources. */
  origins?: string;
  /** Whether the browser lets other sites frame it too. The page must send them nothing. */
  unguarded?: boolean;
  headers?: Record<string, string>;
};

/** A shop on another host, and the tests' shop. */
const ORIGINS = "https://shop.example http://localhost:*";

const PAGES: Record<string, Page> = {
  demo: { facts: { "data-merchant": "demo" } },
  other: { facts: { "data-merchant": "other" }, body: block(1000) },
  short: { body: block(700) },
  mute: { speaks: false },
  // Keeps the received messages and its port, for tests that send the frame's messages themselves.
  raw: { speaks: false, head: '<script src="/raw.js"></script>' },
  // A complete page with a picture that never loads.
  waiting: { body: `${block(900)}<img src="/never.png" alt="">` },
  // The server's notice in a page that is not allowed to frame it.
  foreign: { facts: { "data-failure": "not_allowed", "data-failure-message": "Not allowed yet." } },
  quoted: { head: quoteOf(QUOTE) },
  failed: { facts: { "data-failure": "partner_unavailable", "data-failure-message": "Try again soon." } },
  strangers: { origins: "https://shop.example 'self'", unguarded: true },
  closed: { origins: "https://shop.example" },
  isolated: {
    headers: { "cross-origin-embedder-policy": "require-corp", "cross-origin-resource-policy": "cross-origin" },
  },
  wavering: { body: `${block(700)}<script src="/wavering.js" defer></script>` },
  endless: { head: '<link rel="stylesheet" href="/endless.css">' },
};

/**
 * A stand-in for our server: the real `/embed/` files, and pages at `/widget/NAME` that
 * are easy to control. Their text block is 900 px high until a button changes that.
 */
export async function standIn(): Promise<Site> {
  const site = await Site.start("127.0.0.1");
  site.at("/embed/", async (url) => ({
    body: await readFile(join(PUBLIC, "embed", basename(url.pathname))),
    type: "text/javascript; charset=utf-8",
    // Module scripts of another origin are fetched with CORS.
    headers: { "access-control-allow-origin": "*", "cross-origin-resource-policy": "cross-origin" },
  }));
  site.at("/embed/check", (url, request) => {
    const page = PAGES[url.searchParams.get("merchant") ?? ""];
    // A browser sends `Origin` only to other sites.
    const origin = request.headers.origin ?? site.origin;
    const known = page !== undefined;
    return {
      body: JSON.stringify({ version: 1, merchant: known, origin: known && allows(page, origin, site) }),
      type: "application/json",
      headers: { "access-control-allow-origin": "*", vary: "origin" },
    };
  });
  site.at("/answers.js", async () => ({ body: await readFile(join(PUBLIC, "answers.js")), type: "text/javascript" }));
  site.at("/never.png", () => new Promise(() => {}));
  site.at("/block.css", { body: STYLE, type: "text/css" });
  site.at("/block.js", { body: SCRIPT, type: "text/javascript" });
  site.at("/raw.js", {
    body: `globalThis.heard = [];
      addEventListener("message", ({ data, ports, origin }) => {
        heard.push({ data, origin, ports: ports.length });
        if (!ports[0]) return;
        globalThis.port = ports[0];
        port.onmessage = ({ data }) => heard.push({ data, origin: "port", ports: 0 });
      });`,
    type: "text/javascript",
  });
  for (const [name, page] of Object.entries(PAGES)) {
    const ancestors = `frame-ancestors ${page.origins ?? ORIGINS}`;
    site.at(`/widget/${name}`, (url) => ({
      body: draw(page, url.searchParams),
      headers: { ...(page.unguarded ? {} : { "content-security-policy": ancestors }), ...page.headers },
    }));
  }
  // Each time the frame's height changes, the page changes its height back.
  site.at("/wavering.js", {
    body: 'let tall = false; addEventListener("resize", () => { block.style.height = (tall = !tall) ? "900px" : "700px"; });',
    type: "text/javascript",
  });
  site.at("/endless.css", { body: "body { min-height: calc(100vh + 32px); }", type: "text/css" });
  return site;
}

function allows({ origins = ORIGINS }: Page, origin: string, site: Site): boolean {
  return origins.split(" ").some((source) => {
    if (source === "'self'") return origin === site.origin;
    return source.endsWith(":*") ? origin.startsWith(source.slice(0, -1)) : origin === source;
  });
}

/** A quote as the server draws it into a page. */
export function quoteOf(quote: unknown): string {
  return `<script type="application/json" id="tradein-quote">${JSON.stringify(quote)}</script>`;
}

const STYLE = `
  :root { color-scheme: light dark; }
  body { margin: 0; display: flow-root; }
  #block { background: canvas; border: 1px solid; box-sizing: border-box; }
`;

const SCRIPT = `
  globalThis.block = document.getElementById("block");
  document.addEventListener("click", ({ target }) => {
    if (target.dataset.height) block.style.height = target.dataset.height + "px";
    const quote = JSON.parse(document.getElementById("tradein-quote")?.textContent ?? "null");
    if (target.dataset.post) document.dispatchEvent(new CustomEvent("tradein:post", { detail: { type: target.dataset.post, quote } }));
  });
  const start = block.dataset.start;
  block.style.height = start + "px";
`;

function block(height: number): string {
  return `<div id="block" data-start="${height}">
    <button data-height="1400">Grow</button> <button data-height="700">Shrink</button> <button data-height="300.4">Tiny</button>
    <button data-post="accept">Accept</button>
    <form id="tradein-form" action="/widget/short">
      <input name="model" aria-label="Model">
      <label><input type="checkbox" name="faults[]" value="screen">Screen</label>
      <label><input type="checkbox" name="faults[]" value="battery">Battery</label>
      <input type="hidden" name="theme" value="">
    </form>
  </div>`;
}

function draw({ facts = {}, head = "", body = block(900), speaks = true, origins = ORIGINS }: Page, query: URLSearchParams): string {
  const attributes = {
    lang: query.get("locale") ?? "zh-CN",
    "data-theme": query.get("theme") ?? "auto",
    "data-origins": origins,
    // Pages after the first, if their address names the merchant.
    ...(query.has("merchant") ? { "data-merchant": query.get("merchant") ?? "" } : {}),
    ...facts,
  };
  const said = Object.entries(attributes).map(([name, value]) => ` ${name}="${value}"`);
  return `<!doctype html><html${said.join("")}><head><meta charset="utf-8"><title>Stand-in</title>
    <meta name="viewport" content="width=device-width">
    <link rel="stylesheet" href="/block.css">${head}</head>
    <body>${body}<script src="/block.js" defer></script>
    <script type="module" src="/answers.js"></script>
    ${speaks ? '<script type="module" src="/embed/frame.js"></script>' : ""}</body></html>`;
}
