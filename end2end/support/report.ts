import JSZip from "jszip";

/** The rows of a sheet. */
const ROWS = /<row [^>]*>.*?<\/row>/gs;

/**
 * A report whose questions are filled in, as a person fills in the column of answers: `answers` has a word of each
 * question, and its answer. Everything else stays as it was written.
 */
export async function fillIn(report: Buffer, answers: Record<string, string>): Promise<Buffer> {
  const workbook = await JSZip.loadAsync(report);
  for (const sheet of workbook.file(/^xl\/worksheets\/sheet/)) {
    const text = await sheet.async("string");
    // Only the sheet with the questions has cells with choices.
    if (!text.includes("<dataValidation ")) continue;
    workbook.file(sheet.name, text.replace(ROWS, (row) => answered(row, answers)));
    return workbook.generateAsync({ type: "nodebuffer" });
  }
  throw new Error("the report has no questions");
}

/** A row with its answer, if there is one for it. */
function answered(row: string, answers: Record<string, string>): string {
  const [, question = ""] = /<c r="A\d+".*?<t[^>]*>(.*?)<\/t>/s.exec(row) ?? [];
  const found = Object.entries(answers).find(([word]) => question.includes(word));
  if (!found) return row;
  const filledIn = row.replace(/<c (r="B\d+" s="\d+")\/>/, `<c $1 t="inlineStr"><is><t>${found[1]}</t></is></c>`);
  if (filledIn === row) throw new Error(`no cell for the answer in ${row}`);
  return filledIn;
}
