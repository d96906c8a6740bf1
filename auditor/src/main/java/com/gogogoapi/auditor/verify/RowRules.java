package com.gogogoapi.auditor.verify;

import static com.gogogoapi.auditor.verify.Discrepancy.require;

import com.gogogoapi.auditor.source.Shards;
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
import com.gogogoapi.contracts.messaging.MalformedEventException;
import com.gogogoapi.evidence.log.LogRow;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.core.JacksonException;

/** What must be true of a stored event by itself: that its columns and its payload say the same. */
final class RowRules {

    /** Begins the names of the accounts under which the installation itself is in the log. */
    static final String INSTALLATION = "installation_";

    private final int shard;
    private final int shards;
    private final Optional<PublishedPrices> published;
    private long unchecked;

    /** @param published without which no hold's prices can be checked */
    RowRules(int shard, int shards, Optional<PublishedPrices> published) {
        this.shard = shard;
        this.shards = shards;
        this.published = published;
    }

    /** The event that a row states. */
    static LedgerEvent eventOf(LogRow row) throws Discrepancy {
        try {
            return row.event();
        } catch (JacksonException e) {
            throw new Discrepancy("the stored bytes are no event: " + e.getOriginalMessage());
        } catch (IllegalArgumentException | ArithmeticException | MalformedEventException e) {
            throw new Discrepancy("the stored bytes are no event: " + e.getMessage());
        }
    }

    void check(LogRow row, LedgerEvent event) throws Discrepancy {
        require(row.shard() == shard, "the event must be stored under this shard, and is under " + row.shard());
        if (event instanceof InstallationEvent || row.accountId().startsWith(INSTALLATION)) {
            require(
                    event instanceof InstallationEvent && row.accountId().equals(INSTALLATION + shard),
                    "what concerns the installation, and nothing else, must be under " + INSTALLATION + shard
                            + ", and this is under " + row.accountId());
        } else {
            require(
                    Shards.of(row.accountId(), shards) == shard,
                    "account " + row.accountId() + " must be in shard " + Shards.of(row.accountId(), shards));
        }
        require(
                event.decidedAt().toEpochMilli() == row.atMillis(),
                "the event must be stored as of the time it was decided at, " + event.decidedAt());
        require(identityOf(event).equals(row.eventId()), "its identity must be that of its request and step");
        switch (event) {
            case CreditReserved reserved -> checkPrices(reserved);
            case CreditSettled settled -> {
                // At the prices that its hold pinned.
            }
            case CreditGranted granted -> {
                // Names no price.
            }
            case CreditRefused refused -> {
                // Names no price.
            }
            case CreditReleased released -> {
                // Names no price.
            }
            case CreditRevoked revoked -> {
                // Names no price.
            }
            case CreditTransferred transferred -> {
                // Names no price.
            }
            case CreditExpired expired -> {
                // Names no price.
            }
            case ParkedAccountResumed resumed -> {
                // Names no price.
            }
            case InstallationEvent done -> {
                // Names no price.
            }
        }
    }

    private void checkPrices(CreditReserved hold) throws Discrepancy {
        if (published.isPresent()) {
            published.get().check(hold);
        } else {
            unchecked++;
        }
    }

    /** How many holds' prices were held against nothing. */
    long unchecked() {
        return unchecked;
    }

    /** The request's id with the step of its life in the lowest bits by exclusive or. */
    private static UUID identityOf(LedgerEvent event) {
        var request = event.requestId();
        return new UUID(request.getMostSignificantBits(), request.getLeastSignificantBits() ^ stepOf(event));
    }

    /** The step of its request's life, 1 to 15. */
    static int stepOf(LedgerEvent event) {
        return switch (event) {
            case CreditGranted granted -> 1;
            case CreditReserved reserved -> 1;
            case CreditRefused refused -> 1;
            case CreditReleased released -> 2;
            case CreditSettled settled -> settled.late() ? 3 : 2;
            case CreditRevoked revoked -> 1;
            case CreditTransferred transferred -> 1;
            case CreditExpired expired -> 3 + expired.part();
            case ParkedAccountResumed resumed -> 1;
            case InstallationEvent done -> 1;
        };
    }
}
