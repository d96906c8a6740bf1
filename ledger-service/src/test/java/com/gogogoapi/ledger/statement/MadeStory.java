package com.gogogoapi.ledger.statement;

import static com.gogogoapi.contracts.money.Usd.usd;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.Balance;
import com.gogogoapi.contracts.ledger.CreditExpired;
import com.gogogoapi.contracts.ledger.CreditGranted;
import com.gogogoapi.contracts.ledger.CreditRefused;
import com.gogogoapi.contracts.ledger.CreditReleased;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.CreditRevoked;
import com.gogogoapi.contracts.ledger.CreditSettled;
import com.gogogoapi.contracts.ledger.CreditTransferred;
import com.gogogoapi.contracts.ledger.GrantConsumed;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.RefusalReason;
import com.gogogoapi.contracts.ledger.intake.Correction;
import com.gogogoapi.contracts.ledger.intake.GrantSource;
import com.gogogoapi.contracts.ledger.intake.Outcome;
import com.gogogoapi.contracts.ledger.intake.TransferSide;
import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.contracts.money.UsdPerMillion;
import com.gogogoapi.contracts.pricing.TokenPrices;
import com.gogogoapi.contracts.pricing.TokenUsage;
import com.gogogoapi.contracts.wire.EventType;
import com.gogogoapi.ledger.account.EventIds;
import com.gogogoapi.ledger.log.StoredEvent;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** An account's events, one of every type and of every shape that a type has, for what is made of them. */
final class MadeStory {

    private static final AccountId ACCOUNT = new AccountId("acct_1");
    private static final Instant AT = Instant.parse("2026-11-23T12:00:00.120Z");
    private static final Balance BALANCE =
            new Balance(usd("4.50"), usd("0.25"), 1, usd("0.25"), usd("5.00"), null, null);
    private static final TokenPrices PRICES =
            new TokenPrices(UsdPerMillion.parse("0.14"), UsdPerMillion.parse("0.0028"), UsdPerMillion.parse("0.28"));

    private MadeStory() {}

    /** In order, from 0 on. */
    static List<StoredEvent> events() {
        var events = List.of(
                new CreditGranted(
                        ACCOUNT,
                        id(1),
                        usd("5.00"),
                        GrantSource.STABLECOIN_DEPOSIT,
                        "deposit",
                        "funding",
                        AT,
                        BALANCE,
                        null,
                        null,
                        null,
                        null,
                        null),
                new CreditGranted(
                        ACCOUNT,
                        id(2),
                        usd("1.00"),
                        GrantSource.CORRECTION,
                        "ticket 17",
                        "j.doe",
                        AT,
                        BALANCE,
                        new Correction(id(9), "charged twice"),
                        10,
                        Instant.parse("2026-12-01T00:00:00Z"),
                        null,
                        null),
                new CreditReserved(
                        ACCOUNT,
                        id(3),
                        "quote-3",
                        "deepseek-v4-flash",
                        "flash@1",
                        PRICES,
                        100,
                        200,
                        usd("0.25"),
                        AT.plusSeconds(900),
                        AT,
                        BALANCE,
                        null,
                        null,
                        null,
                        null,
                        null),
                new CreditRefused(
                        ACCOUNT, id(4), RefusalReason.INSUFFICIENT_CREDIT, usd("9.00"), AT, BALANCE, null, null),
                settled(id(3), List.of(new GrantConsumed(id(2), usd("0.01")), new GrantConsumed(id(1), usd("0.02")))),
                settled(id(5), null),
                new CreditReleased(ACCOUNT, id(6), Outcome.TIMED_OUT, usd("0.25"), AT, BALANCE),
                new CreditExpired(ACCOUNT, id(2), 1, usd("0.99"), AT, BALANCE),
                new CreditRevoked(
                        ACCOUNT,
                        id(7),
                        usd("0.10"),
                        "ticket 18",
                        "j.doe",
                        new Correction(id(1), "granted twice"),
                        AT,
                        BALANCE,
                        List.of(new GrantConsumed(id(1), usd("0.10"))),
                        null),
                transferred(TransferSide.OUT, id(9), List.of(new GrantConsumed(id(1), usd("0.50")))),
                transferred(TransferSide.IN, id(10), null));
        return IntStream.range(0, events.size())
                .mapToObj(sequence -> stored(sequence, events.get(sequence)))
                .toList();
    }

    /** A grant about which somebody wrote these words. */
    static StoredEvent grant(long sequence, String reference, String reason) {
        return stored(
                sequence,
                new CreditGranted(
                        ACCOUNT,
                        id(1),
                        usd("5.00"),
                        GrantSource.OPERATOR_GRANT,
                        reference,
                        "j.doe",
                        AT,
                        BALANCE,
                        null,
                        null,
                        null,
                        reason,
                        null));
    }

    private static CreditSettled settled(UUID request, @org.jspecify.annotations.Nullable List<GrantConsumed> burned) {
        return new CreditSettled(
                ACCOUNT,
                request,
                Outcome.COMPLETED,
                "deepseek-v4-flash",
                "flash@1",
                PRICES,
                new TokenUsage(100, 40, 50),
                false,
                usd("0.25"),
                usd("0.03"),
                usd("0.22"),
                usd("0.00"),
                false,
                AT,
                BALANCE,
                burned,
                null,
                null,
                null);
    }

    private static CreditTransferred transferred(
            TransferSide side, UUID request, @org.jspecify.annotations.Nullable List<GrantConsumed> consumed) {
        return new CreditTransferred(
                ACCOUNT,
                request,
                id(14),
                side,
                new AccountId("acct_2"),
                id(15),
                usd("0.50"),
                "ticket 19",
                "j.doe",
                "merged",
                AT,
                BALANCE,
                consumed,
                null,
                "j.roe");
    }

    private static UUID id(long number) {
        return new UUID(0x01a210a0_a5c0_7000L, 0x8000_0000_0000_0000L | number << 4);
    }

    private static StoredEvent stored(long sequence, LedgerEvent event) {
        return new StoredEvent(
                3,
                sequence + 1,
                event.accountId().value(),
                sequence,
                EventIds.of(event),
                EventType.of(event).wireName(),
                EventJson.write(event),
                id(8),
                null,
                event.decidedAt().toEpochMilli());
    }
}
