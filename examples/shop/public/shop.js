const widget = document.querySelector("trade-in-widget");

// The event's detail is a Quote, for showing. What counts is the offer's token, which the backend verifies.
widget.addEventListener("tradein:accept", async ({ detail }) => {
  const answer = await fetch("/cart/credit", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ token: detail.offer.token, product: widget.dataset.product }),
  });
  if (answer.ok) location.assign((await answer.json()).next);
});

// The shopper came back after the order: the frame says that the credit is used.
if (widget.dataset.redeemed) {
  widget.addEventListener("tradein:ready", () => widget.redeemed({ orderId: widget.dataset.redeemed }));
}
