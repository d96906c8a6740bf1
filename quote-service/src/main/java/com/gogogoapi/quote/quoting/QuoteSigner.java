package com.gogogoapi.quote.quoting;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.contracts.quote.QuoteId;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import java.text.ParseException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;

/**
 * Makes a quote's id: a JWS (HS256) over its claims. Stateless, so every instance can verify every other's quotes.
 */
final class QuoteSigner {

    static final int MIN_KEY_BYTES = 32;

    private final Map<String, byte[]> keys = new LinkedHashMap<>();
    private final String signingKeyId;
    private final Clock clock;

    QuoteSigner(List<String> signingKeys, Clock clock) {
        for (var key : signingKeys) {
            var bytes = key.getBytes(UTF_8);
            if (bytes.length < MIN_KEY_BYTES) {
                throw new IllegalArgumentException(
                        "A quote signing key must have at least " + MIN_KEY_BYTES + " bytes.");
            }
            keys.put(Sha256.of(bytes).substring(0, 8), bytes);
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("gogogoapi.quote.signing-keys must name at least one key.");
        }
        this.signingKeyId = keys.keySet().iterator().next();
        this.clock = clock;
    }

    String sign(QuoteClaims claims) {
        var header =
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(signingKeyId).build();
        var quote = new JWSObject(header, new Payload(EventJson.mapper().writeValueAsBytes(claims)));
        try {
            quote.sign(new MACSigner(keys.get(signingKeyId)));
        } catch (JOSEException e) {
            throw new IllegalStateException("HS256 must work with a key of a checked length.", e);
        }
        return quote.serialize();
    }

    /** What became of a presented quote. */
    sealed interface Verdict {
        record Genuine(QuoteClaims claims) implements Verdict {}

        record Expired(QuoteClaims claims) implements Verdict {}

        /** Not ours, altered, or no quote at all. */
        record NotOurs() implements Verdict {}
    }

    Verdict verify(String quoteId) {
        if (quoteId.length() > QuoteId.MAX_CHARS) {
            return new Verdict.NotOurs();
        }
        try {
            var quote = JWSObject.parse(quoteId);
            var key = keys.get(String.valueOf(quote.getHeader().getKeyID()));
            if (key == null
                    || !JWSAlgorithm.HS256.equals(quote.getHeader().getAlgorithm())
                    || !quote.verify(new MACVerifier(key))) {
                return new Verdict.NotOurs();
            }
            var claims = EventJson.mapper().readValue(quote.getPayload().toBytes(), QuoteClaims.class);
            return clock.instant().isBefore(claims.expiresAt())
                    ? new Verdict.Genuine(claims)
                    : new Verdict.Expired(claims);
        } catch (ParseException | JOSEException | JacksonException e) {
            return new Verdict.NotOurs();
        }
    }
}
