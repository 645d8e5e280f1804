<?php
// php verify-speed.php jwks.json ISSUER MERCHANT < token
//
// How long PHP's sodium takes for a token, and how long its signature alone takes, in microseconds: see
// scripts/verify-speed.mjs. The example takes the token from stdin and prints a line; beside the keys is a file `token`.
declare(strict_types=1);

require __DIR__ . '/../../examples/verify/sodium.php';

/** The fastest round of each; their rounds take turns. */
function fastest(array $works): array
{
    $best = array_fill_keys(array_keys($works), INF);
    for ($round = 0; $round < 30; $round++) {
        foreach ($works as $name => $work) {
            $start = hrtime(true);
            for ($call = 0; $call < 100; $call++) {
                $work();
            }
            $best[$name] = min($best[$name], (hrtime(true) - $start) / 100 / 1_000);
        }
    }
    return $best;
}

$token = file_get_contents(dirname($jwksFile) . '/token');
[$head, $body, $signature] = explode('.', $token);
[$message, $signed, $key] = ["$head.$body", bytes($signature), bytes($jwks['keys'][0]['x'])];
echo json_encode(fastest([
    'token' => fn() => verify_offer($token, $jwks, $issuer, $merchant),
    'signature' => fn() => sodium_crypto_sign_verify_detached($signed, $message, $key),
]));
