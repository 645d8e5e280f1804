// @ts-check
/**
 * For a frame that does not answer: tells the page and its reader what is known. Loaded
 * before the frame counts as slow, so that what is known by then is told in its place.
 * Slow is not forbidden: unless it is known that the frame cannot come, it stays and may.
 */

import { ask, reported } from "./known.js";

/** Seconds after which the loader tells of slowness. */
const SLOW = 5;
/** Milliseconds after which the server's word is no longer wanted. */
const ASKED_FOR = 20_000;
/** Height of the notice: two lines in a narrow page. */
const HEIGHT = "5em";

const ZH = { slow: "打开得比平时慢，请稍等。", refused: "这里暂时打不开估价。", open: "在新页面中打开" };
const EN = { slow: "This takes longer than usual.", refused: "The estimate cannot be shown here.", open: "Open it in a new tab" };

/**
 * @param {HTMLElement} widget
 * @param {() => { address: string, english: number }} state
 * @param {{ code: string, message: string }} news what the loader tells once the frame is slow
 * @param {number} waited seconds by now; the loader has told its news when these are enough
 * @param {AbortSignal} signal aborted when the wait is over
 */
export async function late(widget, state, news, waited, signal) {
  const words = state().english ? EN : ZH;
  let timely = waited < SLOW;
  const finding = refusal(widget.getAttribute("merchant") ?? "", state().address);
  if (timely) {
    news.message = words.slow;
    const telling = new Promise((resolve) => widget.addEventListener("tradein:error", resolve, { once: true, signal }));
    // Known in time, it is what the loader tells.
    finding.then((code) => code && timely && Object.assign(news, { code, message: words.refused }));
    await telling;
    timely = false;
  }
  if (signal.aborted) return;
  // What has been told is the host's to keep: it is changed no more.
  const { code: told } = news;
  show(widget, state().address, told, words);
  // What failed for want of a net is fetched again once there is one.
  addEventListener("online", () => frameOf(widget)?.contentWindow?.location.replace(state().address), { signal });
  const code = await finding;
  if (!code || code === told || signal.aborted) return;
  show(widget, state().address, code, words);
  const detail = { code, message: words.refused };
  widget.dispatchEvent(new CustomEvent("tradein:error", { bubbles: true, composed: true, detail }));
}

/**
 * Why the frame cannot come, by its code, where that is known.
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
  // In the page's own colours it might not be readable.
  Object.assign(notice.style, {
    position: "sticky", bottom: 0, boxSizing: "border-box", height: HEIGHT, margin: 0, padding: "0.75em",
    overflow: "auto", background: "canvas", color: "canvastext",
  });
  frame.nextSibling?.remove();
  frame.after(notice);
  // Below the frame and as much shorter, it moves nothing and covers no form that is there.
  frame.style.height = code === "slow" ? `calc(${frame.style.height} - ${HEIGHT})` : "0";
}
