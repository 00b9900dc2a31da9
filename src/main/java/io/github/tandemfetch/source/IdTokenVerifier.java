package io.github.tandemfetch.source;

import io.github.tandemfetch.config.Endpoints;
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
 * that differ. The library's messages quote the token, so they go no further than this class.
 */
final class IdTokenVerifier {
    private static final int SKEW_SECONDS = 300;

    private final Endpoints endpoints;
    private final Clock clock;

    IdTokenVerifier(Endpoints endpoints, Clock clock) {
        this.endpoints = endpoints;
        this.clock = clock;
    }

    Session verify(Tokens tokens, String keys) {
        try {
            JwtClaims claims = consumer(keys).processToClaims(tokens.idToken().reveal());
            Instant expiresAt = tokens.expiresAt() != null
                    ? tokens.expiresAt()
                    : Instant.ofEpochSecond(claims.getExpirationTime().getValue());
            return new Session(
                    tokens.accessToken(), required(claims, "pumperId"), required(claims, "accountId"), expiresAt);
        } catch (InvalidJwtException untrusted) {
            throw new IdTokenInvalidException(problem(untrusted));
        } catch (MalformedClaimException malformed) {
            throw new IdTokenInvalidException("one of its claims has the wrong type");
        }
    }

    private JwtConsumer consumer(String keys) {
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
                    .setEvaluationTime(NumericDate.fromSeconds(clock.instant().getEpochSecond()))
                    .build();
        } catch (JoseException malformed) {
            throw new UnexpectedAnswerException("The keys of Tandem Source are not a JSON Web Key Set.");
        }
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
        if (untrusted.hasErrorCode(ErrorCodes.AUDIENCE_INVALID)
                || untrusted.hasErrorCode(ErrorCodes.AUDIENCE_MISSING)) {
            return "it is meant for another application";
        }
        return "its signature cannot be verified";
    }
}
