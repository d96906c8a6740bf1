package com.gogogoapi.usage.balance;

import com.gogogoapi.contracts.ledger.CreditExpired;
import com.gogogoapi.contracts.ledger.CreditGranted;
import com.gogogoapi.contracts.ledger.CreditRefused;
import com.gogogoapi.contracts.ledger.CreditReleased;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.CreditRevoked;
import com.gogogoapi.contracts.ledger.CreditSettled;
import com.gogogoapi.contracts.ledger.CreditTransferred;
import com.gogogoapi.contracts.ledger.InstallationEvent;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.ParkedAccountResumed;
import com.gogogoapi.contracts.ledger.intake.GrantSource;
import com.gogogoapi.contracts.ledger.intake.TransferSide;
import com.gogogoapi.contracts.money.Usd;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event that changed an account's credit other than by a request.
 *
 * @param sequence its number in its shard
 * @param grantId the id of what was ordered; of an expiry the grant's
 * @param source of a grant; null of anything else
 * @param expiresAt of a grant whose life ends
 * @param counterpart the other account of a transfer
 */
public record CreditEntry(
        int shard,
        long sequence,
        Instant at,
        EntryType type,
        Usd amount,
        UUID grantId,
        @Nullable GrantSource source,
        @Nullable String reference,
        @Nullable String reason,
        @Nullable Instant expiresAt,
        @Nullable String counterpart) {

    /** Empty of an event that is a request's, or changes no credit. */
    static Optional<CreditEntry> of(int shard, long sequence, LedgerEvent event) {
        return Optional.ofNullable(
                switch (event) {
                    case CreditGranted granted ->
                        new CreditEntry(
                                shard,
                                sequence,
                                granted.decidedAt(),
                                EntryType.GRANT,
                                granted.amountUsd(),
                                granted.requestId(),
                                granted.source(),
                                granted.reference(),
                                granted.correction() == null
                                        ? granted.reason()
                                        : granted.correction().reason(),
                                granted.expiresAt(),
                                null);
                    case CreditExpired expired ->
                        new CreditEntry(
                                shard,
                                sequence,
                                expired.decidedAt(),
                                EntryType.EXPIRY,
                                expired.amountUsd(),
                                expired.requestId(),
                                null,
                                null,
                                null,
                                null,
                                null);
                    case CreditRevoked revoked ->
                        new CreditEntry(
                                shard,
                                sequence,
                                revoked.decidedAt(),
                                EntryType.REVOCATION,
                                revoked.amountUsd(),
                                revoked.requestId(),
                                null,
                                revoked.reference(),
                                revoked.correction().reason(),
                                null,
                                null);
                    case CreditTransferred moved ->
                        new CreditEntry(
                                shard,
                                sequence,
                                moved.decidedAt(),
                                moved.side() == TransferSide.IN ? EntryType.TRANSFER_IN : EntryType.TRANSFER_OUT,
                                moved.amountUsd(),
                                moved.requestId(),
                                null,
                                moved.reference(),
                                moved.reason(),
                                null,
                                moved.counterpart().value());
                    // What is held and charged is told by its request.
                    case CreditReserved reserved -> null;
                    case CreditSettled settled -> null;
                    case CreditReleased released -> null;
                    case CreditRefused refused -> null;
                    case ParkedAccountResumed resumed -> null;
                    case InstallationEvent done -> null;
                });
    }
}
