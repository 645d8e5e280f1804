<?php
// php verify-speed.php jwks.json ISSUER MERCHANT < token
//
// How long PHP's sodium takes for a token, and how long its signature alone takes, in microseconds: see
// scripts/verify-speed.mjs. The example takes the token from stdin and prints a line; beside the keys is a file `token`.
declare(strict_types=1);

require __DIR__ . '/../../examples/verify/sodium.php';

function microseconds(callable $work): float
{
    $rounds = [];
    for ($round = 0; $round < 12; $round++) {
        $start = hrtime(true);
        for ($call = 0; $call < 500; $call++) {
            $work();
        }
        $rounds[] = (hrtime(true) - $start) / 500 / 1_000;
    }
    return min($rounds);
}

$token = file_get_contents(dirname($jwksFile) . '/token');
[$head, $body, $signature] = explode('.', $token);
[$message, $signed, $key] = ["$head.$body", bytes($signature), bytes($jwks['keys'][0]['x'])];
echo json_encode([
    'token' => microseconds(fn() => verify_offer($token, $jwks, $issuer, $merchant)),
    'signature' => microseconds(fn() => sodium_crypto_sign_verify_detached($signed, $message, $key)),
]);
