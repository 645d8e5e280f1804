// A page that a server draws and React wakes (`hydrateRoot`), as Next.js and its like do.
//
// Events are heard by the element itself: a prop such as `ontradein:accept` is a listener
// only of elements that React has made, and this one the server has made.
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
