// @ts-check
/**
 * Finds out why a frame does not show: asks the widget's server, and reads the browser's reports.
 * Loaded only when a frame is late, or for `diagnose()`.
 */

export const ORIGIN = new URL(import.meta.url).origin;

/**
 * The server's answer about this page: whether the merchant exists, and whether the page may show
 * its widget. Without an answer `status` is missing; `late` is set if the answer took too long, and
 * may still come.
 * @typedef {{ answer?: { merchant: boolean, origin: boolean }, status?: number, late?: boolean }} Asked
 */

/**
 * Asks the server, which reads the page's origin from the request.
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
    // No answer, or one that is not JSON: `status` or `answer` stays missing.
    if (error instanceof DOMException && error.name === "TimeoutError") asked.late = true;
  }
  return asked;
}

/**
 * The browser's reports about the page so far, in browsers that keep them: the directives of the
 * page's policy that blocked something of ours, and whether its Cross-Origin-Embedder-Policy blocked
 * the frame at `address`. For a blocked resource a browser reports only the origin, so a directive
 * may belong to another widget of the page.
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

/** An address without its query, because the language may have changed since. @param {string} address */
function page(address) {
  return address.split("?")[0];
}
