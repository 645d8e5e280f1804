// java -cp 'jackson/*' Verify.java jwks.json ISSUER MERCHANT < token
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

public class Verify {
    static final ObjectMapper JSON = new ObjectMapper();
    static final Base64.Decoder BASE64URL = Base64.getUrlDecoder();

    static JsonNode verifyOffer(String token, JsonNode jwks, String issuer, String merchant) throws Exception {
        String[] parts = token.split("\\.", -1);
        must(parts.length == 3, "shape");
        JsonNode header = JSON.readTree(BASE64URL.decode(parts[0]));
        must(header.path("alg").asText().equals("EdDSA"), "alg");
        must(header.path("typ").asText().equals("tradein-offer+jwt"), "typ");
        must(!header.has("crit"), "crit");
        PublicKey key = null;
        for (JsonNode jwk : jwks.path("keys")) {
            boolean named = header.has("kid") && jwk.path("kid").asText().equals(header.path("kid").asText());
            if (named && jwk.path("crv").asText().equals("Ed25519")) key = publicKey(jwk.path("x").asText());
        }
        must(key != null, "kid");
        Signature ed25519 = Signature.getInstance("Ed25519");
        ed25519.initVerify(key);
        ed25519.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        must(ed25519.verify(BASE64URL.decode(parts[2])), "signature");

        JsonNode claims = JSON.readTree(BASE64URL.decode(parts[1]));
        long now = System.currentTimeMillis() / 1000;
        must(claims.path("iss").asText().equals(issuer), "iss");
        must(claims.path("aud").asText().equals(merchant), "aud");
        must(claims.path("exp").isIntegralNumber() && now < claims.path("exp").asLong() + 30, "exp");
        must(claims.path("nbf").isIntegralNumber() && now >= claims.path("nbf").asLong() - 30, "nbf");
        return claims;
    }

    /** The key in the form that Java reads: the fixed prefix of RFC 8410, and the 32 bytes of the Ed25519 key. */
    static PublicKey publicKey(String x) throws GeneralSecurityException {
        byte[] document = HexFormat.of().parseHex("302a300506032b6570032100" + HexFormat.of().formatHex(BASE64URL.decode(x)));
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(document));
    }

    static void must(boolean holds, String what) {
        if (!holds) throw new SecurityException("the token's " + what + " is wrong");
    }

    public static void main(String[] arguments) throws Exception {
        JsonNode jwks = JSON.readTree(Files.readAllBytes(Path.of(arguments[0])));
        String token = new String(System.in.readAllBytes(), StandardCharsets.US_ASCII).trim();
        JsonNode claims = verifyOffer(token, jwks, arguments[1], arguments[2]);
        System.out.println(claims.path("jti").asText() + " " + claims.path("amount").asLong());
    }
}
