import { expect, type FrameLocator, type Locator, type Page } from "@playwright/test";

/** Words of the shopper's pages, by language. */
export const WORDS = {
  "zh-CN": {
    phone: "手机", keyword: "搜索型号", found: "iPhone 14 Pro", count: /找到 \d+ 款/, excellent: "九成新", works: "全部正常", broken: "有地方不好用",
    ask: "查看价格", worth: "你的旧机可抵", until: "价格保留到", steps: "价格怎么来的", recommended: "推荐", sandbox: "沙盒演示价格",
    manual: "列表里没有？手动填写", brand: "品牌", model: "型号", storage: "存储容量", unknown: "没有找到这款设备", down: "报价服务暂时没有回应",
    check: "请检查下面的回答", offline: "现在没有网络", change: "换一款", edit: "修改", search: "搜索", goOn: "下一步", back: "上一步",
    review: "你的回答", looks: "外观", nearest: "没有完全同名的型号", waiting: "正在询价",
  },
  en: {
    phone: "Phone", keyword: "Search for the model", found: "iPhone 14 Pro", count: /\d+ found/, excellent: "Excellent", works: "Everything works",
    broken: "Something does not work", ask: "See the price", worth: "Your device is worth", until: "Holds until",
    steps: "How the price came about", recommended: "Recommended", sandbox: "A sandbox price", manual: "Not in the list? Enter it by hand",
    brand: "Brand", model: "Model", storage: "Storage", unknown: "This device was not found", down: "The quote service does not answer",
    check: "Please check these answers", offline: "You are offline", change: "Change", edit: "Change", search: "Search", goOn: "Continue", back: "Back",
    review: "Your answers", looks: "Looks", nearest: "Nothing has exactly this name", waiting: "Asking for the price",
  },
} as const;

export type Language = keyof typeof WORDS;
/** A page, or the page in a frame. */
type Place = Page | FrameLocator;

/** Waits until the page's islands have started. */
export async function awake(place: Place): Promise<void> {
  await expect(place.locator("html[data-awake]")).toBeAttached();
}

/** The screens of a narrow page, in order. */
export const STEPS = ["device", "looks", "function", "history", "review"] as const;
type Step = (typeof STEPS)[number];

/** Goes to a step, if the page is narrow and shows one at a time; a wide page shows all. */
export async function goTo(place: Place, language: Language, step: Step): Promise<void> {
  const words = WORDS[language];
  const form = place.locator("#tradein-form");
  for (let presses = 0; presses < STEPS.length; presses += 1) {
    const screens = place.locator(".step-way:visible");
    let at = -1;
    let arrived = false;
    // A page that is still loading has no style yet, and shows all steps, or none of them: then it is looked at again.
    await expect(async () => {
      expect(await form.evaluate((it) => getComputedStyle(it).getPropertyValue("--line"))).not.toBe("");
      const shown = await screens.count();
      expect(shown).toBeLessThan(2);
      at = STEPS.indexOf((await form.getAttribute("data-step")) as Step);
      arrived = at === STEPS.indexOf(step) || shown === 0;
      if (arrived) return;
      const press = at < STEPS.indexOf(step) ? words.goOn : words.back;
      await screens.getByRole("button", { name: press, exact: true }).click();
    }).toPass();
    if (arrived) return;
    await expect(form).not.toHaveAttribute("data-step", STEPS[at] ?? "");
  }
  throw new Error(`${step} was not reached`);
}

/** Searches for an iPhone 14 Pro, and chooses it and a size. Works with scripts and without. */
export async function choosePhone(place: Place, language: Language): Promise<void> {
  const words = WORDS[language];
  await goTo(place, language, "device");
  await place.getByRole("radio", { name: words.phone, exact: true }).check({ force: true });
  await place.getByLabel(words.keyword).fill("iphone 14 pro");
  await place.getByRole("button", { name: words.search, exact: true }).click();
  // Until this text is shown, the list is about to be replaced.
  await expect(place.locator(".status, .drawn-status").filter({ hasText: words.count, visible: true })).toBeVisible();
  await place.getByRole("button", { name: /(苹果|Apple) iPhone 14 Pro$/ }).click();
  await place.getByRole("radio", { name: "256GB" }).check();
}

/** Enters a device that no search finds. */
export async function enterByHand(place: Place, language: Language, model: string): Promise<void> {
  const words = WORDS[language];
  await goTo(place, language, "device");
  await place.getByRole("radio", { name: words.phone, exact: true }).check({ force: true });
  await place.getByText(words.manual).click();
  await place.getByRole("textbox", { name: words.brand, exact: true }).fill("苹果");
  await place.getByRole("textbox", { name: words.model, exact: true }).fill(model);
  await place.getByRole("textbox", { name: words.storage, exact: true }).fill("256GB");
}

/** Answers how the device looks, and that everything works. */
export async function describeCondition(place: Place, language: Language): Promise<void> {
  const words = WORDS[language];
  await goTo(place, language, "looks");
  await place.getByRole("radio", { name: new RegExp(`^${words.excellent}`) }).check();
  await goTo(place, language, "function");
  await place.getByRole("radio", { name: new RegExp(`^${words.works}`) }).check();
}

export async function ask(place: Place, language: Language): Promise<void> {
  await goTo(place, language, "review");
  await place.getByRole("button", { name: WORDS[language].ask }).click();
}

/** Expects a price and everything that is shown with it. */
export async function expectPrice(place: Place, language: Language): Promise<void> {
  const words = WORDS[language];
  await expect(place.getByRole("heading", { name: words.worth })).toBeVisible();
  await expect(place.locator(".amount")).toHaveText(/^¥[\d,]+(\.\d\d)?$/);
  for (const part of [words.until, words.steps, words.recommended, words.sandbox]) {
    await expect(place.getByText(part).first()).toBeVisible();
  }
}

/** Expects no sideways scrolling. */
export async function expectNoOverflow(element: Locator): Promise<void> {
  expect(await element.evaluate((root) => root.scrollWidth - root.clientWidth)).toBeLessThanOrEqual(0);
}

/** Presses Tab until an element with that text has the focus, as a person without a pointer does. */
export async function tabToward(page: Page, name: RegExp): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press("Tab");
    // In one step, because the focused element is removed when its list is drawn again.
    const text = await page.evaluate(() => {
      const focused = document.activeElement;
      return focused && focused !== document.body ? (focused.closest("label") ?? focused).textContent + focused.id : "";
    });
    if (name.test(text)) return;
  }
  throw new Error(`the focus never came to ${name}`);
}
