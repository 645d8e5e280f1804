import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Builder, By, Capabilities, type WebDriver, type WebElement } from "selenium-webdriver";
import { freePort } from "../free-port";
import type { Driver, Found, Tab } from "./tab";

/** Debian's WebKit, driven by its `WebKitWebDriver`, on a screen of its own. */
export async function startWebKit(): Promise<Driver> {
  const binary = process.env.WEBKIT ?? miniBrowser();
  const { screen, display } = await startScreen();
  const port = await freePort();
  const driver = spawn("WebKitWebDriver", [`--port=${port}`], {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, DISPLAY: display, GDK_BACKEND: "x11", NO_AT_BRIDGE: "1", LIBGL_ALWAYS_SOFTWARE: "1" },
  });
  const server = `http://127.0.0.1:${port}`;
  await answers(`${server}/status`, driver);
  // A session is a browser of its own.
  const open = async (...more: string[]) => {
    const options = { binary, args: ["--automation", ...more] };
    const capabilities = new Capabilities({ browserName: "MiniBrowser", "webkitgtk:browserOptions": options });
    const session = await new Builder().usingServer(server).withCapabilities(capabilities).build();
    // So high that no path scrolls: the driver presses beside an element in a frame that the window has scrolled.
    await session.manage().window().setRect({ x: 0, y: 0, width: 1280, height: 1500 });
    return tabOf(session, [], () => session.quit());
  };
  return {
    tab: () => open(),
    // The page's own scripts are off; what the driver runs is not.
    tabWithoutScripts: () => open("--enable-javascript-markup=false"),
    async stop() {
      for (const child of [driver, screen]) {
        if (child.exitCode === null && child.kill("SIGTERM")) await once(child, "exit");
      }
    },
  };
}

/** The small browser that comes with WebKit, below /usr/lib/ARCHITECTURE/webkit2gtk-VERSION/. */
function miniBrowser(): string {
  const within = (folder: string) => readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? join(folder, entry.name) : []));
  const folders = within("/usr/lib").filter((folder) => folder.includes("-linux-")).flatMap(within);
  const binary = folders.map((folder) => join(folder, "MiniBrowser")).find((path) => path.includes("webkit2gtk-") && existsSync(path));
  if (!binary) throw new Error("WebKit's MiniBrowser is missing: run scripts/bootstrap");
  return binary;
}

/** A screen that shows nothing, whose number Xvfb chooses. */
async function startScreen(): Promise<{ screen: ChildProcess; display: string }> {
  const screen = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", "1400x1600x24", "-nolisten", "tcp"], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  const failed = once(screen, "exit").then(() => Promise.reject(new Error("Xvfb ended")));
  const [number] = await Promise.race([once(screen.stdio[3]!, "data"), failed]);
  // From here on its end is expected.
  failed.catch(() => {});
  return { screen, display: `:${String(number).trim()}` };
}

async function answers(url: string, child: ChildProcess): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`${child.spawnfile} ended with ${child.exitCode}`);
    if ((await fetch(url).catch(() => undefined))?.ok) return;
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** The tab, or the frame that `way` leads to: one expression for each frame on the way. */
function tabOf(session: WebDriver, way: string[], close: () => Promise<void>): Tab {
  const enter = async () => {
    await session.switchTo().defaultContent();
    for (const expression of way) await session.switchTo().frame(await session.executeScript<WebElement>(`return ${expression}`));
  };
  return {
    goto: (url) => session.get(url),
    find: async (xpath) => {
      await enter();
      return (await session.findElements(By.xpath(xpath))).map((element) => found(session, element));
    },
    value: async (expression) => {
      await enter();
      return await session.executeAsyncScript(
        `const done = arguments[arguments.length - 1]; (async () => ${expression})().then((value) => done({ value }), (error) => done({ error: String(error) }))`,
      ).then((answer) => {
        const { value, error } = answer as { value: never; error?: string };
        if (error) throw new Error(error);
        return value;
      });
    },
    frame: (expression) => tabOf(session, [...way, expression], close),
    close,
  };
}

function found(session: WebDriver, element: WebElement): Found {
  return {
    visible: () => element.isDisplayed(),
    async press() {
      await session.executeScript("arguments[0].scrollIntoView({ block: 'center' })", element);
      await element.click();
    },
    type: (text) => element.sendKeys(text),
    choose: (path) => element.sendKeys(path),
  };
}
