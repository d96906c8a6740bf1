package com.gogogoapi.benchmark.ledger;

import static com.gogogoapi.fixtures.Grants.aGrantOf;
import static com.gogogoapi.fixtures.Requests.aQuoteOf;
import static com.gogogoapi.fixtures.Requests.askedBy;
import static com.gogogoapi.fixtures.Requests.theEndOf;
import static com.gogogoapi.fixtures.Requests.within;

import com.gogogoapi.contracts.budget.Budget;
import com.gogogoapi.contracts.budget.BudgetScope;
import com.gogogoapi.contracts.budget.BudgetWindow;
import com.gogogoapi.contracts.budget.Limits;
import com.gogogoapi.contracts.budget.RateLimit;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import com.gogogoapi.contracts.ledger.intake.CreditIntake;
import com.gogogoapi.contracts.ledger.intake.GrantRequested;
import com.gogogoapi.contracts.ledger.intake.GrantTerms;
import com.gogogoapi.contracts.ledger.intake.Outcome;
import com.gogogoapi.contracts.ledger.intake.QuoteRequested;
import com.gogogoapi.contracts.ledger.intake.RequestedBy;
import com.gogogoapi.contracts.ledger.intake.UpstreamCompleted;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.pricing.TokenUsage;
import com.gogogoapi.fixtures.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

/** What customers do, as intake records: every request is quoted, and completed while some hundred others are open. */
final class Workload {

    private static final int OPEN_AT_ONCE = 256;
    private static final int REQUESTS_A_MILLISECOND = 20;
    private static final int HOT_PERCENT = 80;
    private static final long SEED = 1;

    private final List<AccountId> accounts;
    private final int hotPercent;
    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);

    private final UnaryOperator<QuoteRequested> asked;

    private Workload(List<AccountId> accounts, int hotPercent) {
        this(accounts, hotPercent, UnaryOperator.identity());
    }

    /** @param asked makes of a bare quote what is asked */
    private Workload(List<AccountId> accounts, int hotPercent, UnaryOperator<QuoteRequested> asked) {
        this.accounts = accounts;
        this.hotPercent = hotPercent;
        this.asked = asked;
    }

    /** All accounts are equally busy. */
    static Workload even(int accounts) {
        return new Workload(accounts(0, accounts), 0);
    }

    /** One account has 80% of the traffic. */
    static Workload hot(int accounts) {
        return new Workload(accounts(0, accounts), HOT_PERCENT);
    }

    /** As {@link #even}, by a key of each account, as every request is that comes in through a proxy. */
    static Workload ofKeys(int accounts) {
        return new Workload(accounts(0, accounts), 0, quote -> limited(quote, Limits.NONE));
    }

    /** As {@link #ofKeys}, measured against a budget of the key and one of the account. */
    static Workload budgeted(int accounts) {
        return new Workload(accounts(0, accounts), 0, quote -> limited(quote, new Limits(budgets(quote), List.of())));
    }

    /** The same, and against the rates of both. */
    static Workload rated(int accounts) {
        return new Workload(
                accounts(0, accounts),
                0,
                quote -> limited(
                        quote,
                        new Limits(
                                budgets(quote),
                                scopes(quote.accountId()).stream()
                                        .map(scope -> new RateLimit(
                                                scope, RateLimit.MAX_PER_MINUTE, RateLimit.MAX_PER_MINUTE))
                                        .toList())));
    }

    private static List<Budget> budgets(QuoteRequested quote) {
        var scopes = scopes(quote.accountId());
        return List.of(
                new Budget(scopes.getFirst(), BudgetWindow.DAY, Usd.usd("1000000"), false),
                new Budget(scopes.getLast(), BudgetWindow.MONTH, Usd.usd("1000000"), false));
    }

    private static QuoteRequested limited(QuoteRequested quote, Limits limits) {
        var key = scopes(quote.accountId()).getFirst();
        return within(limits, askedBy(RequestedBy.key(key.id()), quote));
    }

    private static List<BudgetScope> scopes(AccountId account) {
        return List.of(BudgetScope.ofKey(TimeOrderedIds.named("key", account.value())), BudgetScope.ofAccount(account));
    }

    static Workload of(AccountId account) {
        return new Workload(List.of(account), 0);
    }

    static List<AccountId> accounts(int from, int to) {
        return IntStream.range(from, to).mapToObj(Workload::account).toList();
    }

    static AccountId account(int number) {
        return new AccountId("acct_%06d".formatted(number));
    }

    /** Credit that no run uses up, to every account. */
    void grants(Consumer<? super CreditIntake> to) {
        accounts.forEach(account -> to.accept(grant(account)));
    }

    static GrantRequested grant(AccountId account) {
        return aGrantOf(account, "1000000.00", "benchmark", GrantTerms.USUAL, Instant.now());
    }

    /** So many requests, each a quote and a completion. */
    void requests(int count, Consumer<? super CreditIntake> to) {
        var begin = System.currentTimeMillis() - count / REQUESTS_A_MILLISECOND;
        var open = new ArrayDeque<QuoteRequested>();
        for (var i = 0; i < count; i++) {
            // Time-ordered ids as if they were made at this rate, and not as fast as a loop can.
            var quote = asked.apply(quote(next(), id(begin + i / REQUESTS_A_MILLISECOND)));
            to.accept(quote);
            open.add(quote);
            if (open.size() > OPEN_AT_ONCE) {
                to.accept(completed(open.remove()));
            }
        }
        open.forEach(quote -> to.accept(completed(quote)));
    }

    /** One quote more, of the next account. */
    QuoteRequested quote() {
        return asked.apply(quote(next()));
    }

    private AccountId next() {
        return random.nextInt(100) < hotPercent ? accounts.getFirst() : accounts.get(random.nextInt(accounts.size()));
    }

    /** A version 7 UUID of that time. */
    private UUID id(long millis) {
        return new UUID((millis << 16) | 0x7000L | random.nextInt(0x1000), random.nextLong() >>> 2 | 1L << 63);
    }

    static QuoteRequested quote(AccountId account) {
        return quote(account, TimeOrderedIds.next());
    }

    private static QuoteRequested quote(AccountId account, UUID requestId) {
        var now = Instant.now();
        return aQuoteOf(Route.FLASH, account, requestId, 1_000, 1_000, now, now.plus(Duration.ofHours(1)));
    }

    static UpstreamCompleted completed(QuoteRequested quote) {
        return theEndOf(quote, Outcome.COMPLETED, new TokenUsage(900, 100, 500), Instant.now());
    }
}
