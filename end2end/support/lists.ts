import { expect, type Page } from "@playwright/test";

/** Words of the pages of device lists, by language. */
export const WORDS = {
  "zh-CN": {
    lists: "设备清单", choose: "选择文件，或拖放到这里", read: "读取清单", understood: "理解的内容", start: "开始", pause: "暂停", resume: "继续",
    asking: "进行中", done: "已完成", paused: "已暂停", find: "品牌、型号、容量或成色", show: "显示", price: "价格（元）", total: "总价值",
    remove: "删除……", removeReally: "删除这份清单", none: "没有这样的行", columns: "列", readAgain: "重新读取", storage: "存储容量",
    missing: "还有这些列没有指定：存储容量", tooLarge: "文件超过 32 MiB", bad: "成色“很新”看不出是哪一档", outcome: "结果", waits: "待回答",
    questions: (count: number) => `待确认的问题：${count}`, own: (grade: string) => `贵公司的“${grade}”相当于哪一档成色？`,
    works: (text: string) => `“${text}”：是一切正常，还是有故障？`, ownWords: "或自己填写", use: "使用这些回答", wrong: "有 1 个回答无法使用",
    noAnswer: "“看着还行”无法使用", answered: (count: number) => `已回答：${count}`, lastTime: "与您上次所说相同", waiting: "待回答的行",
    notQuoted: (count: number) => `未报价的行：${count}`, leaveOut: "不报价", excellent: "九成新", guessed: "（推断）", questionsSheet: "待确认",
    handIn: "交回填好的报告", handInFile: "填好的报告", allWorks: "一切正常", answerOpen: "回答待确认的问题",
  },
  en: {
    lists: "Device lists", choose: "Choose a file, or drop it here", read: "Read the list", understood: "What was understood", start: "Start",
    pause: "Pause", resume: "Resume", asking: "At work", done: "Done", paused: "Paused", find: "Brand, model, storage or condition", show: "Show",
    price: "Price (CNY)", total: "Worth together", remove: "Delete…", removeReally: "Delete this list", none: "No row is like that",
    columns: "Columns", readAgain: "Read again", storage: "Storage", missing: "These columns are still to be named: Storage",
    tooLarge: "The file is larger than 32 MiB", bad: "Condition “很新” names no grade", outcome: "Outcome", waits: "Waits for an answer",
    questions: (count: number) => `Questions: ${count}`, own: (grade: string) => `Your own grade “${grade}”: which of these is it?`,
    works: (text: string) => `“${text}”: does everything work, or is something broken?`, ownWords: "or in your own words",
    use: "Use these answers", wrong: "Answers that cannot be used: 1", noAnswer: "“看着还行” is no answer",
    answered: (count: number) => `Answered: ${count}`, lastTime: "as you said last time", waiting: "Rows that wait for an answer",
    notQuoted: (count: number) => `Not quoted: ${count}`, leaveOut: "Do not quote", excellent: "Excellent", guessed: "(guessed)",
    questionsSheet: "Questions", handIn: "Hand in a report with answers", handInFile: "The report with answers",
    allWorks: "Everything works", answerOpen: "Answer the open questions",
  },
} as const;

/**
 * A list of phones that no other test asks for: four of three kinds, one of which
 * the partner answers slowly, and one row with a mistake. Below another heading for the storage, it is written in terabytes,
 * so that its cells alone do not tell what they are.
 */
export function list(mark: string, { storage = "容量" } = {}): { name: string; mimeType: string; buffer: Buffer } {
  const [large, small] = storage === "容量" ? ["256", "128"] : ["0.25", "0.125"];
  const rows = [
    ["1", "手机", "苹果", "iPhone 14 Pro", large, "九成新", `划痕${mark}9处甲`],
    ["2", "手机", "苹果", "iPhone 13", small, "八成新", `划痕${mark}9处乙`],
    ["3", "手机", "苹果", "SANDBOX-SLOW", small, "八成新", `划痕${mark}9处丙`],
    ["4", "手机", "苹果", "iPhone 14 Pro", large, "九成新", `划痕${mark}9处甲`],
    ["5", "手机", "苹果", "iPhone 14 Pro", large, "很新", "正常"],
  ];
  const text = [["编号", "设备类型", "品牌", "型号", storage, "成色", "功能状态"], ...rows].map((row) => row.join(",")).join("\n");
  return { name: `${mark}.csv`, mimeType: "text/csv", buffer: Buffer.from(text) };
}

/**
 * A list with questions, of a company with headings of its own: its grade in three rows, a remark that may be a fault in
 * two of them, a grade between two, and lines that are no devices.
 */
export function askingList(mark: string): { name: string; mimeType: string; buffer: Buffer } {
  const rows = [
    ["手机", "苹果 iPhone 14 Pro 256G", "A级", `划痕${mark}9处甲`],
    ["手机", "苹果 iPhone 13 128G", "A级", "市场部"],
    ["手机", "苹果 iPhone 13 256G", "A级", "市场部"],
    ["手机", "苹果 iPhone 12 64G", "85新", "正常"],
    ["打印机", "惠普 M404", "八成新", "正常"],
    ["合计", "4", "", ""],
  ];
  const text = [["设备类型", "品牌型号", "成色", "功能状态", mark], ...rows].map((row) => row.join(",")).join("\n");
  return { name: `${mark}.csv`, mimeType: "text/csv", buffer: Buffer.from(text) };
}

/** Sends a list, with scripts or without. */
export async function send(page: Page, language: keyof typeof WORDS, file: ReturnType<typeof list>, scripts = true): Promise<void> {
  await page.goto(`/batch?locale=${language}`);
  await page.getByLabel(WORDS[language].choose).setInputFiles(file);
  if (!scripts) await page.getByRole("button", { name: WORDS[language].read }).click();
  await expect(page.getByRole("heading", { level: 1, name: file.name })).toBeVisible();
}
