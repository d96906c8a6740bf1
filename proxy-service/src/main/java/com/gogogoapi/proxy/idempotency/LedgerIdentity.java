package com.gogogoapi.proxy.idempotency;

import com.gogogoapi.contracts.identity.TimeOrderedIds;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;

/**
 * As which the ledger knows a request that has an idempotency key: an id that follows from account, key, era and attempt, so
 * that even where nothing else is known of it any more the ledger sees that it was there. An era is as long as a key is kept;
 * a repeat thus falls into the first one's era or into the next. Attempts count from 1, and the next is made only of one that
 * the ledger knows and that ended without a charge: they have no gaps.
 */
final class LedgerIdentity {

    /** Clocks of one store and another that takes its place may differ by so much. */
    private static final Duration CLOCKS_AGREE_TO = Duration.ofMinutes(5);

    private static final long VERSION_7 = 0x7000L;
    private static final long RANDOM_A = 0x0fffL;

    private final Duration keepFor;

    LedgerIdentity(Duration keepFor) {
        this.keepFor = keepFor;
    }

    long eraOf(Instant now) {
        return Math.floorDiv(now.toEpochMilli(), keepFor.toMillis());
    }

    /** Those in which a request may have begun whose key is in use now, oldest first. */
    List<Long> erasInUse(Instant now) {
        return LongStream.rangeClosed(eraOf(now.minus(keepFor)), eraOf(now.plus(CLOCKS_AGREE_TO)))
                .boxed()
                .toList();
    }

    /** Of the time at which its era begins: ordered among others like them, and found in the ledger's memory. */
    UUID of(IdempotencyKey key, long era, int attempt) {
        var name = TimeOrderedIds.named(
                "idempotency-key", key.account().value(), key.text(), Long.toString(era), Integer.toString(attempt));
        var begins = era * keepFor.toMillis();
        return new UUID(
                begins << 16 | VERSION_7 | name.getMostSignificantBits() & RANDOM_A, name.getLeastSignificantBits());
    }
}
