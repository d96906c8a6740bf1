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
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.messaging.MalformedEventException;
import com.gogogoapi.contracts.pricing.TokenPrices;
import com.gogogoapi.evidence.log.LogRow;
import java.util.Map;
import java.util.UUID;
import tools.jackson.core.JacksonException;

/** What must be true of a stored event by itself: that its columns and its payload say the same. */
final class RowRules {

    private final int shard;
    private final int shards;
    private final Map<String, TokenPrices> published;
    private long unpublished;

    /** @param published prices by version; the prices of versions that are not among them cannot be checked */
    RowRules(int shard, int shards, Map<String, TokenPrices> published) {
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
        require(
                Shards.of(row.accountId(), shards) == shard,
                "account " + row.accountId() + " must be in shard " + Shards.of(row.accountId(), shards));
        require(
                event.decidedAt().toEpochMilli() == row.atMillis(),
                "the event must be stored as of the time it was decided at, " + event.decidedAt());
        require(identityOf(event).equals(row.eventId()), "its identity must be that of its request and step");
        switch (event) {
            case CreditReserved reserved -> checkPrices(reserved.priceVersion(), reserved.prices());
            case CreditSettled settled -> checkPrices(settled.priceVersion(), settled.prices());
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
            case CreditExpired expired -> {
                // Names no price.
            }
        }
    }

    private void checkPrices(String version, TokenPrices prices) throws Discrepancy {
        var known = published.get(version);
        if (known == null) {
            unpublished++;
        } else {
            require(known.equals(prices), "the prices must be those published as " + version);
        }
    }

    /** How many holds and charges pin a price version that was not among the published ones. */
    long unpublished() {
        return unpublished;
    }

    /** The request's id with the step of its life, 1 to 15, in the lowest bits by exclusive or. */
    private static UUID identityOf(LedgerEvent event) {
        var step =
                switch (event) {
                    case CreditGranted granted -> 1;
                    case CreditReserved reserved -> 1;
                    case CreditRefused refused -> 1;
                    case CreditReleased released -> 2;
                    case CreditSettled settled -> settled.late() ? 3 : 2;
                    case CreditRevoked revoked -> 1;
                    case CreditExpired expired -> 3 + expired.part();
                };
        var request = event.requestId();
        return new UUID(request.getMostSignificantBits(), request.getLeastSignificantBits() ^ step);
    }
}
