// @ts-check
/**
 * Accepts the price of a page and withdraws it without loading a page, and tells the shop's page.
 * Without this script, the same forms are posted to the page's own address.
 *
 * The forms (`form[data-fn]`) are posted to `/api/fn/NAME`. The answer has `panel`, the new markup of the
 * price's section, and what the shop's page gets. The offer's token goes to the shop's page at once, and
 * is kept nowhere.
 *
 * The server knows the visit by a cookie. A browser that keeps none for a frame gets the visit's identifier
 * in a hidden field of the page; then it is kept in the frame's storage.
 */

export {};

/** The key of the visit in the frame's storage. */
const PLACE = "tradein-visit";
/** Milliseconds that it is kept: seven days, as the cookie. */
const KEPT = 7 * 24 * 3600 * 1000;
/** Milliseconds to wait for the server. */
const PATIENCE = 20_000;

if (!document.querySelector("html[data-still]")) {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.dataset.fn) return;
    event.preventDefault();
    void send(form, form.dataset.fn);
  });
  void recall();
}

/** @param {HTMLFormElement} form @param {string} name */
async function send(form, name) {
  // A second press while the first is under way.
  if (form.ariaBusy === "true") return;
  form.ariaBusy = "true";
  say(form, "");
  const fields = new FormData(form);
  const answer = await post(name, fields);
  form.ariaBusy = null;
  if (!answer) return say(form, form.dataset.lost ?? "");
  const { ok, told } = answer;
  const { panel, message, next = "", ...detail } = told;
  if (ok && name === "accept") keep(fields.get("visit"));
  if (panel) draw(panel, true);
  else if (message) say(form, `${message} ${next}`);
  if (!ok || !detail.offer) return;
  const quote = name === "accept" ? detail : detail.offer;
  document.dispatchEvent(new CustomEvent("tradein:post", { detail: { type: name, quote } }));
}

/**
 * The server's answer; undefined if there was none.
 * @param {string} name @param {FormData} fields
 * @returns {Promise<{ ok: boolean, told: any } | undefined>}
 */
async function post(name, fields) {
  try {
    const response = await fetch(`/api/fn/${name}`, {
      method: "POST",
      headers: { accept: "application/json" },
      body: new URLSearchParams(/** @type {any} */ (fields)),
      cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE),
    });
    return { ok: response.ok, told: await response.json() };
  } catch {
    return undefined;
  }
}

/** Shows a failure under the form's button. @param {HTMLFormElement} form @param {string} text */
function say(form, text) {
  const line = form.querySelector("[role=alert]");
  if (!(line instanceof HTMLElement)) return;
  line.hidden = !text;
  line.textContent = text;
}

/**
 * Replaces the section of the price.
 * @param {string} panel @param {boolean} pressed whether a button of it had the focus
 */
function draw(panel, pressed) {
  const old = document.querySelector(".verdict");
  const fresh = new DOMParser().parseFromString(panel, "text/html").querySelector(".verdict");
  if (!old || !fresh) return;
  // The old line counts down already.
  const [before, now] = [old, fresh].map((section) => section.querySelector(".left"));
  if (before && now) now.replaceWith(before);
  old.replaceWith(fresh);
  const first = fresh.querySelector(".credit [tabindex]");
  // A screen reader goes on where the news stands.
  if (pressed && first instanceof HTMLElement) first.focus();
}

// The visit in a frame without cookies -----------------------------------------------------

/** The hidden fields of the page's forms for the visit. */
function fields() {
  return [...document.querySelectorAll('form[data-fn] input[name="visit"]')].filter((field) => field instanceof HTMLInputElement);
}

/** Goes on with the visit in the frame's storage, and shows what has become of the price in it. */
async function recall() {
  const visit = kept();
  const [field] = fields();
  const form = field?.form;
  if (!visit || !form) return;
  fields().forEach((each) => (each.value = visit));
  const answer = await post("offer", new FormData(form));
  const panel = answer?.ok && answer.told.panel;
  if (panel && !panel.includes('data-state="open"') && form.isConnected) draw(panel, false);
}

function kept() {
  try {
    const { at, visit } = JSON.parse(localStorage.getItem(PLACE) ?? "{}");
    return Date.now() - at < KEPT && typeof visit === "string" ? visit : "";
  } catch {
    return "";
  }
}

/** @param {FormDataEntryValue | null} visit */
function keep(visit) {
  try {
    if (visit) localStorage.setItem(PLACE, JSON.stringify({ at: Date.now(), visit }));
  } catch {
    // Without storage, a page that is loaded again begins a new visit.
  }
}
