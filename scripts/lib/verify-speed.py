# python3 verify-speed.py jwks.json ISSUER MERCHANT < token
"""How long PyJWT takes for a token, and how long its signature alone takes, in microseconds: see scripts/verify-speed.mjs."""

import json
import runpy
import sys
import time
from pathlib import Path

import jwt

ROUNDS, CALLS = 30, 100
verify_offer = runpy.run_path(str(Path(__file__).parents[2] / "examples/verify/pyjwt.py"))["verify_offer"]


def fastest(works):
    """The fastest round of each; their rounds take turns."""
    best = dict.fromkeys(works, float("inf"))
    for _ in range(ROUNDS):
        for name, work in works.items():
            start = time.perf_counter()
            for _ in range(CALLS):
                work()
            best[name] = min(best[name], (time.perf_counter() - start) / CALLS * 1e6)
    return best


jwks_file, issuer, merchant = sys.argv[1:]
jwks = json.loads(Path(jwks_file).read_text())
token = sys.stdin.read().strip()
message, signature = token.rsplit(".", 1)
message, signature = message.encode(), jwt.utils.base64url_decode(signature)
key = jwt.PyJWK(jwks["keys"][0], algorithm="EdDSA").key
works = {
    "token": lambda: verify_offer(token, jwks, issuer, merchant),
    "signature": lambda: key.verify(signature, message),
}
print(json.dumps(fastest(works)))
