package com.gogogoapi.usage.webhooks;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.usage.alerts.AlertKind;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where an account wants to be told.
 *
 * @param secret {@code whsec_} and 24 random bytes as Base64, by which it knows that it is us
 * @param earlier the one before, while what is sent is signed by both; null otherwise
 * @param events names of what is sent there; empty for all but those that are told by name only
 * @param disabledAt null while it is on
 */
record Endpoint(
        UUID id,
        AccountId account,
        String url,
        String secret,
        @Nullable Earlier earlier,
        List<String> events,
        Instant createdAt,
        @Nullable Instant disabledAt,
        @Nullable String disabledReason) {

    /** A secret that was replaced, and when it stops. */
    record Earlier(String secret, Instant until) {}

    /** The secrets that what is sent at that instant is signed by. */
    List<String> secretsAt(Instant at) {
        return earlier == null || !at.isBefore(earlier.until()) ? List.of(secret) : List.of(secret, earlier.secret());
    }

    boolean wants(AlertKind kind) {
        return disabledAt == null && (events.contains(kind.wireName()) || events.isEmpty() && !kind.isOnlyByName());
    }
}
