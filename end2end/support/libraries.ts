import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Site } from "./site";

const MODULES = resolve(import.meta.dirname, "../node_modules");

/** React's files by the names with which they import each other. Only the development build has a StrictMode that renders twice. */
const REACT = {
  react: "react/cjs/react.development.js",
  scheduler: "scheduler/cjs/scheduler.development.js",
  "react-dom": "react-dom/cjs/react-dom.development.js",
  "react-dom/client": "react-dom/cjs/react-dom-client.development.js",
};

/** Serves the examples' imports below `/vendor/`, as a bundler or a CDN would. */
export function serveLibraries(site: Site): void {
  const type = "text/javascript; charset=utf-8";
  site.at("/vendor/react.js", async () => ({ body: await reactModule(), type }));
  site.at("/vendor/react-dom-client.js", { body: 'export { createRoot, hydrateRoot } from "/vendor/react.js";', type });
  site.at("/vendor/vue.js", async () => ({ body: await readFile(join(MODULES, "vue/dist/vue.esm-browser.prod.js")), type }));
}

/** React is published only as CommonJS: this wraps each file in a function, in one ES module. */
async function reactModule(): Promise<string> {
  const files = await Promise.all(
    Object.entries(REACT).map(async ([name, path]) => {
      const text = await readFile(join(MODULES, path), "utf8");
      return `${JSON.stringify(name)}(exports, require, process) {${text}\n}`;
    }),
  );
  return `const files = {${files.join(",")}};
    const loaded = {};
    function require(name) {
      if (!loaded[name]) files[name]((loaded[name] = {}), require, { env: { NODE_ENV: "development" } });
      return loaded[name];
    }
    export const { createElement, StrictMode, useState, useEffect, useRef } = require("react");
    export const { createRoot, hydrateRoot } = require("react-dom/client");`;
}
