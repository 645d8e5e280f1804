// @ts-check
/**
 * For a frame that does not answer: finds out why, and tells the host page and its reader. Loaded
 * shortly before the frame counts as slow, so that a known cause is reported instead of `slow`.
 * The frame stays and may still load, unless it is known that it cannot.
 */

import { ask, reported } from "./known.js";

/** Seconds after which the loader reports a slow frame. */
const SLOW = 5;
/** Milliseconds to wait for the server's answer. */
const ASKED_FOR = 20_000;
/** Height of the notice: two lines in a narrow page. */
const HEIGHT = "5em";

const ZH = { slow: "打开得比平时慢，请稍等。", refused: "这里暂时打不开估价。", open: "在新页面中打开" };
const EN = { slow: "This takes longer than usual.", refused: "The estimate cannot be shown here.", open: "Open it in a new tab" };

/**
 * @param {HTMLElement} widget
 * @param {() => { address: string, english: number }} state
 * @param {{ code: string, message: string }} news the error that the loader reports once the frame is slow
 * @param {number} waited seconds so far; from SLOW on the loader has reported its error
 * @param {AbortSignal} signal aborted when the wait is over
 */
export async function late(widget, state, news, waited, signal) {
  const words = state().english ? EN : ZH;
  let timely = waited < SLOW;
  const finding = refusal(widget.getAttribute("merchant") ?? "", state().address);
  if (timely) {
    news.message = words.slow;
    const telling = new Promise((resolve) => widget.addEventListener("tradein:error", resolve, { once: true, signal }));
    // A cause that is known in time replaces `slow` in the loader's error.
    finding.then((code) => code && timely && Object.assign(news, { code, message: words.refused }));
    await telling;
    timely = false;
  }
  if (signal.aborted) return;
  // The host has the error now, and may keep the object: it is no longer changed.
  const { code: told } = news;
  show(widget, state().address, told, words);
  // If the browser was offline, the frame is loaded again once it is online.
  addEventListener("online", () => frameOf(widget)?.contentWindow?.location.replace(state().address), { signal });
  const code = await finding;
  if (!code || code === told || signal.aborted) return;
  show(widget, state().address, code, words);
  const detail = { code, message: words.refused };
  widget.dispatchEvent(new CustomEvent("tradein:error", { bubbles: true, composed: true, detail }));
}

/**
 * The code of the error that keeps the frame from loading; undefined where none is known.
 * @param {string} merchant @param {string} address
 */
async function refusal(merchant, address) {
  const { forbidden, isolated } = reported(address);
  if (isolated || forbidden.includes("frame-src")) return "not_allowed";
  const { answer } = await ask(merchant, ASKED_FOR);
  if (!answer) return undefined;
  if (!answer.merchant) return "not_found";
  return answer.origin ? undefined : "not_allowed";
}

/** @param {HTMLElement} widget @returns {HTMLIFrameElement | null | undefined} */
function frameOf(widget) {
  return widget.shadowRoot?.querySelector("iframe");
}

/**
 * Puts the notice beside the frame.
 * @param {HTMLElement} widget @param {string} address @param {string} code @param {typeof EN} words
 */
function show(widget, address, code, { slow, refused, open }) {
  const frame = frameOf(widget);
  if (!frame) return;
  const link = document.createElement("a");
  Object.assign(link, { href: address, target: "_blank", textContent: open });
  const notice = document.createElement("p");
  notice.role = "alert";
  notice.append(code === "slow" ? slow : refused, " ", link);
  // System colours: with the host page's colours the notice might not be readable.
  Object.assign(notice.style, {
    position: "sticky", bottom: 0, boxSizing: "border-box", height: HEIGHT, margin: 0, padding: "0.75em",
    overflow: "auto", background: "canvas", color: "canvastext",
  });
  frame.nextSibling?.remove();
  frame.after(notice);
  // The frame gets shorter by the notice's height, so nothing moves and no form is covered.
  frame.style.height = code === "slow" ? `calc(${frame.style.height} - ${HEIGHT})` : "0";
}
