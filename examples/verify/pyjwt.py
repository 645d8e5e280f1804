# python3 pyjwt.py jwks.json ISSUER MERCHANT < token
import json
import sys

import jwt


def verify_offer(token, jwks, issuer, merchant):
    header = jwt.get_unverified_header(token)
    if header.get("typ") != "tradein-offer+jwt":
        raise jwt.InvalidTokenError("the token's typ is wrong")
    keys = {key["kid"]: key for key in jwks["keys"]}
    if header.get("kid") not in keys:
        raise jwt.InvalidTokenError("the token's kid is wrong")
    return jwt.decode(
        token,
        jwt.PyJWK(keys[header["kid"]], algorithm="EdDSA").key,
        algorithms=["EdDSA"],
        issuer=issuer,
        audience=merchant,
        leeway=30,
        options={"require": ["exp", "nbf", "iss", "aud"]},
    )


if __name__ == "__main__":
    jwks_file, issuer, merchant = sys.argv[1:]
    with open(jwks_file) as file:
        jwks = json.load(file)
    claims = verify_offer(sys.stdin.read().strip(), jwks, issuer, merchant)
    print(claims["jti"], claims["amount"])
