import { html } from "hono/html";
import { PRODUCTS, type Product } from "./products.ts";
import { toPay } from "./orders.ts";
import type { Settings } from "./settings.ts";
import type { Cart, Credit, Order } from "./store.ts";

export const yuan = (fen: number): string =>
  `¥${(fen / 100).toLocaleString("en", { minimumFractionDigits: fen % 100 ? 2 : 0 })}`;

const time = (rfc3339: string): string =>
  new Date(rfc3339).toLocaleString("en", { timeZone: "Asia/Shanghai", dateStyle: "medium", timeStyle: "short" });

function page(title: string, content: unknown) {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${title} · Example shop</title>
        <link rel="stylesheet" href="/shop.css" />
      </head>
      <body>
        <header><a href="/">Example shop</a><a href="/cart">Cart</a><a href="/orders">Orders</a></header>
        <main><h1>${title}</h1>${content}</main>
      </body>
    </html>`;
}

export const home = () =>
  page("Phones", html`<ul class="cards">
    ${PRODUCTS.map((it) => html`<li><a href="/product/${it.id}">${it.name}</a> ${yuan(it.price)}</li>`)}
  </ul>`);

/** The two lines of the snippet, and a script that takes the acceptance to the backend. */
export const productPage = (product: Product, settings: Settings, redeemedBy: string | undefined) =>
  page(product.name, html`<p class="price">${yuan(product.price)}</p>
    <form method="post" action="/cart"><button name="product" value="${product.id}">Add to cart</button></form>
    <h2>Pay with your old device</h2>
    <script type="module" src="${settings.tradeIn}/embed/v1.js"></script>
    <trade-in-widget merchant="${settings.merchant}" product-price="${product.price}" product-name="${product.name}"
      data-product="${product.id}" data-redeemed="${redeemedBy ?? ""}"></trade-in-widget>
    <script type="module" src="/shop.js"></script>`);

const creditLine = (credit: Credit) =>
  html`<tr><th>Your old ${credit.device}</th><td>−${yuan(credit.amount)}</td></tr>
    <tr class="small"><td colspan="2">This credit holds until ${time(credit.until)} (UTC+8).</td></tr>`;

export const cartPage = (cart: Cart | undefined, product: Product | undefined, told: string | undefined) => {
  if (!cart || !product) return page("Cart", html`<p>Your cart is empty. <a href="/">See our phones</a></p>`);
  return page("Cart", html`
    ${told ? html`<p role="alert">${told}</p>` : ""}
    <table>
      <tr><th>${product.name}</th><td>${yuan(product.price)}</td></tr>
      ${cart.credit ? creditLine(cart.credit) : ""}
      <tr class="total"><th>To pay</th><td>${yuan(toPay(product, cart.credit))}</td></tr>
    </table>
    ${cart.credit
      ? html`<form method="post" action="/cart/credit/remove"><button class="plain">Leave the credit out</button></form>`
      : html`<form method="post" action="/cart/code">
          <label>Code of a trade-in <input name="code" autocomplete="off" required /></label> <button class="plain">Use it</button>
        </form>`}
    <form method="post" action="/order"><button name="order" value="${cart.order}">Place the order</button></form>`);
};

export const orderPage = (order: Order, product: Product, told: string | undefined) =>
  page(`Order ${order.id}`, html`
    ${told ? html`<p role="alert">${told}</p>` : ""}
    <p>State: <strong>${order.state}</strong></p>
    <table>
      <tr><th>${product.name}</th><td>${yuan(product.price)}</td></tr>
      ${order.credit ? creditLine(order.credit) : ""}
      <tr class="total"><th>Paid</th><td>${yuan(order.toPay)}</td></tr>
    </table>
    ${order.credit
      ? html`<p class="small">The trade-in server told by webhook:
          <span id="told">${order.told.state || "nothing yet"}</span></p>`
      : ""}
    ${order.state === "placed"
      ? html`<form method="post" action="/order/${order.id}/cancel"><button class="plain">Cancel the order</button></form>`
      : ""}`);

export const ordersPage = (orders: Order[]) =>
  page("Orders", orders.length === 0
    ? html`<p>No orders yet.</p>`
    : html`<ul>${orders.map((it) => html`<li><a href="/order/${it.id}">${it.id}</a>: ${it.state}, ${yuan(it.toPay)}</li>`)}</ul>`);

export const notFound = () => page("Not found", html`<p>There is no such page. <a href="/">See our phones</a></p>`);
