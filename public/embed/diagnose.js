// @ts-check
// Why a <trade-in-widget> shows nothing. Fetched only when somebody asks.

/** As long as the loader waits for an answer, and a little more, in ms. */
const PATIENCE = 6000;

/**
 * @param {HTMLElement} widget
 * @param {string} origin where the loader came from and the frame goes to
 * @param {() => boolean} answers whether the page in the frame has answered
 * @returns {Promise<import("./v1").Check[]>}
 */
export async function diagnose(widget, origin, answers) {
  const merchant = widget.getAttribute("merchant");
  if (merchant && !answers()) await verdict(widget);
  const answered = answers();
  const here = location.origin;
  return [
    check("merchant", Boolean(merchant), "The merchant attribute is missing or empty.", 'Add merchant="…" with the id you were given.'),
    check(
      "script",
      answered || origin !== here,
      `The script was loaded from this site (${here}), so the frame is looked for here too.`,
      "Load v1.js from the widget's own address; do not copy it.",
    ),
    check(
      "answer",
      answered,
      `The frame from ${origin} did not answer: it is not in view yet, this page may not frame it, a policy or an extension blocks it, or there is no network.`,
      `Scroll to it or set loading="eager"; have ${here} allowed for merchant "${merchant ?? ""}"; ` +
        `with a Content-Security-Policy add "frame-src ${origin}; script-src ${origin}"; ` +
        'a sandbox attribute around it needs "allow-scripts allow-same-origin".',
    ),
  ];
}

/**
 * Until the widget knows: an answer, a failure, or no word for too long.
 * @param {HTMLElement} widget
 */
function verdict(widget) {
  return new Promise((resolve) => {
    for (const type of ["tradein:ready", "tradein:error"]) widget.addEventListener(type, resolve, { once: true });
    setTimeout(resolve, PATIENCE);
  });
}

/**
 * @param {import("./v1").Check["check"]} name
 * @param {boolean} ok
 * @param {string} cause
 * @param {string} mend
 * @returns {import("./v1").Check}
 */
function check(name, ok, cause, mend) {
  return ok ? { check: name, ok, cause: null, mend: null } : { check: name, ok, cause, mend };
}
