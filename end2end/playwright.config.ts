import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { defineConfig } from "@playwright/test";
import { freePort } from "./support/free-port";
import { OPERATOR_TOKEN } from "./support/operator";

/**
 * The address of the server under test. The first process to read this file chooses the
 * port; its workers inherit it. `TRADEIN_SERVER=none` starts none, for tests that bring
 * their own; any other value is the address of one that runs already.
 */
const chosen = process.env.TRADEIN_SERVER;
/** What the server under test keeps its records in: SQLite, or with `TRADEIN_ENGINE=postgres` a PostgreSQL of its own. */
const onPostgres = process.env.TRADEIN_ENGINE === "postgres";
const serve = `${onPostgres ? "scripts/with-postgres " : ""}target/release/tradein serve`;
const address = (process.env.TRADEIN_ADDR ??= `127.0.0.1:${await freePort()}`);
const baseURL = chosen && chosen !== "none" ? chosen : `http://${address}`;

/** One process for each browser, which starts it once. They may be slow to start, as several may start at once. */
const OTHER_BROWSERS = { testDir: "browsers", fullyParallel: false, timeout: 120_000 };

export default defineConfig({
  testDir: "tests",
  outputDir: "test-results",
  workers: 2,
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  // Machines with shared cores stall sometimes; a test that failed once is reported as flaky.
  retries: process.env.CI ? 2 : 0,
  timeout: 30_000,
  reporter: [["list"]],
  use: {
    baseURL,
    browserName: "chromium",
    // Tracing takes a quarter of a test's time, so only a repeated test is traced. `npx playwright test --trace on`
    // traces all.
    trace: "on-first-retry",
    // As Chromium on a desk does, a shop's page and the widget have processes of their own.
    launchOptions: launch(["--site-per-process"]),
  },
  projects: [
    { name: "desktop", use: { viewport: { width: 1280, height: 800 } } },
    { name: "phone", use: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true } },
    // A phone with little memory draws the frame in the process of the page around it, and messages and events come
    // in another order.
    {
      name: "one process",
      testMatch: "embed/{answers,around,attributes,element,handshake,height,messages,silence,slow}.spec.ts",
      use: { viewport: { width: 360, height: 740 }, launchOptions: launch(["--disable-site-isolation-trials"]) },
    },
    // Browsers of Debian's on the main paths; Playwright cannot drive them (support/browsers).
    { name: "firefox", ...OTHER_BROWSERS },
    { name: "webkit", ...OTHER_BROWSERS },
  ],
  webServer: chosen
    ? undefined
    : {
        // Without a partner account the server brings its own: sandbox mode.
        command: `exec env -u AHS_APP_ID -u AHS_APP_SECRET -u AHS_APP_SECRET_FILE ${serve}`,
        cwd: resolve(import.meta.dirname, ".."),
        env: {
          LEPTOS_SITE_ADDR: address,
          // Tests cause hundreds of refusals, so only problems of the server itself are logged.
          RUST_LOG: "warn",
          ...(onPostgres ? {} : { TRADEIN_DATABASE_URL: `sqlite://${databaseFile()}` }),
          TRADEIN_OPERATOR_TOKEN: OPERATOR_TOKEN,
          TRADEIN_CONFIG: resolve(import.meta.dirname, "support/tradein.toml"),
        },
        url: `${baseURL}/readyz`,
        timeout: 20_000,
        gracefulShutdown: { signal: "SIGTERM", timeout: 10_000 },
        stdout: "ignore",
        stderr: "pipe",
      },
});

function databaseFile() {
  const folder = (process.env.TRADEIN_FOLDER ??= mkdtempSync(join(tmpdir(), "tradein-end2end-")));
  return join(folder, "tradein.db");
}

/** How Chromium is started, with arguments of a project's own. */
function launch(args: string[]) {
  return {
    // Chromium without its windows: the same pages, drawn in two thirds of the time.
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium-headless-shell",
    args: [
      ...args,
      "--no-sandbox",
      "--disable-quic",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      // Where there is no desktop, Chromium complains of its missing bus in dozens of lines,
      // which stand above the line that matters when a launch or a page fails.
      "--log-level=3",
    ],
    // A scroll bar that takes room is what heights go to and fro over.
    ignoreDefaultArgs: ["--hide-scrollbars"],
  };
}
