// What a browser need not fetch of a script: comment lines, indentation, and the spaces
// around what is no word. The sources keep them, and have no template literal that goes over lines.

/** Texts, which keep their spaces. */
const TEXT = /("(?:\\.|[^"\\])*"|`(?:\\.|[^`\\])*`)/;
/** Signs that need no space around them. Of `+`, `-`, `<` and `!`, two may mean another thing than one. */
const SIGN = / *(=>|[=!]==|&&|\|\||\?\?=?|[{}()[\],;:?=>*]) */g;

/** The script without them, line by line. @param {string} script */
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
  // What stands between slashes may be a pattern or a comment, and its spaces may count.
  if (parts.some((part, index) => index % 2 === 0 && /[/'"`]/.test(part))) return line;
  return parts.map((part, index) => (index % 2 ? part : part.replace(SIGN, "$1"))).join("");
}
