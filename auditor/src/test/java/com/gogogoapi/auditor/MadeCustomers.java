package com.gogogoapi.auditor;

import static com.gogogoapi.fixtures.Grants.eventOfGrant;
import static com.gogogoapi.fixtures.Requests.aQuoteOf;
import static com.gogogoapi.fixtures.Requests.theEndOf;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.CreditTransferred;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.intake.Correction;
import com.gogogoapi.contracts.ledger.intake.CreditIntake;
import com.gogogoapi.contracts.ledger.intake.CreditRevocationRequested;
import com.gogogoapi.contracts.ledger.intake.CreditTransferRequested;
import com.gogogoapi.contracts.ledger.intake.GrantExpiryDue;
import com.gogogoapi.contracts.ledger.intake.GrantRequested;
import com.gogogoapi.contracts.ledger.intake.GrantSource;
import com.gogogoapi.contracts.ledger.intake.HoldExpiryDue;
import com.gogogoapi.contracts.ledger.intake.Outcome;
import com.gogogoapi.contracts.ledger.intake.QuoteRequested;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.pricing.TokenUsage;
import com.gogogoapi.fixtures.Route;
import com.gogogoapi.ledger.account.AccountState;
import com.gogogoapi.ledger.account.CreditDecisions;
import com.gogogoapi.ledger.account.Decision;
import com.gogogoapi.ledger.account.HoldPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Customers who do everything that customers can do, and what the ledger's own rules decide on it. */
final class MadeCustomers {

    private static final int BATCH = 7;
    private static final int CROSSES_EVERY = 20;
    private static final HoldPolicy POLICY = new HoldPolicy(Duration.ofMinutes(15), 50);
    private static final CreditDecisions RULES = new CreditDecisions(POLICY);

    /** Whoever keeps the events, and empties the list of them. */
    interface Appending {
        void append(List<LedgerEvent> events) throws Exception;
    }

    private final RandomGenerator random;
    private final Map<AccountId, AccountState> accounts = new HashMap<>();
    private final Map<UUID, List<LedgerEvent>> histories = new LinkedHashMap<>();
    private final List<QuoteRequested> open = new ArrayList<>();
    private final List<GrantRequested> expiring = new ArrayList<>();
    private Instant now = Instant.parse("2026-10-31T23:30:00Z");

    MadeCustomers(RandomGenerator random) {
        this.random = random;
    }

    /** Grants, then so many requests of so many customers, in every way that a request can go. */
    void live(int newCustomers, int requests, Appending to) throws Exception {
        var batch = new ArrayList<LedgerEvent>();
        var ids = new ArrayList<AccountId>();
        for (var i = 0; i < newCustomers; i++) {
            ids.add(new AccountId("acct_%03d".formatted(accounts.size() + i)));
        }
        for (var id : ids) {
            decide(batch, grant(id, "0.05", GrantSource.OPERATOR_GRANT));
            decide(batch, grant(id, "0.01", GrantSource.STABLECOIN_DEPOSIT));
        }
        for (var i = 0; i < requests; i++) {
            now = now.plusMillis(random.nextInt(10_000));
            var id = ids.get(random.nextInt(ids.size()));
            var quote = i % CROSSES_EVERY == 0 ? quoteOverATurn(id) : quote(id);
            if (decide(batch, quote)) {
                open.add(quote);
            }
            if (random.nextInt(40) == 0) {
                decide(batch, grant(id, "0.02", GrantSource.CORRECTION));
            }
            if (random.nextInt(20) == 0) {
                var promotion = grant(id, "0.01", GrantSource.OPERATOR_GRANT, now.plusSeconds(random.nextInt(1, 600)));
                decide(batch, promotion);
                expiring.add(promotion);
            }
            if (!expiring.isEmpty() && random.nextInt(30) == 0) {
                decide(batch, revocation());
            }
            for (var promotion : expiring) {
                decide(batch, new GrantExpiryDue(promotion.accountId(), promotion.requestId(), now));
            }
            while (open.size() > 20) {
                end(batch, open.remove(random.nextInt(open.size())));
            }
            if (batch.size() >= BATCH) {
                to.append(batch);
            }
        }
        overrun(batch, ids.getFirst());
        transfers(batch, ids);
        to.append(batch);
    }

    private void end(List<LedgerEvent> batch, QuoteRequested quote) {
        switch (random.nextInt(8)) {
            case 0 -> decide(batch, theEndOf(quote, Outcome.UPSTREAM_FAILED, null, now));
            case 1 -> {
                now = now.plus(POLICY.lifetime());
                decide(batch, new HoldExpiryDue(quote.accountId(), quote.requestId(), now));
                if (random.nextBoolean()) {
                    decide(batch, theEndOf(quote, Outcome.COMPLETED, usage(quote, 1), now));
                }
            }
            // Beyond what was held for.
            case 2 -> decide(batch, theEndOf(quote, Outcome.CLIENT_LEFT, usage(quote, 30), now));
            default -> decide(batch, theEndOf(quote, Outcome.COMPLETED, usage(quote, 1), now));
        }
    }

    /** All of the credit is held, and the prompt was longer than it was counted: some of the charge is written off. */
    private void overrun(List<LedgerEvent> batch, AccountId account) {
        decide(batch, grant(account, "0.01", GrantSource.OPERATOR_GRANT));
        var route = MadePrices.at(Route.FLASH, now);
        var prices = route.prices();
        var forCompletion = accounts.get(account)
                .balance()
                .availableUsd()
                .minus(prices.input().costOf(4_000));
        var completion = prices.output().tokensAffordableWith(forCompletion, TokenUsage.MAX_TOKENS);
        var quote = aQuoteOf(route, account, newId(), 4_000, completion, now, now.plusSeconds(30));
        decide(batch, quote);
        decide(batch, theEndOf(quote, Outcome.COMPLETED, new TokenUsage(5_000, 0, completion), now));
    }

    /** From each customer to the next, as far as there is credit; none from the first, who has none left. */
    private void transfers(List<LedgerEvent> batch, List<AccountId> ids) {
        for (var i = 0; i + 1 < ids.size(); i++) {
            var out = CreditTransferRequested.from(
                    ids.get(i), ids.get(i + 1), Usd.usd("0.0005"), "moved; by \"us\"", "=operator", "@merged", now);
            decide(batch, out);
            if (histories.get(out.requestId()).getFirst() instanceof CreditTransferred) {
                decide(batch, out.otherEnd());
            }
        }
    }

    private TokenUsage usage(QuoteRequested quote, long times) {
        var prompt = quote.promptTokens();
        return new TokenUsage(
                prompt, random.nextLong(prompt + 1), times * random.nextLong(1, quote.maxCompletionTokens() + 1));
    }

    private GrantRequested grant(AccountId account, String amount, GrantSource source) {
        return grant(account, amount, source, null);
    }

    private GrantRequested grant(AccountId account, String amount, GrantSource source, @Nullable Instant expiresAt) {
        var reference = "grant; of \"credit\" " + random.nextLong();
        return new GrantRequested(
                account,
                GrantRequested.requestIdOf(account, reference),
                Usd.usd(amount),
                source,
                reference,
                "=operator",
                now,
                source == GrantSource.CORRECTION ? new Correction(UUID.randomUUID(), "the price was wrong") : null,
                random.nextBoolean() ? null : random.nextInt(3) * 100,
                expiresAt,
                source == GrantSource.OPERATOR_GRANT ? "of \"good\" will, and more" : null,
                null);
    }

    /** Of a grant that may still be open; more than that grant, or a part of it. */
    private CreditRevocationRequested revocation() {
        var reference = "a mistake, " + random.nextLong();
        var promotion = expiring.get(random.nextInt(expiring.size()));
        var account = promotion.accountId();
        return CreditRevocationRequested.correcting(
                new Correction(eventOfGrant(account, promotion.reference()), "=twice, by \"mistake\""),
                account,
                Usd.usd(random.nextBoolean() ? "0.0013" : "0.10"),
                reference,
                "@auditor",
                now);
    }

    private QuoteRequested quote(AccountId account) {
        return quote(account, MadePrices.at(random.nextBoolean() ? Route.PRO : Route.FLASH, now));
    }

    /** Made before the price turned, and executed after, at its own price. */
    private QuoteRequested quoteOverATurn(AccountId account) {
        var before = now;
        now = MadePrices.turnAfter(before).plusSeconds(random.nextInt(300));
        return quote(account, MadePrices.at(Route.FLASH, before));
    }

    private QuoteRequested quote(AccountId account, Route route) {
        var prompt = random.nextLong(1, 5_000);
        var completion = random.nextLong(1, 4_000);
        return aQuoteOf(route, account, newId(), prompt, completion, now, now.plusSeconds(30));
    }

    private UUID newId() {
        return new UUID(
                (now.toEpochMilli() << 16) | 0x7000L | random.nextInt(0x1000), random.nextLong() >>> 2 | 1L << 63);
    }

    /** Whether it brought a hold. */
    private boolean decide(List<LedgerEvent> batch, CreditIntake intake) {
        var state = accounts.getOrDefault(intake.accountId(), AccountState.NEW);
        var history = histories.computeIfAbsent(intake.requestId(), request -> new ArrayList<>());
        if (RULES.decide(state, intake, now, List.copyOf(history)) instanceof Decision.NewEvent(LedgerEvent event)) {
            accounts.put(intake.accountId(), state.evolve(event));
            history.add(event);
            batch.add(event);
            return event instanceof CreditReserved;
        }
        return false;
    }
}
