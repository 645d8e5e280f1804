// Strips comment lines, indentation and spaces around signs from a script. The sources must not have a
// template literal of several lines, nor a comment behind code.

/** String literals, which keep their spaces. */
const TEXT = /("(?:\\.|[^"\\])*"|`(?:\\.|[^`\\])*`)/;
/** Signs that need no space around them. `+`, `-`, `<` and `!` are not among them: two of one have another meaning. */
const SIGN = / *(=>|[=!]==|&&|\|\||\?\?=?|[{}()[\],;:?=>*]) */g;

/** The stripped script. @param {string} script */
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
  // A slash may begin a regular expression, whose spaces count.
  if (parts.some((part, index) => index % 2 === 0 && /[/'"`]/.test(part))) return line;
  return parts.map((part, index) => (index % 2 ? part : part.replace(SIGN, "$1"))).join("");
}
