import puppeteer, { type ElementHandle, type Frame, type Page } from "puppeteer-core";
import type { Driver, Found, Tab } from "./tab";

/**
 * Debian's Firefox, driven by WebDriver BiDi, which needs no driver beside it. There is no tab without JavaScript:
 * it knows no `emulation.setScriptingEnabled` yet, and with `javascript.enabled` off it closes the connection.
 */
export async function startFirefox(): Promise<Driver> {
  const firefox = await puppeteer.launch({
    browser: "firefox",
    executablePath: process.env.FIREFOX ?? "/usr/bin/firefox-esr",
    timeout: 100_000,
    protocolTimeout: 60_000,
  });
  return {
    async tab() {
      const context = await firefox.createBrowserContext();
      const page = await context.newPage();
      await page.setViewport({ width: 1280, height: 800 });
      return tabOf(page, async () => page.mainFrame(), () => context.close());
    },
    stop: () => firefox.close(),
  };
}

function tabOf(page: Page, place: () => Promise<Frame>, close: () => Promise<void>): Tab {
  return {
    goto: async (url) => void (await page.goto(url)),
    find: async (xpath) => (await (await place()).$$(`xpath/${xpath}`)).map(found),
    value: async <T>(expression: string) => (await (await place()).evaluate(`(async () => ${expression})()`)) as T,
    frame: (expression) =>
      tabOf(
        page,
        async () => {
          const frame = await (await (await place()).evaluateHandle(expression)).asElement()?.contentFrame();
          if (!frame) throw new Error(`${expression} is no frame`);
          return frame;
        },
        close,
      ),
    close,
  };
}

function found(element: ElementHandle<Node>): Found {
  const thing = element as ElementHandle<HTMLInputElement>;
  return {
    visible: () => thing.isVisible(),
    press: () => thing.click(),
    type: (text) => thing.type(text),
    choose: (path) => thing.uploadFile(path),
  };
}
