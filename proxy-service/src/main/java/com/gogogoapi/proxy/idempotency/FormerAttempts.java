package com.gogogoapi.proxy.idempotency;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which attempt at a request is the next one, by the ledger's word and not by the store's alone, which may have been lost or
 * be one of yesterday's: along the attempts of each era in use, until one of which the ledger has not heard.
 */
final class FormerAttempts {

    /** In one era; each is a question to the ledger where nothing else is known. */
    static final int MAX_ATTEMPTS = 100;

    private final LedgerIdentity identity;
    private final Story story;
    private final Duration keepFor;

    FormerAttempts(LedgerIdentity identity, Story story, Duration keepFor) {
        this.identity = identity;
        this.story = story;
        this.keepFor = keepFor;
    }

    /** What the ledger knows of a request: its events, oldest first. */
    @FunctionalInterface
    interface Story {
        List<LedgerEvent> of(AccountId account, UUID requestId);
    }

    /** What is to be done. */
    sealed interface Next {
        /**
         * Ask the ledger for this one.
         *
         * @param heldInVain former ones that were never sent and whose credit is held
         */
        record Attempt(long era, int number, UUID requestId, List<UUID> heldInVain) implements Next {}

        /**
         * One is not known to have ended free, so that there must be no other.
         *
         * @param began when the ledger held for it
         */
        record Barred(UUID requestId, KnownEnd end, Instant began) implements Next {}

        /** There were too many. */
        record TooMany() implements Next {}
    }

    /** @param row what the store knew when the key was claimed; null for nothing */
    Next next(IdempotencyKey key, @Nullable KeyRow row, Instant now) {
        var current = identity.eraOf(now);
        Next next = new Next.TooMany();
        for (var era : identity.erasInUse(now)) {
            var along = along(key, row, era, now);
            if (along instanceof Next.Barred) {
                return along;
            }
            if (era == current) {
                next = along;
            }
        }
        return next;
    }

    private Next along(IdempotencyKey key, @Nullable KeyRow row, long era, Instant now) {
        var first = row != null && row.era() == era ? Math.max(1, row.attempt()) : 1;
        var heldInVain = new ArrayList<UUID>();
        for (var number = first; number <= MAX_ATTEMPTS; number++) {
            var requestId = identity.of(key, era, number);
            var events = story.of(key.account(), requestId);
            var end = KnownEnd.of(events);
            if (end == KnownEnd.NEVER_BEGUN) {
                return new Next.Attempt(era, number, requestId, List.copyOf(heldInVain));
            }
            if (end == KnownEnd.OPEN && row != null && row.wasNeverSent(era, number)) {
                heldInVain.add(requestId);
            }
            if (bars(end, row, era, number)) {
                var began = began(events, now);
                if (began.plus(keepFor).isAfter(now)) {
                    return new Next.Barred(requestId, end, began);
                }
            }
        }
        return new Next.TooMany();
    }

    private static boolean bars(KnownEnd end, @Nullable KeyRow row, long era, int number) {
        return switch (end) {
            case NEVER_BEGUN, FREE -> false;
            case OPEN, EXPIRED -> row == null || !row.knowsFree(era, number);
            case CHARGED -> true;
        };
    }

    private static Instant began(List<LedgerEvent> events, Instant now) {
        return events.getFirst() instanceof CreditReserved reserved ? reserved.decidedAt() : now;
    }
}
