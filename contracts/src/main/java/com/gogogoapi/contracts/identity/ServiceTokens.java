package com.gogogoapi.contracts.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.Optional;

/**
 * The services' credentials for each other: a JWT (HS256) that names the calling service and the one called, and lives
 * {@link #LIFETIME}. A token for one service opens no other.
 */
public final class ServiceTokens {

    /** How long a token is accepted, counted from issue. */
    public static final Duration LIFETIME = Duration.ofSeconds(60);

    /** How far two services' clocks may be apart. */
    public static final Duration CLOCK_SKEW = Duration.ofSeconds(10);

    public static final int MIN_SECRET_BYTES = 32;

    private final byte[] secret;
    private final Clock clock;

    /** @throws IllegalArgumentException if the secret is shorter than {@link #MIN_SECRET_BYTES} */
    public ServiceTokens(String secret, Clock clock) {
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
        this.clock = clock;
        if (this.secret.length < MIN_SECRET_BYTES) {
            throw new IllegalArgumentException(
                    "The internal secret must have at least " + MIN_SECRET_BYTES + " bytes.");
        }
    }

    /** A token with which {@code caller} can call {@code audience}. */
    public String issue(String caller, String audience) {
        var now = clock.instant();
        var claims = new JWTClaimsSet.Builder()
                .issuer(caller)
                .audience(audience)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFETIME)))
                .build();
        var token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        try {
            token.sign(new MACSigner(secret));
        } catch (JOSEException e) {
            throw new IllegalStateException("HS256 must work with a key of a checked length.", e);
        }
        return token.serialize();
    }

    /** The calling service, if the token is genuine, for this audience and within its life. */
    public Optional<String> callerOf(String token, String audience) {
        try {
            var jwt = SignedJWT.parse(token);
            if (!JWSAlgorithm.HS256.equals(jwt.getHeader().getAlgorithm()) || !jwt.verify(new MACVerifier(secret))) {
                return Optional.empty();
            }
            var claims = jwt.getJWTClaimsSet();
            var issuedAt = claims.getIssueTime();
            var expiresAt = claims.getExpirationTime();
            if (issuedAt == null || expiresAt == null || !claims.getAudience().contains(audience)) {
                return Optional.empty();
            }
            var now = clock.instant();
            var alive = now.isBefore(expiresAt.toInstant().plus(CLOCK_SKEW))
                    && !now.isBefore(issuedAt.toInstant().minus(CLOCK_SKEW));
            return alive ? Optional.ofNullable(claims.getIssuer()) : Optional.empty();
        } catch (ParseException | JOSEException e) {
            return Optional.empty();
        }
    }
}
