<?php
// WEBHOOK_SECRET=whsec_… php plain.php ID TIMESTAMP SIGNATURE < body
declare(strict_types=1);

function verify_webhook(string $secret, string $id, string $timestamp, string $signatures, string $body): array
{
    if (!ctype_digit($timestamp) || abs(time() - (int) $timestamp) > 300) {
        throw new RuntimeException('the time is wrong');
    }
    $key = base64_decode(substr($secret, strlen('whsec_')), true);
    $expected = 'v1,' . base64_encode(hash_hmac('sha256', "$id.$timestamp.$body", $key, true));
    // While a secret is replaced, there is a signature by each of the two.
    foreach (explode(' ', $signatures) as $one) {
        if (hash_equals($expected, $one)) {
            return json_decode($body, true, 32, JSON_THROW_ON_ERROR);
        }
    }
    throw new RuntimeException('the signature is wrong');
}

[, $id, $timestamp, $signatures] = $argv;
echo verify_webhook(getenv('WEBHOOK_SECRET'), $id, $timestamp, $signatures, stream_get_contents(STDIN))['type'], "\n";
