#!/usr/bin/env bash
# openssl.sh jwks.json ISSUER MERCHANT < token
set -euo pipefail
jwks="$1" issuer="$2" merchant="$3"
folder="$(mktemp -d)"
trap 'rm -r "$folder"' EXIT

# decode TEXT: writes the bytes that TEXT holds in base64url.
decode() {
  local text="${1//-/+}"
  text="${text//_//}"
  while ((${#text} % 4)); do text+="="; done
  base64 -d <<<"$text"
}

# `read` fails if no line break follows the token, but it has set the variables then.
IFS=. read -r head body signature more || [ -n "$head" ]
[ -n "$signature" ] && [ -z "$more" ]
[ "$(decode "$head" | jq -r '.alg, .typ, .crit')" = $'EdDSA\ntradein-offer+jwt\nnull' ]
kid="$(decode "$head" | jq -er .kid)"
x="$(jq -er --arg kid "$kid" '.keys[] | select(.kid == $kid and .crv == "Ed25519") | .x' "$jwks")"

{ xxd -r -p <<<302a300506032b6570032100; decode "$x"; } >"$folder/key"
decode "$signature" >"$folder/signature"
printf %s "$head.$body" >"$folder/message"
openssl pkeyutl -verify -pubin -keyform DER -inkey "$folder/key" -rawin -in "$folder/message" -sigfile "$folder/signature" >&2

decode "$body" | jq -er --arg issuer "$issuer" --arg merchant "$merchant" '
  if .iss == $issuer and .aud == $merchant
    and (.exp | type) == "number" and now < .exp + 30
    and (.nbf | type) == "number" and now >= .nbf - 30
  then "\(.jti) \(.amount)" else error("a claim of the token is wrong") end'
