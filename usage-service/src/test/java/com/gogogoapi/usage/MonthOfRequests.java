package com.gogogoapi.usage;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.Balance;
import com.gogogoapi.contracts.ledger.CreditExpired;
import com.gogogoapi.contracts.ledger.CreditGranted;
import com.gogogoapi.contracts.ledger.CreditReleased;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.CreditRevoked;
import com.gogogoapi.contracts.ledger.CreditSettled;
import com.gogogoapi.contracts.ledger.CreditTransferred;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.intake.Correction;
import com.gogogoapi.contracts.ledger.intake.GrantRequested;
import com.gogogoapi.contracts.ledger.intake.GrantSource;
import com.gogogoapi.contracts.ledger.intake.Outcome;
import com.gogogoapi.contracts.ledger.intake.RequestedBy;
import com.gogogoapi.contracts.ledger.intake.TransferSide;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.pricing.TokenUsage;
import com.gogogoapi.fixtures.MadeHistory.Made;
import com.gogogoapi.fixtures.Requests;
import com.gogogoapi.fixtures.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a ledger decided of an account in a month in which clocks change (March 2026) and a day or two around it, with the balance
 * after each event: so many requests of ten keys and two routes, evenly over the time, that are charged, come to nothing or
 * expire; and every two days credit that is bought, granted until a while later, taken back or transferred. Handed over one
 * by one, so that a million need no room.
 */
final class MonthOfRequests {

    static final Instant FROM = Instant.parse("2026-02-27T00:00:00Z");
    static final Instant TO = Instant.parse("2026-04-02T00:00:00Z");

    private static final Duration EVERY = Duration.ofDays(2);
    private static final int KEYS = 10;
    private static final List<Route> ROUTES = List.of(Route.FLASH, Route.PRO);
    private static final AccountId ANOTHER = new AccountId("acct_another");

    private final Random random = new Random(2_603);
    private final PriorityQueue<Due> due = new PriorityQueue<>();
    private final AccountId account;
    private final int shard;
    private final Consumer<Made> taker;
    private Balance balance = Balance.NONE;
    private long sequence;
    private long orders;
    private long requests;

    private MonthOfRequests(AccountId account, int shard, Consumer<Made> taker) {
        this.account = account;
        this.shard = shard;
        this.taker = taker;
    }

    private record Due(Instant at, long number, CreditReserved hold) implements Comparable<Due> {

        @Override
        public int compareTo(Due other) {
            var byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    /** All of it, in order. Answers the last sequence. */
    static long of(AccountId account, int shard, int requests, Consumer<Made> taker) {
        var month = new MonthOfRequests(account, shard, taker);
        var step = Duration.between(FROM, TO).dividedBy(requests);
        var order = FROM;
        for (var i = 0; i < requests; i++) {
            var at = FROM.plus(step.multipliedBy(i));
            month.end(at);
            if (!at.isBefore(order)) {
                month.order(at);
                order = order.plus(EVERY);
            }
            month.begin(at);
        }
        return month.sequence;
    }

    private void order(Instant at) {
        var number = orders++;
        var reference = "order " + number;
        var id = GrantRequested.requestIdOf(account, reference);
        if (number == 0) {
            granted(at, id, "50000.00", GrantSource.STABLECOIN_DEPOSIT, reference, null);
            return;
        }
        switch ((int) (number % 5)) {
            case 0 -> granted(at, id, "25.000000000001", GrantSource.STABLECOIN_DEPOSIT, reference, null);
            case 1 -> granted(at, id, "3.50", GrantSource.OPERATOR_GRANT, reference, at.plus(EVERY));
            case 2 -> {
                var amount = Usd.usd("1.25");
                balance = balance.expired(amount);
                add(new CreditExpired(
                        account, GrantRequested.requestIdOf(account, "order " + (number - 1)), 1, amount, at, balance));
            }
            case 3 -> {
                var amount = Usd.usd("0.000000000007");
                balance = balance.revoked(amount);
                add(new CreditRevoked(
                        account,
                        id,
                        amount,
                        reference,
                        "test",
                        new Correction(new UUID(1, 1), "it was a mistake"),
                        at,
                        balance,
                        List.of(),
                        null));
            }
            default -> transferred(at, id, number % 2 == 0 ? TransferSide.IN : TransferSide.OUT, reference);
        }
    }

    private void granted(
            Instant at, UUID id, String usd, GrantSource source, String reference, @Nullable Instant expires) {
        balance = balance.granted(Usd.usd(usd));
        add(new CreditGranted(
                account, id, Usd.usd(usd), source, reference, "test", at, balance, null, null, expires, null, null));
    }

    private void transferred(Instant at, UUID id, TransferSide side, String reference) {
        var amount = Usd.usd("2.00");
        balance = side == TransferSide.IN ? balance.granted(amount) : balance.revoked(amount);
        add(new CreditTransferred(
                account,
                id,
                new UUID(2, sequence),
                side,
                ANOTHER,
                new UUID(3, sequence),
                amount,
                reference,
                "test",
                "accounts are merged",
                at,
                balance,
                null,
                null,
                null));
    }

    private void begin(Instant at) {
        var route = ROUTES.get(random.nextInt(ROUTES.size()));
        var prompt = 1 + random.nextInt(2_000);
        var most = 1 + random.nextInt(1_000);
        var id = new UUID((at.toEpochMilli() << 16) | 0x7000L, 1L << 63 | requests++);
        var by = new RequestedBy(new UUID(0x7001L, 1L << 63 | random.nextInt(KEYS)), null, List.of());
        var quote = Requests.askedBy(by, Requests.aQuoteOf(route, account, id, prompt, most, at, at.plusSeconds(30)));
        balance = balance.reserved(quote.holdUsd());
        var hold = CreditReserved.of(quote, most, quote.holdUsd(), prompt, at.plusSeconds(900), at, balance);
        add(hold);
        due.add(new Due(at.plusMillis(random.nextInt(120_000)), requests, hold));
    }

    private void end(Instant now) {
        while (!due.isEmpty() && !due.peek().at().isAfter(now)) {
            var end = due.remove();
            if (random.nextInt(10) == 0) {
                balance = balance.released(end.hold().heldUsd());
                add(new CreditReleased(
                        account,
                        end.hold().requestId(),
                        Outcome.UPSTREAM_FAILED,
                        end.hold().heldUsd(),
                        end.at(),
                        balance));
            } else {
                add(settled(end.hold(), end.at()));
            }
        }
    }

    private CreditSettled settled(CreditReserved hold, Instant at) {
        var prompt = (int) hold.promptTokens();
        var usage =
                new TokenUsage(prompt, random.nextInt(prompt), random.nextInt((int) hold.maxCompletionTokens() + 1));
        var charged = hold.prices().costOf(usage);
        balance = balance.settled(hold.heldUsd(), charged, false);
        return new CreditSettled(
                account,
                hold.requestId(),
                Outcome.COMPLETED,
                hold.model(),
                hold.priceVersion(),
                hold.prices(),
                usage,
                false,
                hold.heldUsd(),
                charged,
                hold.heldUsd().minus(charged),
                Usd.ZERO,
                false,
                at,
                balance,
                null,
                null,
                null,
                null);
    }

    private void add(LedgerEvent event) {
        taker.accept(new Made(shard, ++sequence, event));
    }
}
