# WEBHOOK_SECRET=whsec_… python3 plain.py ID TIMESTAMP SIGNATURE < body
import base64
import hashlib
import hmac
import json
import os
import sys
import time


def verify_webhook(secret, id, timestamp, signatures, body, now=None):
    now = time.time() if now is None else now
    if abs(now - int(timestamp)) > 300:
        raise ValueError("the time is wrong")
    key = base64.b64decode(secret.removeprefix("whsec_"))
    expected = hmac.new(key, f"{id}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    expected = "v1," + base64.b64encode(expected).decode()
    # While a secret is replaced, there is a signature by each of the two.
    if not any(hmac.compare_digest(one, expected) for one in signatures.split(" ")):
        raise ValueError("the signature is wrong")
    return json.loads(body)


if __name__ == "__main__":
    event = verify_webhook(os.environ["WEBHOOK_SECRET"], *sys.argv[1:], sys.stdin.buffer.read())
    print(event["type"])
