// What a browser need not fetch of a script: comment lines and indentation.
// The sources keep them, and have no template literal that goes over lines.

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
  return `${kept.join("\n")}\n`;
}
