<?php
// php sodium.php jwks.json ISSUER MERCHANT < token
declare(strict_types=1);

function must(bool $holds, string $what): void
{
    if (!$holds) {
        throw new RuntimeException("the token's $what is wrong");
    }
}

function bytes(string $part): string
{
    return sodium_base642bin($part, SODIUM_BASE64_VARIANT_URLSAFE_NO_PADDING);
}

function verify_offer(string $token, array $jwks, string $issuer, string $merchant): array
{
    $parts = explode('.', $token);
    must(count($parts) === 3, 'shape');
    [$head, $body, $signature] = $parts;
    $header = json_decode(bytes($head), true, 16, JSON_THROW_ON_ERROR);
    must(($header['alg'] ?? null) === 'EdDSA', 'alg');
    must(($header['typ'] ?? null) === 'tradein-offer+jwt', 'typ');
    must(!isset($header['crit']), 'crit');
    $keys = array_column($jwks['keys'], null, 'kid');
    $kid = $header['kid'] ?? null;
    must(is_string($kid) && isset($keys[$kid]) && $keys[$kid]['crv'] === 'Ed25519', 'kid');
    $signed = bytes($signature);
    must(strlen($signed) === SODIUM_CRYPTO_SIGN_BYTES, 'signature');
    must(sodium_crypto_sign_verify_detached($signed, "$head.$body", bytes($keys[$kid]['x'])), 'signature');

    $claims = json_decode(bytes($body), true, 16, JSON_THROW_ON_ERROR);
    must(($claims['iss'] ?? null) === $issuer, 'iss');
    must(($claims['aud'] ?? null) === $merchant, 'aud');
    must(is_int($claims['exp'] ?? null) && time() < $claims['exp'] + 30, 'exp');
    must(is_int($claims['nbf'] ?? null) && time() >= $claims['nbf'] - 30, 'nbf');
    return $claims;
}

[, $jwksFile, $issuer, $merchant] = $argv;
$jwks = json_decode(file_get_contents($jwksFile), true, 16, JSON_THROW_ON_ERROR);
$claims = verify_offer(trim(stream_get_contents(STDIN)), $jwks, $issuer, $merchant);
echo $claims['jti'], ' ', $claims['amount'], "\n";
