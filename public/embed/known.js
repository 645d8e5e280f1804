// @ts-check
/**
 * What is known of a frame that does not show: by the widget's server, and by the browser.
 * Fetched only when a frame is late, or somebody asks.
 */

export const ORIGIN = new URL(import.meta.url).origin;

/**
 * The server's word on the page that asks: whether there is such a merchant, and whether
 * the page may show its widget. `status` is missing where no answer came.
 * @typedef {{ answer?: { merchant: boolean, origin: boolean }, status?: number }} Asked
 */

/**
 * The server judges the page's origin by the request.
 * @param {string} merchant
 * @param {number} patience in milliseconds
 * @returns {Promise<Asked>}
 */
export async function ask(merchant, patience) {
  /** @type {Asked} */
  const asked = {};
  try {
    const address = `${ORIGIN}/embed/check?merchant=${encodeURIComponent(merchant)}`;
    const signal = AbortSignal.timeout(patience);
    const response = await fetch(address, { credentials: "omit", cache: "no-store", signal });
    asked.status = response.status;
    const answer = await response.json();
    if (typeof answer?.merchant === "boolean" && typeof answer.origin === "boolean") asked.answer = answer;
  } catch {
    // No answer, or one that is none: told by what is missing.
  }
  return asked;
}

/**
 * What the browser has reported of the page so far, where it keeps reports: the directives
 * of the page's policy that forbade something of ours, and whether its
 * Cross-Origin-Embedder-Policy turned our frame away.
 * @returns {{ forbidden: string[], isolated: boolean }}
 */
export function reported() {
  if (!("ReportingObserver" in globalThis)) return { forbidden: [], isolated: false };
  const observer = new ReportingObserver(() => {}, { types: ["csp-violation", "coep"], buffered: true });
  observer.observe();
  const reports = observer.takeRecords().map(({ type, body }) => ({ .../** @type {any} */ (body)?.toJSON(), type }));
  observer.disconnect();
  const ours = reports.filter(({ blockedURL, disposition }) => disposition === "enforce" && `${blockedURL}`.startsWith(ORIGIN));
  return {
    forbidden: ours.filter(({ type }) => type === "csp-violation").map(({ effectiveDirective }) => effectiveDirective),
    isolated: ours.some(({ type, destination }) => type === "coep" && destination === "iframe"),
  };
}
