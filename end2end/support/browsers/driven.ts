import { test as base } from "@playwright/test";
import { startFirefox } from "./firefox";
import { Person } from "./person";
import type { Driver } from "./tab";
import { startWebKit } from "./webkit";
import { Site } from "../site";

/**
 * `driver` is the browser of the project's name, `person` a tab of it, `address` the server's, and `shop` a site that embeds the widget.
 * Playwright runs the tests, but drives only browsers of its own making, so others drive these.
 */
export const test = base.extend<{ scripts: boolean; address: string; person: Person; shop: Site }, { driver: Driver }>({
  scripts: [true, { option: true }],
  address: async ({ baseURL }, use) => use(baseURL ?? ""),
  driver: [
    async ({}, use, { project }) => {
      const driver = await (project.name === "webkit" ? startWebKit() : startFirefox());
      await use(driver);
      await driver.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  person: async ({ driver, scripts }, use, { skip }) => {
    skip(!scripts && !driver.tabWithoutScripts, "this browser cannot be driven without JavaScript");
    const tab = await (scripts ? driver.tab() : driver.tabWithoutScripts!());
    await use(new Person(tab));
    await tab.close();
  },
  shop: async ({}, use) => {
    const site = await Site.start("localhost");
    await use(site);
    await site.stop();
  },
});
