package io.github.tandemfetch.simulator;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;

/** The key that signs id tokens, new at each start, and the key set in which it is published beside another one. */
final class SigningKeys {
    private static final int BITS = 2048;
    private static final String KEY_ID = "simulator-current";
    private static final String OTHER_KEY_ID = "simulator-previous";

    private final RsaJsonWebKey key;
    private final String keySet;

    SigningKeys() {
        try {
            key = RsaJwkGenerator.generateJwk(BITS);
        } catch (JoseException e) {
            throw new IllegalStateException("Every JDK makes RSA keys", e);
        }
        key.setKeyId(KEY_ID);
        key.setUse("sig");
        key.setAlgorithm(AlgorithmIdentifiers.RSA_USING_SHA256);
        keySet = "{\"keys\":[" + JsonUtil.toJson(previousKey()) + ","
                + key.toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY) + "]}";
    }

    /** The response of the keys endpoint; the key in use is not the first. */
    String keySet() {
        return keySet;
    }

    String sign(JwtClaims claims) {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setKey(key.getPrivateKey());
        signature.setKeyIdHeaderValue(KEY_ID);
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        signature.setHeader("typ", "JWT");
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("The id token could not be signed", e);
        }
    }

    /** A public key without a private part: it signs nothing, so its modulus need not be a product of primes. */
    private static Map<String, Object> previousKey() {
        BigInteger modulus =
                new BigInteger(BITS, new SecureRandom()).setBit(BITS - 1).setBit(0);
        byte[] bytes = modulus.toByteArray();
        byte[] unsigned = Arrays.copyOfRange(bytes, bytes.length - BITS / 8, bytes.length);
        return Map.of(
                "kty", "RSA",
                "use", "sig",
                "alg", "RS256",
                "kid", OTHER_KEY_ID,
                "e", "AQAB",
                "n", Base64.getUrlEncoder().withoutPadding().encodeToString(unsigned));
    }
}
