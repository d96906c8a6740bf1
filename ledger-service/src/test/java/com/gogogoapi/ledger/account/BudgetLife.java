package com.gogogoapi.ledger.account;

import static com.gogogoapi.contracts.money.Usd.usd;
import static com.gogogoapi.fixtures.Requests.ACCOUNT;
import static com.gogogoapi.fixtures.Requests.aQuoteOf;
import static com.gogogoapi.fixtures.Requests.askedBy;
import static com.gogogoapi.fixtures.Requests.newRequest;
import static com.gogogoapi.fixtures.Requests.theCompletionOf;
import static com.gogogoapi.fixtures.Requests.usage;
import static com.gogogoapi.fixtures.Requests.within;
import static com.gogogoapi.ledger.account.Accounts.RULES;
import static com.gogogoapi.ledger.account.Accounts.accountWith;
import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.contracts.budget.Budget;
import com.gogogoapi.contracts.budget.BudgetScope;
import com.gogogoapi.contracts.budget.BudgetWindow;
import com.gogogoapi.contracts.budget.Limits;
import com.gogogoapi.contracts.budget.RateLimit;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.CreditSettled;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.intake.CreditIntake;
import com.gogogoapi.contracts.ledger.intake.HoldExpiryDue;
import com.gogogoapi.contracts.ledger.intake.RequestedBy;
import com.gogogoapi.contracts.money.Usd;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/**
 * An account over two years, drawn from a seed, how it came to be, and the same once more as plain entries: holds of several keys and
 * members, ended in every way, by clocks that run, stand, and jump over midnights, months and back.
 */
final class BudgetLife {

    private static final Instant FROM = Instant.parse("2027-01-01T00:00:00Z");
    private static final long DAYS = 365L + 366;
    private static final int KEYS = 3;
    private static final int MEMBERS = 2;
    static final int RATE = 5;
    static final long MINUTE_SECONDS = 60;

    /** What became of a hold, or a charge that came late, by the story alone. */
    private static final class Entry {

        private final List<BudgetScope> scopes;
        private final LocalDate day;
        private Usd held;
        private Usd charged = Usd.ZERO;

        Entry(List<BudgetScope> scopes, LocalDate day, Usd held) {
            this.scopes = scopes;
            this.day = day;
            this.held = held;
        }
    }

    final Random random;
    final List<LedgerEvent> story = new ArrayList<>();
    final Map<UUID, Entry> holds = new LinkedHashMap<>();
    private final List<Entry> late = new ArrayList<>();
    private final Map<UUID, Instant> open = new LinkedHashMap<>();
    private final List<UUID> expired = new ArrayList<>();
    final List<Long> secondsOfRated = new ArrayList<>();
    final AccountState opening = accountWith("1000000.00");
    AccountState state = opening;
    Instant now = FROM;
    private LocalDate latestDay = LocalDate.EPOCH;
    private long latestSecond;

    BudgetLife(long seed) {
        this.random = new Random(seed);
    }

    private void tick() {
        var seconds =
                switch (random.nextInt(10)) {
                    case 0 -> -random.nextLong(3 * 86_400);
                    case 1 -> random.nextLong(40 * 86_400);
                    case 2, 3 -> random.nextLong(86_400);
                    case 4 -> secondsToMidnight() - 1 + random.nextInt(3);
                    case 5, 6, 7 -> random.nextLong(40);
                    default -> 0;
                };
        now = now.plusSeconds(seconds).plusNanos(random.nextInt(1_000_000_000));
        var last = FROM.plus(Duration.ofDays(DAYS));
        now = now.isBefore(FROM) ? FROM : now.isAfter(last) ? last : now;
    }

    private long secondsToMidnight() {
        return 86_400 - now.getEpochSecond() % 86_400;
    }

    private LocalDate day() {
        var day = LocalDate.ofInstant(now, ZoneOffset.UTC);
        return day.isAfter(latestDay) ? day : latestDay;
    }

    private Decision decide(CreditIntake intake) {
        var first = RULES.decide(state, intake, now, null);
        return first instanceof Decision.NeedsHistory
                ? RULES.decide(
                        state,
                        intake,
                        now,
                        story.stream()
                                .filter(event -> event.requestId().equals(intake.requestId()))
                                .toList())
                : first;
    }

    void step() {
        tick();
        switch (random.nextInt(8)) {
            case 0 -> expire();
            case 1 -> completeLate();
            case 2, 3 -> complete();
            default -> hold();
        }
    }

    private void happened(LedgerEvent event) {
        story.add(event);
        state = state.evolve(event);
    }

    private void hold() {
        var by = new RequestedBy(
                new UUID(7, random.nextInt(KEYS)),
                random.nextBoolean() ? new UUID(8, random.nextInt(MEMBERS)) : null,
                List.of());
        var scopes = new ArrayList<>(by.scopes());
        scopes.add(BudgetScope.ofAccount(ACCOUNT));
        var scope = scopes.get(random.nextInt(scopes.size()));
        var budget = new Budget(
                scope,
                BudgetWindow.values()[random.nextInt(BudgetWindow.values().length)],
                usd("0.0%04d".formatted(28 + random.nextInt(1_000))),
                false);
        // One scope always has its rate: only those that come with it are counted.
        var rate = new RateLimit(BudgetScope.ofAccount(ACCOUNT), (long) RATE, null);
        var request = newRequest();
        var quote = within(
                new Limits(List.of(budget), List.of(rate)),
                askedBy(by, aQuoteOf(ACCOUNT, request, 0, 1 + random.nextInt(1_000), now.plusSeconds(30))));
        var takenBefore = state.limited().budgets().taken(scope, budget.window(), now);
        switch (decide(quote)) {
            case Decision.NewEvent(CreditReserved reserved) -> {
                latestDay = day();
                holds.put(request, new Entry(scopes, latestDay, reserved.heldUsd()));
                open.put(request, reserved.expiresAt());
                latestSecond = Math.max(latestSecond, now.getEpochSecond());
                secondsOfRated.add(latestSecond);
                happened(reserved);
                assertThat(state.limited()
                                .budgets()
                                .taken(scope, budget.window(), now)
                                .takenUsd())
                        .as("never above the budget")
                        .isLessThanOrEqualTo(budget.limitUsd());
            }
            case Decision.NewEvent(LedgerEvent refused) -> {
                assertThat(takenBefore.takenUsd().plus(quote.holdUsd()))
                        .as("refused only where there is too little")
                        .isGreaterThan(budget.limitUsd());
                happened(refused);
            }
            case Decision.TooSoon tooSoon -> assertThat(ofTheLastMinute()).isGreaterThanOrEqualTo(RATE);
            case Decision other -> throw new AssertionError("A hold must be decided: " + other);
        }
    }

    private long ofTheLastMinute() {
        var second = now.getEpochSecond();
        return secondsOfRated.stream()
                .filter(one -> one > second - MINUTE_SECONDS)
                .count();
    }

    private UUID anyOpen() {
        return open.keySet().stream()
                .skip(random.nextInt(open.size()))
                .findFirst()
                .orElseThrow();
    }

    private void complete() {
        if (open.isEmpty()) {
            return;
        }
        var request = anyOpen();
        var completion = theCompletionOf(request, usage(0, 0, random.nextInt(1_001)));
        if (decide(completion) instanceof Decision.NewEvent(LedgerEvent event)) {
            open.remove(request);
            var entry = holds.get(request);
            entry.held = Usd.ZERO;
            entry.charged = event instanceof CreditSettled settled ? settled.chargedUsd() : Usd.ZERO;
            happened(event);
        }
    }

    private void expire() {
        if (open.isEmpty()) {
            return;
        }
        var request = anyOpen();
        var due = new HoldExpiryDue(ACCOUNT, request, open.get(request));
        if (decide(due) instanceof Decision.NewEvent(LedgerEvent event)) {
            open.remove(request);
            expired.add(request);
            holds.get(request).held = Usd.ZERO;
            happened(event);
        }
    }

    private void completeLate() {
        if (expired.isEmpty()) {
            return;
        }
        var request = expired.removeLast();
        if (decide(theCompletionOf(request, usage(0, 0, 500))) instanceof Decision.NewEvent(CreditSettled settled)) {
            assertThat(settled.late()).isTrue();
            latestDay = day();
            var entry = new Entry(holds.get(request).scopes, latestDay, Usd.ZERO);
            entry.charged = settled.chargedUsd();
            late.add(entry);
            happened(settled);
        }
    }

    /** What the story alone says of a scope's window. */
    Usd sum(BudgetScope scope, BudgetWindow window, boolean ofHeld) {
        var current = start(window, day());
        var sum = Usd.ZERO;
        for (var entries : List.of(holds.values(), late)) {
            for (var entry : entries) {
                if (entry.scopes.contains(scope) && start(window, entry.day).equals(current)) {
                    sum = sum.plus(ofHeld ? entry.held : entry.charged);
                }
            }
        }
        return sum;
    }

    private static LocalDate start(BudgetWindow window, LocalDate day) {
        return switch (window) {
            case DAY -> day;
            case WEEK -> day.minusDays(day.getDayOfWeek().getValue() - 1L);
            case MONTH -> LocalDate.of(day.getYear(), day.getMonth(), 1);
            case TOTAL -> LocalDate.EPOCH;
        };
    }

    BudgetScope anyScope() {
        return switch (random.nextInt(3)) {
            case 0 -> BudgetScope.ofKey(new UUID(7, random.nextInt(KEYS)));
            case 1 -> BudgetScope.ofMember(new UUID(8, random.nextInt(MEMBERS)));
            default -> BudgetScope.ofAccount(ACCOUNT);
        };
    }
}
