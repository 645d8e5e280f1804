// @ts-check
/**
 * Shows in the frame that an order has used the shopper's credit, when the shop's page reports it. Loaded
 * only then. A page that is loaded again shows what the server knows.
 */

/** The longest number of an order that is shown. */
const LONGEST = 100;

const ZH = "抵扣已用于订单 ";
const EN = "The credit is used for order ";

/** @param {string} orderId */
export function used(orderId) {
  const order = orderId.slice(0, LONGEST);
  // The server has said so already.
  if (document.querySelector('.credit[data-state="redeemed"]')) return;
  const [held, part, number] = [".held", ".used", ".used .order"].map((name) => document.querySelector(`.credit ${name}`));
  if (held instanceof HTMLElement && part instanceof HTMLElement && number) {
    number.textContent = order;
    held.hidden = true;
    part.hidden = false;
    return;
  }
  // Another page of the widget, such as the form.
  let line = document.getElementById("tradein-used");
  if (!line) {
    line = document.createElement("p");
    line.id = "tradein-used";
    line.className = "note";
    line.role = "status";
    document.querySelector("main")?.prepend(line);
  }
  line.textContent = (document.documentElement.lang.startsWith("zh") ? ZH : EN) + order;
}
