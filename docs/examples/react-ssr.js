// A page that is drawn on a server and hydrated by React (`hydrateRoot`), as with Next.js.
//
// The listener is added to the element itself: React makes listeners of props such as
// `ontradein:accept` only for elements that it created, and the server created this one.
import { createElement, useEffect, useRef, useState } from "react";

// <trade-in-widget ref={element} merchant="demo" product-price={product.fen} product-name={product.name} />
function TradeIn({ product, onAccept }) {
  const element = useRef(null);
  const accept = useRef(onAccept);
  useEffect(() => {
    accept.current = onAccept;
  });
  useEffect(() => {
    const widget = element.current;
    const hear = ({ detail: quote }) => accept.current(quote);
    widget.addEventListener("tradein:accept", hear);
    return () => widget.removeEventListener("tradein:accept", hear);
  }, []);
  return createElement("trade-in-widget", {
    ref: element,
    merchant: "demo",
    locale: "zh-CN",
    "product-price": product.fen,
    "product-name": product.name,
  });
}

export function Shop({ product }) {
  const [credit, setCredit] = useState(null);
  return createElement(
    "main",
    null,
    createElement("p", { id: "credit" }, credit === null ? "没有抵扣" : `抵扣 ¥${credit / 100}`),
    createElement(TradeIn, { product, onAccept: (quote) => setCredit(quote.price.final) }),
  );
}

export const PRODUCT = { name: "iPhone 17 Pro", fen: 799900 };
