// @ts-check
/**
 * What is known of a frame that does not show: by the widget's server, and by the browser.
 * Fetched only when a frame is late, or somebody asks.
 */

export const ORIGIN = new URL(import.meta.url).origin;

/**
 * The server's word on the page that asks: whether there is such a merchant, and whether
 * the page may show its widget. `status` is missing where no answer came, and `late` is set
 * where that is because it took too long: only then may it still come.
 * @typedef {{ answer?: { merchant: boolean, origin: boolean }, status?: number, late?: boolean }} Asked
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
  } catch (error) {
    // No answer, or one that is none, is told by what is missing.
    if (error instanceof DOMException && error.name === "TimeoutError") asked.late = true;
  }
  return asked;
}

/**
 * What the browser has reported of the page so far, where it keeps reports: the directives
 * of the page's policy that forbade something of ours, and whether its
 * Cross-Origin-Embedder-Policy turned the frame at `address` away. The page may have other
 * widgets; of what a policy forbade, a browser tells no more than the origin.
 * @param {string} address
 * @returns {{ forbidden: string[], isolated: boolean }}
 */
export function reported(address) {
  if (!("ReportingObserver" in globalThis)) return { forbidden: [], isolated: false };
  const observer = new ReportingObserver(() => {}, { types: ["csp-violation", "coep"], buffered: true });
  observer.observe();
  const reports = observer.takeRecords().map(({ type, body }) => ({ .../** @type {any} */ (body)?.toJSON(), type }));
  observer.disconnect();
  const ours = reports.filter(({ blockedURL, disposition }) => disposition === "enforce" && `${blockedURL}`.startsWith(ORIGIN));
  return {
    forbidden: ours.filter(({ type }) => type === "csp-violation").map(({ effectiveDirective }) => effectiveDirective),
    isolated: ours.some(
      ({ type, destination, blockedURL }) => type === "coep" && destination === "iframe" && page(blockedURL) === page(address),
    ),
  };
}

/** An address without its query: the language may have changed since. @param {string} address */
function page(address) {
  return address.split("?")[0];
}
