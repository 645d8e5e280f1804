// @ts-check
/**
 * For a frame that has not answered in time: tells the page and its reader what is known.
 * Slow is not forbidden: unless it is known that the frame cannot come, it stays and may.
 */

import { ask, reported } from "./known.js";

/** Milliseconds that the server's word is waited for before slowness is told. */
const PATIENCE = 2000;
/** Milliseconds after which that word is no longer wanted. */
const LONGEST = 20_000;
/** Height of the notice: two lines in a narrow page. */
const HEIGHT = "5em";

const WORDS = {
  zh: { slow: "打开得比平时慢，请稍等。", refused: "这里暂时打不开估价。", open: "在新页面中打开" },
  en: { slow: "This takes longer than usual. ", refused: "The estimate cannot be shown here. ", open: "Open it in a new tab" },
};

/**
 * @param {HTMLElement} widget
 * @param {() => { met: number, address: string, waited: number }} state `met` is 0 while an
 *   answer is awaited; `waited` counts seconds, and is infinite once slowness has been told
 */
export async function late(widget, state) {
  const { address } = state();
  const waits = () => widget.isConnected && !state().met && state().address === address;
  const refusal = refused(widget.getAttribute("merchant") ?? "");
  const pause = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  const code = await Promise.race([refusal, pause]);
  if (waits()) {
    const message = show(widget, address, code ?? "slow");
    if (code || Number.isFinite(state().waited)) tell(widget, code ?? "slow", message);
  }
  // What failed for want of a net is fetched again once there is one.
  addEventListener("online", () => waits() && frameOf(widget)?.contentWindow?.location.replace(address), { once: true });
  const found = code ?? (await refusal);
  if (found && found !== code && waits()) tell(widget, found, show(widget, address, found));
}

/** Why the frame cannot come, by its code, where that is known. @param {string} merchant */
async function refused(merchant) {
  const { forbidden, isolated } = reported();
  if (isolated || forbidden.includes("frame-src")) return "not_allowed";
  const { answer } = await ask(merchant, LONGEST);
  if (!answer) return undefined;
  if (!answer.merchant) return "not_found";
  return answer.origin ? undefined : "not_allowed";
}

/** As the loader judges it. @param {HTMLElement} widget */
function english(widget) {
  return /^en/i.test(widget.getAttribute("locale") || navigator.language);
}

/** @param {HTMLElement} widget @returns {HTMLIFrameElement | null | undefined} */
function frameOf(widget) {
  return widget.shadowRoot?.querySelector("iframe");
}

/** Puts the notice beside the frame, and returns its words. @param {HTMLElement} widget @param {string} address @param {string} code */
function show(widget, address, code) {
  const frame = frameOf(widget);
  const slow = code === "slow";
  const { [slow ? "slow" : "refused"]: message, open } = WORDS[english(widget) ? "en" : "zh"];
  if (!frame) return message;
  const link = document.createElement("a");
  Object.assign(link, { href: address, target: "_blank", textContent: open });
  const notice = document.createElement("p");
  notice.role = "alert";
  notice.append(message, link);
  // In the page's own colours it might not be readable.
  Object.assign(notice.style, {
    position: "sticky", bottom: 0, boxSizing: "border-box", height: HEIGHT, margin: 0, padding: "0.75em",
    overflow: "auto", background: "canvas", color: "canvastext",
  });
  frame.nextSibling?.remove();
  frame.after(notice);
  // Below the frame and as much shorter, it moves nothing and covers no form that is there.
  frame.style.height = slow ? `calc(${frame.style.height} - ${HEIGHT})` : "0";
  return message;
}

/** @param {HTMLElement} widget @param {string} code @param {string} message */
function tell(widget, code, message) {
  widget.dispatchEvent(new CustomEvent("tradein:error", { bubbles: true, composed: true, detail: { code, message } }));
}
