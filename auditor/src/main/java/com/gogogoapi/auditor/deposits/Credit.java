package com.gogogoapi.auditor.deposits;

import com.gogogoapi.contracts.money.Usd;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** A deposit that the ledger credited, and where in its log. */
record Credit(int shard, long sequence, UUID eventId, String account, Usd amountUsd, String reference, Instant at) {

    private static final Pattern REFERENCE =
            Pattern.compile("(eip155:[1-9][0-9]{0,17})/(0x[0-9a-fA-F]{64})/(0|[1-9][0-9]{0,8})");

    /** Which transfer it is for. @param transactionHash in lower case */
    record Named(String chainId, String transactionHash, int logIndex) {

        @Override
        public String toString() {
            return chainId + "/" + transactionHash + "/" + logIndex;
        }
    }

    /** Empty where its reference names none. */
    Optional<Named> named() {
        var parts = REFERENCE.matcher(reference);
        return parts.matches()
                ? Optional.of(new Named(
                        parts.group(1), parts.group(2).toLowerCase(Locale.ROOT), Integer.parseInt(parts.group(3))))
                : Optional.empty();
    }

    /** For a reader. */
    String where() {
        return "credit " + reference + " (shard " + shard + ", sequence " + sequence + ", " + amountUsd + " USD to "
                + account + ")";
    }
}
