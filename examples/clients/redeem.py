# python3 redeem.py http://127.0.0.1:3000
"""Sells an old device as a shop's backend does, with a client generated from the API's OpenAPI document.

Quotes it, makes an offer, verifies its token, redeems it for an order, and releases it. Fails if an answer is not as
documented.
"""

import sys
import uuid

import jwt
from tradein_api import AuthenticatedClient
from tradein_api.api.offers import create_offer, redeem_offer, release_offer
from tradein_api.api.quotes import create_quote
from tradein_api.models import (
    Amount,
    DeviceFields,
    NewOffer,
    Offer,
    OfferState,
    Problem,
    ProblemCode,
    Quote,
    Redeem,
    Release,
)

server = sys.argv[1]
api = AuthenticatedClient(base_url=f"{server}/api/v1", token="tik_test_demo")
# A name of this run, for orders and for keys that make repeating a call safe.
run = uuid.uuid4()

quote = create_quote.sync(
    client=api,
    idempotency_key=f"quote-{run}",
    body=DeviceFields(
        device_type="phone",
        brand="苹果",
        model="iPhone 14 Pro",
        storage="256GB",
        condition="excellent",
        function_status="正常",
    ),
)
assert isinstance(quote, Quote), quote

offer = create_offer.sync(
    client=api,
    idempotency_key=f"offer-{run}",
    body=NewOffer(quote_id=quote.id, product="iPhone 17 Pro", product_price=799_900),
)
assert isinstance(offer, Offer), offer

key = jwt.PyJWKClient(f"{server}/.well-known/jwks.json").get_signing_key_from_jwt(offer.token)
token = jwt.decode_complete(
    offer.token,
    key.key,
    algorithms=["EdDSA"],
    issuer=server,
    audience="demo",
    leeway=30,
    options={"require": ["exp", "nbf", "iss", "aud"]},
)
assert token["header"]["typ"] == "tradein-offer+jwt"
assert token["payload"]["jti"] == offer.id
assert token["payload"]["amount"] == offer.amount


def redeem(offer: Offer, order: str, amount: int) -> Offer | Problem | None:
    return redeem_offer.sync(
        offer.id,
        client=api,
        idempotency_key=f"redeem-{order}-{amount}-{run}",
        body=Redeem(order_id=order, amount=amount, currency=offer.currency, token=offer.token),
    )


mismatch = redeem(offer, f"A-{run}", offer.amount + 1)
assert isinstance(mismatch, Problem) and mismatch.code == ProblemCode.AMOUNT_MISMATCH, mismatch
assert isinstance(mismatch.expected, Amount) and mismatch.expected.amount == offer.amount, mismatch

redeemed = redeem(offer, f"A-{run}", offer.amount)
assert isinstance(redeemed, Offer) and redeemed.state == OfferState.REDEEMED, redeemed
assert redeemed.order_id == f"A-{run}", redeemed

other = redeem(offer, f"B-{run}", offer.amount)
assert isinstance(other, Problem) and other.code == ProblemCode.ALREADY_REDEEMED, other

released = release_offer.sync(
    offer.id,
    client=api,
    idempotency_key=f"release-{run}",
    body=Release(order_id=f"A-{run}", reason="order cancelled"),
)
assert isinstance(released, Offer) and released.state == OfferState.ACCEPTED, released
assert released.version == 3, released

print(f"{offer.id}: accepted, redeemed once, released")
