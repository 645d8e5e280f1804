import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { expectNoOverflow } from "../support/shopper";
import { STATES, statePath } from "../support/states";

// Each language once and each colour scheme once: whether text fits depends on the language, and contrast on the
// scheme. Each state is a separate test, so that a test's time does not grow with the number of states.
for (const [language, colorScheme] of [["zh-CN", "light"], ["en", "dark"]] as const) {
  test.describe(`in ${language} and ${colorScheme} colours`, () => {
    test.use({ colorScheme });
    for (const state of STATES) {
      test(`the state ${state} is accessible and fits`, async ({ page, isMobile }) => {
        // The narrowest supported width, and one that shows all questions at once.
        await page.setViewportSize(isMobile ? { width: 320, height: 640 } : { width: 1280, height: 800 });
        const answer = await page.goto(statePath(state, language));
        expect(answer?.status()).toBe(200);
        await expect(page.locator("main")).toBeVisible();
        await expectNoOverflow(page.locator("html"));
        const axe = new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]);
        const { violations } = await axe.analyze();
        expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.target.join(" "))])).toEqual([]);
      });
    }
  });
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
