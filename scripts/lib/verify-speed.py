# python3 verify-speed.py jwks.json ISSUER MERCHANT < token
"""How long PyJWT takes for a token, and how long its signature alone takes, in microseconds: see scripts/verify-speed.mjs."""

import json
import runpy
import sys
import time
from pathlib import Path

import jwt

CALLS = 500
verify_offer = runpy.run_path(str(Path(__file__).parents[2] / "examples/verify/pyjwt.py"))["verify_offer"]


def microseconds(work):
    rounds = []
    for _ in range(12):
        start = time.perf_counter()
        for _ in range(CALLS):
            work()
        rounds.append((time.perf_counter() - start) / CALLS * 1e6)
    return min(rounds)


jwks_file, issuer, merchant = sys.argv[1:]
jwks = json.loads(Path(jwks_file).read_text())
token = sys.stdin.read().strip()
message, signature = token.rsplit(".", 1)
message, signature = message.encode(), jwt.utils.base64url_decode(signature)
key = jwt.PyJWK(jwks["keys"][0], algorithm="EdDSA").key
print(
    json.dumps(
        {
            "token": microseconds(lambda: verify_offer(token, jwks, issuer, merchant)),
            "signature": microseconds(lambda: key.verify(signature, message)),
        }
    )
)
