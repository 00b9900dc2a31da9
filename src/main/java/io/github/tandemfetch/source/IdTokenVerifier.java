package io.github.tandemfetch.source;

import io.github.tandemfetch.config.Endpoints;
import io.github.tandemfetch.config.Secret;
import java.time.Clock;
import java.time.Instant;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.lang.JoseException;

/**
 * Verifies the id token: RS256 and nothing else, the key by its id, issuer, audience, expiry with five minutes for clocks
 * that differ. The time is the service's own, from the answer that the token came in: this machine's clock may be wrong. The library's messages quote the token, so they go no further than this class.
 */
final class IdTokenVerifier {
    private static final String PUMPER_ID = "pumperId";
    private static final String PUMPER_ID_OF_ACCESS_TOKEN = "tandem_pumper_id";
    private static final int SKEW_SECONDS = 300;
    private static final long LONGEST_LIFE_SECONDS = Integer.MAX_VALUE;

    private final Endpoints endpoints;
    private final Clock clock;

    IdTokenVerifier(Endpoints endpoints, Clock clock) {
        this.endpoints = endpoints;
        this.clock = clock;
    }

    Session verify(Tokens tokens, String keys) {
        try {
            JwtClaims claims = consumer(keys, tokens.servedAt())
                    .processToClaims(tokens.idToken().reveal());
            Instant expiresAt = tokens.expiresAt() != null ? tokens.expiresAt() : expiry(claims, tokens.servedAt());
            return new Session(
                    tokens.accessToken(),
                    pumperId(claims, tokens.accessToken()),
                    required(claims, "accountId"),
                    expiresAt);
        } catch (InvalidJwtException untrusted) {
            throw isForAnother(untrusted)
                    ? SourceFailures.idTokenForAnotherClient()
                    : SourceFailures.idTokenInvalid(problem(untrusted));
        } catch (MalformedClaimException malformed) {
            throw SourceFailures.idTokenInvalid("one of its claims has the wrong type");
        }
    }

    /** The token's expiry by this machine's clock. */
    private Instant expiry(JwtClaims claims, Instant servedAt) throws MalformedClaimException {
        long expires = claims.getExpirationTime().getValue();
        // A far future would not fit into an instant.
        long life = Math.min(expires, servedAt.getEpochSecond() + LONGEST_LIFE_SECONDS) - servedAt.getEpochSecond();
        return clock.instant().plusSeconds(life);
    }

    private JwtConsumer consumer(String keys, Instant now) {
        try {
            return new JwtConsumerBuilder()
                    .setVerificationKeyResolver(
                            new JwksVerificationKeyResolver(new JsonWebKeySet(keys).getJsonWebKeys()))
                    .setJwsAlgorithmConstraints(
                            new AlgorithmConstraints(ConstraintType.PERMIT, AlgorithmIdentifiers.RSA_USING_SHA256))
                    .setExpectedIssuer(endpoints.accountsUrl())
                    .setExpectedAudience(endpoints.clientId())
                    .setRequireExpirationTime()
                    .setAllowedClockSkewInSeconds(SKEW_SECONDS)
                    .setEvaluationTime(NumericDate.fromSeconds(now.getEpochSecond()))
                    .build();
        } catch (JoseException malformed) {
            throw new UnexpectedAnswerException("The keys of Tandem Source are not a JSON Web Key Set.");
        }
    }

    /**
     * The person. Some identity tokens lack it, and the access token, a JWT too, has it. That one came straight from the
     * service over TLS and is for the service to verify, so its signature is not checked here.
     */
    private static String pumperId(JwtClaims claims, Secret accessToken) throws MalformedClaimException {
        String id = claims.getStringClaimValue(PUMPER_ID);
        if (id != null && !id.isBlank()) {
            return id;
        }
        try {
            String other = new JwtConsumerBuilder()
                    .setSkipAllValidators()
                    .setDisableRequireSignature()
                    .setSkipSignatureVerification()
                    .build()
                    .processToClaims(accessToken.reveal())
                    .getStringClaimValue(PUMPER_ID_OF_ACCESS_TOKEN);
            if (other != null && !other.isBlank()) {
                return other;
            }
        } catch (InvalidJwtException | MalformedClaimException noClaims) {
            throw withoutPumper();
        }
        throw withoutPumper();
    }

    private static UnexpectedAnswerException withoutPumper() {
        return new UnexpectedAnswerException("Neither token of Tandem Source says whose data it is for (\"" + PUMPER_ID
                + "\", \"" + PUMPER_ID_OF_ACCESS_TOKEN + "\").");
    }

    private static String required(JwtClaims claims, String name) throws MalformedClaimException {
        String value = claims.getStringClaimValue(name);
        if (value == null || value.isBlank()) {
            throw new UnexpectedAnswerException("The identity token of Tandem Source has no \"" + name + "\".");
        }
        return value;
    }

    private static String problem(InvalidJwtException untrusted) {
        if (untrusted.hasErrorCode(ErrorCodes.EXPIRED)) {
            return "it has expired";
        }
        if (untrusted.hasErrorCode(ErrorCodes.NOT_YET_VALID)
                || untrusted.hasErrorCode(ErrorCodes.ISSUED_AT_INVALID_FUTURE)) {
            return "it is not valid yet";
        }
        if (untrusted.hasErrorCode(ErrorCodes.ISSUER_INVALID) || untrusted.hasErrorCode(ErrorCodes.ISSUER_MISSING)) {
            return "another service issued it";
        }
        return "its signature cannot be verified";
    }

    private static boolean isForAnother(InvalidJwtException untrusted) {
        return untrusted.hasErrorCode(ErrorCodes.AUDIENCE_INVALID)
                || untrusted.hasErrorCode(ErrorCodes.AUDIENCE_MISSING);
    }
}
