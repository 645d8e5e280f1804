# A buyer with the trade-in widget's HTTP contract, version 1 (docs/providers.md).
#   BUYER_SECRET=whsec_… uvicorn buyer:app
import base64
import hashlib
import hmac
import os
import time
from datetime import datetime, timedelta, timezone

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel

KEY = base64.b64decode(os.environ["BUYER_SECRET"].removeprefix("whsec_"))
# Model: type, brand, and the price of an undamaged device by storage, in fen.
MODELS = {
    "iPhone 14 Pro": ("手机", "苹果", {"128GB": 460_000, "256GB": 500_000}),
    "Mate 60 Pro": ("手机", "华为", {"512GB": 420_000}),
}
GRADES = {"全新": 100, "九五新": 95, "九成新": 90, "八成新": 80, "七成新": 70}  # percent of the base
app = FastAPI()


class Device(BaseModel):
    device_type: str
    brand: str
    model: str
    storage: str
    ram: str | None = None
    condition: str
    function_status: str
    repair_history: str | None = None
    purchase_channel: str | None = None


def refusal(status, code, detail=""):
    return JSONResponse({"code": code, "detail": detail}, status, media_type="application/problem+json")


def is_signed(headers, body):
    id, stamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not id or not stamp.isdecimal() or len(stamp) > 12 or abs(time.time() - int(stamp)) > 300:
        return False
    digest = hmac.new(KEY, f"{id}.{stamp}.".encode() + body, hashlib.sha256).digest()
    expected = b"v1," + base64.b64encode(digest)
    signatures = headers.get("webhook-signature", "").encode().split(b" ")
    return any(hmac.compare_digest(one, expected) for one in signatures)


@app.middleware("http")
async def verify(request: Request, go_on):
    if request.method == "POST" and not is_signed(request.headers, await request.body()):
        return refusal(401, "unauthorized")
    return await go_on(request)


@app.exception_handler(RequestValidationError)
async def malformed(request, error):
    return refusal(422, "malformed", str(error.errors()[0]["msg"]))


def price(device: Device):
    """The answer to one device, or the status and code of a refusal."""
    base = MODELS.get(device.model, ("", "", {}))[2].get(device.storage)
    if base is None:
        return 404, "model_unknown"
    if device.condition not in GRADES or device.function_status != "正常":
        return 422, "not_accepted"
    final = base * GRADES[device.condition] // 100
    steps = [{"label": {"zh-CN": "成色", "en": "Condition"}, "amount": final - base}]
    until = datetime.now(timezone(timedelta(hours=8))) + timedelta(hours=24)
    return {
        "device": device.model_dump(),
        "price": {"currency": "CNY", "final": final, "base": base, "steps": steps},
        "recycle": [{"type": "mail", "store_distance_km": None, "door_time_window": None}],
        "quality_check": ["外观", "屏幕"],
        "valid_until": until.isoformat(timespec="seconds"),
    }


class One(BaseModel):
    device: Device


class Several(BaseModel):
    devices: list[Device]


class Search(BaseModel):
    keyword: str = ""
    device_type: str | None = None


@app.get("/")
async def describe():
    return {"contract": 1, "name": "Example buyer", "many": 50}


@app.post("/quote")
async def quote(call: One):
    answer = price(call.device)
    return refusal(*answer) if isinstance(answer, tuple) else answer


@app.post("/quotes")
async def quotes(call: Several):
    answers = [price(device) for device in call.devices]
    return {"items": [{"code": one[1]} if isinstance(one, tuple) else one for one in answers]}


@app.post("/search")
async def search(call: Search):
    found = [
        {"device_type": kind, "brand": brand, "model": model, "storages": list(sizes), "rams": []}
        for model, (kind, brand, sizes) in MODELS.items()
        if call.keyword.lower() in f"{brand} {model}".lower() and call.device_type in (None, kind)
    ]
    return {"items": found}
