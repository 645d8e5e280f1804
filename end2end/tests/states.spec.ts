import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { expectNoOverflow } from "../support/shopper";
import { STATES, statePath } from "../support/states";

for (const language of ["zh-CN", "en"] as const) {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`every state in ${language} and ${colorScheme} colours is accessible and fits`, async ({ browser, isMobile, baseURL }) => {
      test.slow();
      // The narrowest that is promised, and one that shows all questions at once.
      const viewport = isMobile ? { width: 320, height: 640 } : { width: 1280, height: 800 };
      const context = await browser.newContext({ baseURL, colorScheme, viewport });
      const page = await context.newPage();
      const faults: unknown[] = [];
      for (const state of STATES) {
        const answer = await page.goto(statePath(state, language));
        expect(answer?.status(), state).toBe(200);
        await expect(page.locator("main")).toBeVisible();
        await expectNoOverflow(page.locator("html"));
        const axe = new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]);
        const { violations } = await axe.analyze();
        faults.push(...violations.map(({ id, nodes }) => [state, id, nodes.map((node) => node.target.join(" "))]));
      }
      expect(faults).toEqual([]);
      await context.close();
    });
  }
}

test.describe("as a screen reader meets it", () => {
  for (const state of STATES) {
    test(`the state ${state}`, async ({ page, isMobile }) => {
      await page.goto(statePath(state, "en"));
      await expect(page.locator("body")).toMatchAriaSnapshot({ name: `${state}-${isMobile ? "narrow" : "wide"}.aria.yml` });
    });
  }
});

test("a sample stays as it is drawn, and asks nothing of the server", async ({ page }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(statePath("loading", "en"), { waitUntil: "networkidle" });
  await expect(page.locator("html")).not.toHaveAttribute("data-awake");
  expect(asked.filter((path) => path.startsWith("/api") || path.endsWith(".wasm"))).toEqual([]);
});
