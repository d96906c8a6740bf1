package com.gogogoapi.ledger.account;

import static com.gogogoapi.contracts.money.Usd.usd;
import static com.gogogoapi.ledger.account.Fixtures.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.gogogoapi.contracts.intake.GrantExpiryDue;
import com.gogogoapi.contracts.intake.GrantPriority;
import com.gogogoapi.contracts.intake.GrantRequested;
import com.gogogoapi.contracts.ledger.CreditExpired;
import com.gogogoapi.contracts.ledger.CreditGranted;
import com.gogogoapi.contracts.ledger.CreditRefused;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.CreditRevoked;
import com.gogogoapi.contracts.ledger.CreditSettled;
import com.gogogoapi.contracts.ledger.GrantBurned;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.RefusalReason;
import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.ledger.log.EventIds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Grants burn by priority, then age; the burn is recorded, and what is left of all is the account's credit. */
class GrantLotsTest {

    private static GrantRequested grant(String usd, String reference, @Nullable Integer priority) {
        return grant(usd, reference, priority, null);
    }

    private static GrantRequested grant(
            String usd, String reference, @Nullable Integer priority, @Nullable Instant expiresAt) {
        return Fixtures.grant(usd, reference, priority, expiresAt);
    }

    private static UUID id(String reference) {
        return GrantRequested.requestIdOf(ACCOUNT, reference);
    }

    /** A charge of so many output tokens at 0.28 a million. */
    private static CreditSettled charge(AccountState state, long tokens) {
        var request = newRequest();
        var held = apply(state, quote(request, tokens));
        return (CreditSettled)
                eventOf(CreditDecisions.decide(held, completed(request, usage(0, 0, tokens)), NOON, POLICY, null));
    }

    private static AccountState granted(AccountState state, GrantRequested grant) {
        return state.evolve(eventOf(CreditDecisions.decide(state, grant, NOON, POLICY, List.of())));
    }

    private static Usd left(AccountState state) {
        return state.lots().open().values().stream().map(GrantLots.Lot::leftUsd).reduce(Usd.ZERO, Usd::plus);
    }

    @Test
    void burnsByPriorityThenAge() {
        var state = AccountState.NEW;
        state = apply(state, grant("0.28", "usual", null));
        state = apply(state, grant("0.28", "last", 500));
        state = apply(state, grant("0.28", "first", 0));
        state = apply(state, grant("0.28", "usual and younger", GrantPriority.USUAL));

        assertThat(charge(state, 3_500_000).burned())
                .containsExactly(
                        new GrantBurned(id("first"), usd("0.28")),
                        new GrantBurned(id("usual"), usd("0.28")),
                        new GrantBurned(id("usual and younger"), usd("0.28")),
                        new GrantBurned(id("last"), usd("0.14")));
    }

    @Test
    void aHoldBurnsNothingAndAGrantWhileItIsHeldCanPayForIt() {
        var request = newRequest();
        var held = apply(apply(AccountState.NEW, grant("0.28", "usual", null)), quote(request, 1_000_000));
        assertThat(left(held)).isEqualTo(usd("0.28"));

        var state = apply(held, grant("0.10", "first", 1));
        var settled = (CreditSettled)
                eventOf(CreditDecisions.decide(state, completed(request, usage(0, 0, 1_000_000)), NOON, POLICY, null));
        assertThat(settled.burned())
                .containsExactly(new GrantBurned(id("first"), usd("0.10")), new GrantBurned(id("usual"), usd("0.18")));
    }

    @Test
    void whatIsFreeBurnsNothingAndSaysNothing() {
        var request = newRequest();
        var held = apply(accountWith("5.00"), quote(request, 1_000));
        var free = eventOf(CreditDecisions.decide(held, completed(request, usage(0, 0, 0)), NOON, POLICY, null));
        assertThat(new String(EventJson.write(free), java.nio.charset.StandardCharsets.UTF_8))
                .doesNotContain("burned");
    }

    @Test
    void whatWasRecordedAppliesAlsoWhereTheRuleWouldChooseOtherwise() {
        var state = apply(apply(AccountState.NEW, grant("0.28", "older", null)), grant("0.28", "younger", null));
        var lots = state.lots().burned(List.of(new GrantBurned(id("younger"), usd("0.10"))), usd("0.10"));
        assertThat(lots.open().values())
                .containsExactly(
                        new GrantLots.Lot(id("older"), usd("0.28"), 0),
                        new GrantLots.Lot(id("younger"), usd("0.18"), 0));
    }

    @Test
    void aRecordedBurnThatCannotBeIsABrokenLog() {
        var lots = accountWith("0.28").lots();
        assertThatThrownBy(() -> lots.burned(List.of(new GrantBurned(id("opening"), usd("0.10"))), usd("0.11")))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> lots.burned(List.of(new GrantBurned(id("opening"), usd("0.29"))), usd("0.29")))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> lots.burned(List.of(new GrantBurned(id("nobody's"), usd("0.10"))), usd("0.10")))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void openLotsAreBoundedAndNoMoneyIsTurnedAway() {
        var state = AccountState.NEW;
        for (var i = 0; i < GrantLots.MAX_OPEN + 5; i++) {
            state = granted(state, grant("0.01", "grant " + i, null));
        }
        assertThat(state.lots().open()).hasSize(GrantLots.MAX_OPEN);
        assertThat(state.lots().open().lastEntry().getValue())
                .isEqualTo(new GrantLots.Lot(id("grant " + (GrantLots.MAX_OPEN - 1)), usd("0.06"), 0));
        assertThat(left(state)).isEqualTo(state.balance().availableUsd());

        var urgent = granted(state, grant("0.01", "of a priority that has no lot yet", 0));
        assertThat(urgent.lots().open()).hasSize(GrantLots.MAX_OPEN + 1);
    }

    @Test
    void whatExpiresSoonerBurnsFirstWithinItsPriority() {
        var state = AccountState.NEW;
        state = apply(state, grant("0.01", "never", null));
        state = apply(state, grant("0.01", "late", null, NOON.plusSeconds(20)));
        state = apply(state, grant("0.01", "soon", null, NOON.plusSeconds(10)));
        state = apply(state, grant("0.01", "soon and younger", null, NOON.plusSeconds(10)));
        state = apply(state, grant("0.01", "first, and never", 0));
        assertThat(state.lots().open().values())
                .extracting(GrantLots.Lot::grantId)
                .containsExactly(id("first, and never"), id("soon"), id("soon and younger"), id("late"), id("never"));
    }

    @Test
    void grantsThatExpireNeverJoinAndTheOneTooManyIsRefused() {
        var state = AccountState.NEW;
        for (var i = 0; i < GrantLots.MAX_OPEN; i++) {
            state = granted(state, grant("0.01", "paid " + i, null));
        }
        for (var i = 0; i < GrantLots.MAX_EXPIRING; i++) {
            state = granted(state, grant("0.01", "promotion " + i, null, NOON.plusSeconds(60)));
        }
        assertThat(state.lots().open()).hasSize(GrantLots.MAX_OPEN + GrantLots.MAX_EXPIRING);

        var refused = eventOf(CreditDecisions.decide(
                state, grant("0.01", "too many", null, NOON.plusSeconds(60)), NOON, POLICY, List.of()));
        assertThat(refused).isInstanceOfSatisfying(CreditRefused.class, refusal -> {
            assertThat(refusal.reason()).isEqualTo(RefusalReason.TOO_MANY_EXPIRING_GRANTS);
            assertThat(refusal.requiredUsd()).isEqualTo(usd("0.01"));
        });
        assertThat(state.evolve(refused).balance()).isEqualTo(state.balance());

        // Money that was paid joins as ever, and counts no promotion.
        var paid = granted(state, grant("0.01", "paid and joined", null));
        assertThat(paid.lots().open()).hasSameSizeAs(state.lots().open());
        assertThat(paid.lots().open().lastEntry().getValue())
                .isEqualTo(new GrantLots.Lot(id("paid " + (GrantLots.MAX_OPEN - 1)), usd("0.02"), 0));
    }

    static LongStream seeds() {
        return LongStream.range(0, 50);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void burnsAsASortedListWouldAndAddsUpAfterEveryEvent(long seed) {
        assertThat(wronglyBurned(aLife(seed))).isEmpty();
    }

    /** The mutant: a log in which the grants of one charge burned in the opposite order does not pass. */
    @Test
    void aWrongOrderIsSeen() {
        var caught = 0;
        for (var seed : seeds().toArray()) {
            var life = new ArrayList<>(aLife(seed));
            for (var i = 0; i < life.size(); i++) {
                if (life.get(i) instanceof CreditSettled settled
                        && settled.burned() != null
                        && settled.burned().size() > 1) {
                    life.set(i, reversed(settled));
                    assertThat(wronglyBurned(life)).as("seed %s", seed).isNotEmpty();
                    caught++;
                    break;
                }
            }
        }
        assertThat(caught).isGreaterThan(25);
    }

    private static List<LedgerEvent> aLife(long seed) {
        var random = new Random(seed);
        var state = AccountState.NEW;
        var events = new ArrayList<LedgerEvent>();
        var open = new ArrayList<UUID>();
        for (var step = 0; step < 200; step++) {
            var now = NOON.plusSeconds(step);
            var die = random.nextInt(11);
            if (die < 3) {
                var priority = random.nextBoolean() ? null : random.nextInt(3) * 100;
                var expiresAt = random.nextBoolean() ? null : now.plusSeconds(10L * (1 + random.nextInt(3)));
                var amount = "0.%03d".formatted(1 + random.nextInt(300));
                var grant = grant(amount, "grant " + step, priority, expiresAt);
                events.add(eventOf(CreditDecisions.decide(state, grant, now, POLICY, List.of())));
            } else if (die < 5 && !open.isEmpty()) {
                var request = open.remove(random.nextInt(open.size()));
                var used = completed(request, usage(0, 0, random.nextInt(2_000_000)));
                events.add(eventOf(CreditDecisions.decide(state, used, now, POLICY, null)));
            } else if (die < 7 && !state.lots().open().isEmpty()) {
                var lots = List.copyOf(state.lots().open().values());
                var due = new GrantExpiryDue(
                        ACCOUNT, lots.get(random.nextInt(lots.size())).grantId(), now);
                if (!(CreditDecisions.decide(state, due, now, POLICY, null)
                        instanceof Decision.Decided(LedgerEvent over))) {
                    continue;
                }
                events.add(over);
            } else if (die < 8) {
                var corrected = EventIds.ofRequest(id("grant " + random.nextInt(step + 1)))
                        .getFirst();
                var revocation = revocation("0.%03d".formatted(1 + random.nextInt(200)), "mistake " + step, corrected);
                events.add(eventOf(CreditDecisions.decide(state, revocation, now, POLICY, List.of())));
            } else {
                var request = newRequest();
                var quote = quote(ACCOUNT, request, 0, random.nextInt(900_000), now.plusSeconds(30));
                events.add(eventOf(CreditDecisions.decide(state, quote, now, POLICY, null)));
                if (events.getLast() instanceof CreditReserved) {
                    open.add(request);
                }
            }
            state = state.evolve(events.getLast());
            assertThat(left(state))
                    .isEqualTo(
                            state.balance().availableUsd().plus(state.balance().heldUsd()));
        }
        return events;
    }

    /** Else the lives above would show nothing of expiry. */
    @Test
    void grantsExpireInTheseLivesAlsoInParts() {
        var expired = seeds().mapToObj(GrantLotsTest::aLife)
                .flatMap(List::stream)
                .filter(CreditExpired.class::isInstance)
                .map(CreditExpired.class::cast)
                .toList();
        assertThat(expired).hasSizeGreaterThan(100).anyMatch(over -> over.part() > 1);
    }

    private static CreditSettled reversed(CreditSettled of) {
        var burned = new ArrayList<>(of.burned() == null ? List.<GrantBurned>of() : of.burned());
        Collections.reverse(burned);
        return new CreditSettled(
                of.accountId(),
                of.requestId(),
                of.outcome(),
                of.model(),
                of.priceVersion(),
                of.prices(),
                of.usage(),
                of.usageEstimated(),
                of.heldUsd(),
                of.chargedUsd(),
                of.refundedUsd(),
                of.overrunUsd(),
                of.late(),
                of.decidedAt(),
                of.balance(),
                burned);
    }

    /** The rule once more, as simply as it can be said: sort what is left and take from the top. */
    private static List<String> wronglyBurned(List<LedgerEvent> life) {
        record Left(UUID grantId, int priority, Instant expiresAt, Usd usd) {

            Left less(Usd amount) {
                return new Left(grantId, priority, expiresAt, usd.minus(amount));
            }
        }
        var wrong = new ArrayList<String>();
        var left = new ArrayList<Left>();
        for (var event : life) {
            if (event instanceof CreditGranted granted) {
                left.add(new Left(
                        granted.requestId(),
                        granted.burnPriority(),
                        granted.expiresAt() == null ? Instant.MAX : granted.expiresAt(),
                        granted.amountUsd()));
                // A stable sort: the older stay before the younger.
                left.sort(Comparator.comparingInt(Left::priority).thenComparing(Left::expiresAt));
            } else if (event instanceof CreditRevoked revoked) {
                for (var part : revoked.burned()) {
                    left.replaceAll(lot -> lot.grantId.equals(part.grantId()) ? lot.less(part.amountUsd()) : lot);
                }
                left.removeIf(lot -> lot.usd.isZero());
            } else if (event instanceof CreditExpired expired) {
                left.replaceAll(lot -> lot.grantId.equals(expired.requestId()) ? lot.less(expired.amountUsd()) : lot);
                left.removeIf(lot -> lot.usd.isZero());
            } else if (event instanceof CreditSettled settled) {
                var expected = new ArrayList<GrantBurned>();
                for (var toPay = settled.chargedUsd(); toPay.isPositive(); ) {
                    var first = left.removeFirst();
                    var part = toPay.isLessThan(first.usd) ? toPay : first.usd;
                    expected.add(new GrantBurned(first.grantId, part));
                    toPay = toPay.minus(part);
                    if (part.isLessThan(first.usd)) {
                        left.addFirst(first.less(part));
                    }
                }
                if (!expected.equals(settled.burned() == null ? List.of() : settled.burned())) {
                    wrong.add(settled.requestId() + " burned " + settled.burned() + ", not " + expected);
                }
            }
        }
        return wrong;
    }
}
