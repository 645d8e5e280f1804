import { expect, type Page } from "@playwright/test";

/** The operator token of the server under test. */
export const OPERATOR_TOKEN = "token-of-the-operator-in-these-tests";

/** Words of the operator's pages, by language. */
export const WORDS = {
  "zh-CN": { token: "运维令牌", signIn: "登录", signOut: "退出", title: "运维", wrong: "令牌不对", stalled: "未能刷新", quota: "配额" },
  en: {
    token: "Operator token", signIn: "Sign in", signOut: "Sign out", title: "Operations", wrong: "This is not the token",
    stalled: "Not refreshed", quota: "Quota",
  },
} as const;

/** Signs in at `/ops`, as a person does. */
export async function signIn(page: Page, language: keyof typeof WORDS, token = OPERATOR_TOKEN): Promise<void> {
  await page.goto(`/ops?locale=${language}`);
  await page.getByLabel(WORDS[language].token).fill(token);
  await page.getByRole("button", { name: WORDS[language].signIn }).click();
  if (token === OPERATOR_TOKEN) await expect(page.getByRole("heading", { name: WORDS[language].title })).toBeVisible();
}
