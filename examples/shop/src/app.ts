import { randomUUID } from "node:crypto";
import { serveStatic } from "@hono/node-server/serve-static";
import { Hono, type Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { Problem, type TradeInApi } from "./api.ts";
import { cancel, CreditRefused, place } from "./orders.ts";
import * as pages from "./pages.ts";
import { product, type Product } from "./products.ts";
import type { Settings } from "./settings.ts";
import type { Cart, Store } from "./store.ts";
import { publicKeys, verifyOffer } from "./token.ts";
import { receive } from "./webhooks.ts";

/** What a shopper reads when a credit cannot be used, by the problem's code. */
const REFUSED: Record<string, string> = {
  expired: "This trade-in price has ended. Ask for a new one on the product page.",
  withdrawn: "This trade-in was withdrawn.",
  already_redeemed: "This trade-in is used by another order.",
  amount_mismatch: "The amount of this trade-in has changed. Ask for a new price on the product page.",
  not_found: "There is no trade-in with this code. Check the eight letters and digits.",
};
const LATER = "The trade-in cannot be checked at the moment. Try again, or order without it.";
const said = (code: string | undefined) => (code === undefined ? undefined : (REFUSED[code] ?? LATER));

export function shop(settings: Settings, store: Store, api: TradeInApi): Hono {
  const app = new Hono();
  const keys = publicKeys(settings);

  const session = (c: Context): string => {
    const known = getCookie(c, "session");
    if (known) return known;
    const made = randomUUID();
    setCookie(c, "session", made, { httpOnly: true, sameSite: "Lax", path: "/" });
    return made;
  };
  const cart = (c: Context): Cart | undefined => store.carts.get(session(c));
  const fill = (c: Context, it: Product, credit: Cart["credit"], token: string | null = null): void => {
    store.carts.set(session(c), { product: it.id, credit, token, order: `A-${randomUUID().slice(0, 8)}` });
  };

  app.get("/", (c) => c.html(pages.home()));
  app.get("/product/:id", (c) => {
    const it = product(c.req.param("id"));
    if (!it) return c.notFound();
    const last = store.orderOfOffer(cart(c)?.credit?.offer ?? "");
    return c.html(pages.productPage(it, settings, last?.state === "placed" ? last.id : undefined));
  });

  app.get("/cart", (c) => c.html(pages.cartPage(cart(c), product(cart(c)?.product), said(c.req.query("refused")))));
  app.post("/cart", async (c) => {
    const it = product(String((await c.req.parseBody()).product));
    if (!it) return c.notFound();
    fill(c, it, null);
    return c.redirect("/cart", 303);
  });

  // From the page's script, after `tradein:accept`. Only the token is believed.
  app.post("/cart/credit", async (c) => {
    const { token, product: id } = await c.req.json();
    const it = product(id);
    if (!it) return c.json({ error: "no such product" }, 400);
    try {
      const offer = await verifyOffer(String(token), keys, settings);
      // A top-up may depend on the product, so the offer has to be for the one that is bought, at its price.
      if (offer.product?.name !== it.name || offer.product.price !== it.price) throw new Error("another product");
      const device = `${offer.device.brand} ${offer.device.model}`;
      const until = new Date(offer.exp * 1000).toISOString();
      fill(c, it, { offer: offer.jti, amount: offer.amount, device, until }, String(token));
      return c.json({ next: "/cart" });
    } catch {
      // The token itself is never logged.
      return c.json({ error: "the token is not valid for this product" }, 422);
    }
  });

  // Without JavaScript: the shopper types the code that the widget shows.
  app.post("/cart/code", async (c) => {
    const it = product(cart(c)?.product);
    if (!it) return c.redirect("/cart", 303);
    try {
      const offer = await api.offer(String((await c.req.parseBody()).code).trim());
      const isOurs = offer.product === null || (offer.product.name === it.name && offer.product.price === it.price);
      if (!isOurs) return c.redirect("/cart?refused=not_found", 303);
      if (offer.state !== "accepted") return c.redirect(`/cart?refused=${offer.state === "redeemed" ? "already_redeemed" : offer.state}`, 303);
      const device = `${offer.quote.device.brand} ${offer.quote.device.model}`;
      fill(c, it, { offer: offer.id, amount: offer.amount, device, until: offer.expires_at });
      return c.redirect("/cart", 303);
    } catch (error) {
      return c.redirect(`/cart?refused=${error instanceof Problem ? error.code : "later"}`, 303);
    }
  });
  app.post("/cart/credit/remove", (c) => {
    const it = product(cart(c)?.product);
    if (it) fill(c, it, null);
    return c.redirect("/cart", 303);
  });

  app.post("/order", async (c) => {
    const [filled, it] = [cart(c), product(cart(c)?.product)];
    if (!filled || !it) return c.redirect("/cart", 303);
    try {
      const order = await place(filled, it, store, api);
      return c.redirect(`/order/${order.id}`, 303);
    } catch (error) {
      if (!(error instanceof CreditRefused)) return c.redirect("/cart?refused=later", 303);
      fill(c, it, null);
      return c.redirect(`/cart?refused=${error.code}`, 303);
    }
  });
  app.get("/orders", (c) => c.html(pages.ordersPage(store.orders())));
  app.get("/order/:id", (c) => {
    const order = store.order(c.req.param("id"));
    const it = product(order?.product);
    return order && it ? c.html(pages.orderPage(order, it, said(c.req.query("refused")))) : c.notFound();
  });
  app.post("/order/:id/cancel", async (c) => {
    const order = store.order(c.req.param("id"));
    if (!order) return c.notFound();
    const refused = await cancel(order, store, api).then(() => "", () => "?refused=later");
    return c.redirect(`/order/${order.id}${refused}`, 303);
  });

  app.post("/webhooks/tradein", async (c) => {
    try {
      receive(await c.req.text(), c.req.header(), settings.webhookSecret, store);
      return c.body(null, 204);
    } catch {
      return c.body(null, 400);
    }
  });

  app.get("/shop.js", serveStatic({ root: "./public" }));
  app.get("/shop.css", serveStatic({ root: "./public" }));
  app.notFound((c) => c.html(pages.notFound(), 404));
  return app;
}
