// @ts-check
/**
 * Why a <trade-in-widget> shows nothing. Fetched only when somebody asks.
 *
 * Each check says what is known and no more: `ok` is `null` where it could not look.
 */

const ORIGIN = new URL(import.meta.url).origin;
/** As long as the loader waits for an answer, and a little more, in ms. */
const PATIENCE = 6000;
/** As long as a question to the server or the page's policy may take, in ms. */
const QUICK = 3000;

/**
 * @typedef {import("./v1").Check} Check
 *
 * What the loader knows: its version, that of the page that has answered or 0, how many messages it ignored.
 * @typedef {() => { version: number, met: number, ignored: number }} State
 *
 * What was found out beside that: the server's answer, the status it came with, the directives that forbid.
 * @typedef {{ answer?: { merchant: boolean, origin: boolean }, status?: number, forbidden: string[] }} Found
 */

/**
 * @param {HTMLElement} widget
 * @param {State} state
 * @returns {Promise<Check[]>}
 */
export async function diagnose(widget, state) {
  const merchant = widget.getAttribute("merchant") ?? "";
  /** @type {Found} */
  const found = { forbidden: [] };
  if (merchant && !state().met && navigator.onLine) await find(widget, merchant, found);
  const checks = () => list(widget, merchant, state(), found);
  if (!checks().some(({ check, ok }) => ok === false && check !== "answer")) await verdict(widget, state);
  return checks();
}

// What can be found out ------------------------------------------------------------------

/** @param {HTMLElement} widget @param {string} merchant @param {Found} found */
async function find(widget, merchant, found) {
  /** @param {SecurityPolicyViolationEvent} event */
  const note = ({ blockedURI, disposition, effectiveDirective }) => {
    if (disposition === "enforce" && blockedURI.startsWith(ORIGIN)) found.forbidden.push(effectiveDirective);
  };
  document.addEventListener("securitypolicyviolation", note);
  await Promise.all([ask(merchant, found), frameAgain(widget, found)]);
  document.removeEventListener("securitypolicyviolation", note);
}

/**
 * The server judges the page's origin by the request.
 * @param {string} merchant @param {Found} found
 */
async function ask(merchant, found) {
  try {
    const address = `${ORIGIN}/embed/check?merchant=${encodeURIComponent(merchant)}`;
    const signal = AbortSignal.timeout(QUICK);
    const response = await fetch(address, { credentials: "omit", cache: "no-store", signal });
    found.status = response.status;
    const answer = await response.json();
    if (typeof answer?.merchant === "boolean" && typeof answer.origin === "boolean") found.answer = answer;
  } catch {
    // No answer, or one that is none: told by what is missing.
  }
}

/**
 * A policy tells of what it forbids at the moment it does, which is over: so once more, out of sight.
 * @param {HTMLElement} widget @param {Found} found
 */
function frameAgain(widget, found) {
  const address = widget.shadowRoot?.querySelector("iframe")?.src;
  if (!address) return;
  const frame = document.createElement("iframe");
  frame.style.setProperty("display", "none", "important");
  frame.src = address;
  return new Promise((resolve) => {
    // The load of what stands in for a forbidden page may come before the word of it.
    frame.onload = () => setTimeout(resolve, 200);
    setTimeout(resolve, QUICK);
    document.body.append(frame);
  }).finally(() => frame.remove());
}

/**
 * Until the widget knows: an answer, a failure, or no word for too long.
 * @param {HTMLElement} widget @param {State} state
 */
function verdict(widget, state) {
  if (state().met || unseen(widget) || silent(widget)) return;
  return new Promise((resolve) => {
    for (const type of ["tradein:ready", "tradein:error"]) widget.addEventListener(type, resolve, { once: true });
    setTimeout(resolve, PATIENCE);
  });
}

/** The widget has given up waiting. @param {HTMLElement} widget */
function silent(widget) {
  return widget.shadowRoot?.querySelector("[role=alert]") != null;
}

/** Why a lazy frame has not begun to load, as far as can be seen. @param {HTMLElement} widget */
function unseen(widget) {
  if (widget.getAttribute("loading") === "eager" || silent(widget)) return "";
  const { top, bottom, width } = widget.getBoundingClientRect();
  if (width === 0) return "It is hidden, so its frame has not begun to load.";
  return bottom < 0 || top > innerHeight ? "It is not in view, so its frame may not have begun to load." : "";
}

// What that means ------------------------------------------------------------------------

/**
 * @param {HTMLElement} widget
 * @param {string} merchant
 * @param {ReturnType<State>} state
 * @param {Found} found
 * @returns {Check[]}
 */
function list(widget, merchant, { version, met, ignored }, { answer, status, forbidden }) {
  const here = window.origin;
  // So it is in a frame with a sandbox attribute that does not leave it one.
  const opaque = here === "null";
  const shown = met > 0;
  const online = navigator.onLine;
  const mayAsk = !forbidden.includes("connect-src");
  const asked = merchant !== "" && online && mayAsk;
  const cannotAsk = !merchant
    ? "Not known: there is no merchant to ask about."
    : !online
      ? "Not known: the browser is offline."
      : mayAsk
        ? "Not known: the server did not tell."
        : `Not known: the page's policy lacks "connect-src ${ORIGIN}".`;
  const waiting = unseen(widget);
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
    judge("origin", shown || (answer?.merchant && !opaque ? answer.origin : undefined), {
      unknown: opaque ? "Not known: the page has no origin." : answer ? "Not known: no such merchant." : cannotAsk,
      cause: `The pages of ${here} may not show the widget of merchant "${merchant}".`,
      mend: `Have "${here}" added to the merchant's origins in the server's settings.`,
    }),
    judge("sandbox", shown || !opaque, {
      cause: "The page stands in a frame with a sandbox attribute that takes its origin away.",
      mend: 'Give that attribute "allow-scripts allow-same-origin allow-forms allow-popups".',
    }),
    judge("policy", shown || (merchant && online ? !forbidden.includes("frame-src") : undefined), {
      unknown: cannotAsk,
      cause: `The page's Content-Security-Policy forbids the frame of ${ORIGIN}.`,
      mend: `Add "frame-src ${ORIGIN}" to it, beside "script-src ${ORIGIN}".`,
    }),
    judge("network", shown || online, { cause: "The browser is offline.", mend: "Go online." }),
    judge("blocker", shown || (asked ? status !== undefined : undefined), {
      unknown: cannotAsk,
      cause:
        `The browser is online and no policy forbids it, but a request to ${ORIGIN} got no answer: ` +
        "an extension or a filter blocks it, or the server is down.",
      mend: `Allow ${ORIGIN} in the extension, or try a window without any.`,
    }),
    judge("script", shown || (status === undefined ? undefined : answer !== undefined), {
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
    judge("answer", shown || (waiting ? undefined : false), {
      unknown: waiting,
      cause: `The page in the frame from ${ORIGIN} did not answer${framed()}.`,
      mend: "See the other checks; if they are all right, see the browser's console.",
    }),
  ];
}

/** All pages around must be allowed, and the server was asked about one. */
function framed() {
  return window.parent === window ? "" : "; this page is framed itself, by one whose origin must be allowed too";
}

/**
 * @param {Check["check"]} check
 * @param {boolean | undefined} ok not given where it could not be judged
 * @param {{ unknown?: string, cause: string, mend: string }} words
 * @returns {Check}
 */
function judge(check, ok, { unknown = "", cause, mend }) {
  if (ok === undefined) return { check, ok: null, cause: unknown, mend: null };
  return ok ? { check, ok, cause: null, mend: null } : { check, ok, cause, mend };
}
