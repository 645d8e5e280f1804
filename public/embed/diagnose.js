// @ts-check
/**
 * Finds out why a <trade-in-widget> shows nothing. Loaded only for `diagnose()`.
 *
 * A check whose `ok` is `null` could not be made; its cause says why.
 */

import { ORIGIN, ask, reported } from "./known.js";

/** Milliseconds to wait for the server's answer and for a second frame. */
const LOOKED = 3000;
/** Milliseconds within which the browser draws a visible page. */
const DRAWN = 1000;
/** Milliseconds to wait for the widget's own frame after that. */
const AWAITED = 6000;

/**
 * @typedef {import("./v1").Check} Check
 *
 * The loader's state: its version, the version of the page that answered or 0, the code of the failure
 * that the page shows, how many messages were ignored, the frame's address.
 * @typedef {() => { version: number, met: number, failed: string, ignored: number, address: string }} State
 *
 * What was found out: the server's answer, the directives that block something, whether the page's
 * Cross-Origin-Embedder-Policy blocked the frame, whether a second frame finished loading, and
 * whether that frame's page answered.
 * @typedef {import("./known.js").Asked & {
 *   forbidden: string[], isolated: boolean, loaded: boolean, here: boolean
 * }} Found
 */

/**
 * @param {HTMLElement} widget
 * @param {State} state
 * @returns {Promise<Check[]>}
 */
export async function diagnose(widget, state) {
  const merchant = widget.getAttribute("merchant") ?? "";
  /** @type {Found} */
  const found = { forbidden: [], isolated: false, loaded: false, here: false };
  const { met, address } = state();
  if (merchant && !met && navigator.onLine) await find(merchant, address, found);
  const waiting = await unseen(widget);
  const checks = () => list(merchant, state(), found, waiting);
  if (!waiting && !checks().some(({ check, ok }) => ok === false && check !== "answer")) await verdict(widget, state);
  return checks();
}

// What can be found out ------------------------------------------------------------------

/** @param {string} merchant @param {string} address @param {Found} found */
async function find(merchant, address, found) {
  /** @param {SecurityPolicyViolationEvent} event */
  const note = ({ blockedURI, disposition, effectiveDirective }) => {
    if (disposition === "enforce" && blockedURI.startsWith(ORIGIN)) found.forbidden.push(effectiveDirective);
  };
  document.addEventListener("securitypolicyviolation", note);
  const [asked] = await Promise.all([ask(merchant, LOOKED), frameAgain(address, found)]);
  document.removeEventListener("securitypolicyviolation", note);
  const { forbidden, isolated } = reported(address);
  found.forbidden.push(...forbidden);
  Object.assign(found, asked, { isolated });
}

/**
 * Loads the frame's page once more, hidden. The browser reports a blocked frame only at the moment
 * when it blocks it, and for the widget's own frame that is over.
 * @param {string} address @param {Found} found
 */
function frameAgain(address, found) {
  if (!address) return;
  const frame = document.createElement("iframe");
  frame.style.setProperty("display", "none", "important");
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  // The page in the frame posts its message to the origin that the name begins with.
  frame.name = `${window.origin} diagnose`;
  frame.src = address;
  /** @param {MessageEvent} event */
  const hear = ({ source, origin, data }) => {
    if (source === frame.contentWindow && origin === ORIGIN && data?.type === "here") found.here = true;
  };
  addEventListener("message", hear);
  return new Promise((resolve) => {
    frame.onload = () => {
      found.loaded = true;
      // The load event of the browser's error page may come before the report of the violation.
      setTimeout(resolve, 200);
    };
    setTimeout(resolve, LOOKED);
    document.body.append(frame);
  }).finally(() => {
    removeEventListener("message", hear);
    frame.remove();
  });
}

/**
 * Waits until the widget has an answer or an error, or for AWAITED.
 * @param {HTMLElement} widget @param {State} state
 */
function verdict(widget, state) {
  if (state().met || silent(widget)) return;
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(AWAITED);
    signal.onabort = resolve;
    for (const type of ["tradein:ready", "tradein:error"]) widget.addEventListener(type, resolve, { once: true, signal });
  });
}

/** Whether the widget has stopped waiting and shows its notice. @param {HTMLElement} widget */
function silent(widget) {
  return widget.shadowRoot?.querySelector("[role=alert]") != null;
}

/** Why a lazy frame may not have begun to load; empty if nothing speaks for that. @param {HTMLElement} widget */
async function unseen(widget) {
  if (widget.getAttribute("loading") === "eager" || silent(widget)) return "";
  if (document.hidden) return "The tab is in the background, so its frame may not have begun to load.";
  const { width, height } = widget.getBoundingClientRect();
  if (!width || !height) return "It is hidden, so its frame has not begun to load.";
  // Clipping counts as well: a closed drawer, or a list that is scrolled elsewhere.
  const ratio = await new Promise((resolve) => {
    const eye = new IntersectionObserver(([entry]) => {
      eye.disconnect();
      resolve(entry?.intersectionRatio);
    });
    eye.observe(widget);
    // The observer reports when the page is drawn, which may not happen in a covered window.
    setTimeout(resolve, DRAWN);
  });
  return ratio === 0 ? "It is not in view, so its frame may not have begun to load." : "";
}

// What that means ------------------------------------------------------------------------

/**
 * @param {string} merchant
 * @param {ReturnType<State>} state
 * @param {Found} found
 * @param {string} waiting why the frame has not begun to load, if so
 * @returns {Check[]}
 */
function list(merchant, { version, met, failed, ignored }, found, waiting) {
  const { answer, status, late, forbidden, isolated } = found;
  const here = window.origin;
  // An opaque origin: the page is in a frame whose sandbox attribute takes its origin away.
  const opaque = here === "null";
  const shown = met > 0;
  // The page in the frame says that this origin may not show it.
  const foreign = shown && failed === "not_allowed";
  const online = navigator.onLine;
  const mayAsk = !forbidden.includes("connect-src");
  const asked = merchant !== "" && online && mayAsk;
  const cannotAsk = `Not known: ${untold(merchant, online, found)}.`;
  const framed = window.parent !== window;
  const mayFrame = !forbidden.includes("frame-src");
  // Server and policies allow the frame and something has loaded, but not our page.
  const swallowed = !!answer?.origin && mayFrame && !isolated && !opaque && !framed && found.loaded && !found.here;
  return [
    merchant
      ? judge("merchant", shown || answer?.merchant, {
          unknown: cannotAsk,
          cause: `There is no merchant "${merchant}".`,
          mend: "Correct the merchant attribute: it takes the id you were given.",
        })
      : judge("merchant", false, {
          cause: "The merchant attribute is missing or empty.",
          mend: 'Add merchant="…" with the id you were given.',
        }),
    judge("origin", foreign ? false : shown || (answer?.merchant && !opaque ? answer.origin : undefined), {
      unknown: opaque ? "Not known: the page has no origin." : answer ? "Not known: no such merchant." : cannotAsk,
      cause: `The pages of ${here} may not show the widget of merchant "${merchant}".`,
      mend: `Have "${here}" added to the merchant's origins in the server's settings.`,
    }),
    judge("sandbox", shown || !opaque, {
      cause: "The page stands in a frame with a sandbox attribute that takes its origin away.",
      mend: 'Give that attribute "allow-scripts allow-same-origin allow-forms allow-popups".',
    }),
    judge("policy", shown || (merchant && online ? mayFrame : undefined), {
      unknown: cannotAsk,
      cause: `The page's Content-Security-Policy forbids the frame of ${ORIGIN}.`,
      mend: `Add "frame-src ${ORIGIN}" to it, beside "script-src ${ORIGIN}".`,
    }),
    judge("isolation", shown || isolation(merchant !== "" && online, found), {
      unknown: merchant && online ? "Not known: this browser does not report it." : cannotAsk,
      cause: `The page sends Cross-Origin-Embedder-Policy, for which the merchant "${merchant}" is not set up.`,
      mend: `Have "coep = true" set for the merchant in the server's settings, or send the page without that header.`,
    }),
    judge("network", shown || online, { cause: "The browser is offline.", mend: "Go online." }),
    judge("blocker", shown || (asked && !late ? status !== undefined && !swallowed : undefined), {
      unknown: cannotAsk,
      cause: swallowed
        ? `The server answers and allows the page, but the frame from ${ORIGIN} stays without its page or its ` +
          "script: an extension or a filter blocks them."
        : `The browser is online and no policy forbids it, but a request to ${ORIGIN} got no answer: ` +
          "an extension or a filter blocks it, or the server is down.",
      mend: `Allow ${ORIGIN} in the extension, or try a window without any.`,
    }),
    judge("script", shown || (status === undefined || late ? undefined : answer !== undefined), {
      unknown: cannotAsk,
      cause: `v1.js came from ${ORIGIN}, which does not answer as the widget's server does (status ${status}).`,
      mend: "Load v1.js from the widget's own address; do not copy it.",
    }),
    judge("version", shown ? version === met : undefined, {
      unknown: "Not known: the page in the frame did not tell.",
      cause: `The loader is version ${version}, the page in the frame version ${met}.`,
      mend: `Load ${ORIGIN}/embed/v1.js itself, not a copy, and reload without cache.`,
    }),
    judge("messages", ignored === 0, {
      cause: `${ignored} messages from the frame were malformed, and ignored.`,
      mend: "Report it to who runs the widget's server.",
    }),
    judge("answer", shown || (waiting ? undefined : false), { unknown: waiting, ...unanswered(found, framed) }),
  ];
}

/** Why there is no answer of the server. @param {string} merchant @param {boolean} online @param {Found} found */
function untold(merchant, online, { forbidden, late }) {
  if (!merchant) return "there is no merchant to ask about";
  if (!online) return "the browser is offline";
  if (forbidden.includes("connect-src")) return `the page's policy lacks "connect-src ${ORIGIN}"`;
  return late ? `the server has not answered within ${LOOKED / 1000} s` : "the server did not tell";
}

/**
 * Whether the page's isolation allows the frame; undefined where that is not known.
 * @param {boolean} looked @param {Found} found
 */
function isolation(looked, { isolated, loaded }) {
  if (isolated) return false;
  if ("ReportingObserver" in globalThis) return looked || undefined;
  // Without reports: the page is isolated, and what loaded was not our page.
  return crossOriginIsolated && loaded ? false : undefined;
}

/**
 * Why the frame does not answer, judged by the second frame.
 * @param {Found} found @param {boolean} framed
 */
function unanswered({ status, late, loaded, here, forbidden }, framed) {
  const silent = `The page in the frame from ${ORIGIN} did not answer`;
  if (here) return { cause: `${silent}, but now it does.`, mend: "Reload this page." };
  if ((status || late) && !loaded && !forbidden.length) {
    return {
      cause: `${silent} yet: the network or the server is slow. It may still come.`,
      mend: "Wait for it; if it stays so, measure the network and the server.",
    };
  }
  // All pages around the frame must be allowed, and the server was asked about one of them.
  const around = framed ? "; this page is framed itself, by one whose origin must be allowed too" : "";
  return { cause: `${silent}${around}.`, mend: "See the other checks; if they are all right, see the browser's console." };
}

/**
 * @param {Check["check"]} check
 * @param {boolean | undefined} ok undefined where it could not be judged
 * @param {{ unknown?: string, cause: string, mend: string }} words
 * @returns {Check}
 */
function judge(check, ok, { unknown = "", cause, mend }) {
  if (ok === undefined) return { check, ok: null, cause: unknown, mend: null };
  return ok ? { check, ok, cause: null, mend: null } : { check, ok, cause, mend };
}
