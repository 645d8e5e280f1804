// Removes from a script what browsers do not need: comment lines, indentation, and spaces around signs.
// The sources must have no template literal over several lines.

/** Texts, whose spaces stay. */
const TEXT = /("(?:\\.|[^"\\])*"|`(?:\\.|[^`\\])*`)/;
/** Signs that need no space around them. `+`, `-`, `<` and `!` are not among them: two of them in a row may be another operator. */
const SIGN = / *(=>|[=!]==|&&|\|\||\?\?=?|[{}()[\],;:?=>*]) */g;

/** The script without these. @param {string} script */
export function strip(script) {
  let comment = false;
  const lines = script.split("\n").map((line) => line.trim());
  const kept = lines.filter((line) => {
    if (comment || line.startsWith("/*")) {
      comment = !line.endsWith("*/");
      return false;
    }
    return line !== "" && !line.startsWith("//");
  });
  return `${kept.map(tight).join("\n")}\n`;
}

/** @param {string} line */
function tight(line) {
  const parts = line.split(TEXT);
  // Between slashes there may be a regular expression, whose spaces count, or a comment.
  if (parts.some((part, index) => index % 2 === 0 && /[/'"`]/.test(part))) return line;
  return parts.map((part, index) => (index % 2 ? part : part.replace(SIGN, "$1"))).join("");
}
