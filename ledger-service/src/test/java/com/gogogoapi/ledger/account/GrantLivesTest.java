package com.gogogoapi.ledger.account;

import static com.gogogoapi.contracts.money.Usd.usd;
import static com.gogogoapi.fixtures.Grants.aGrantOf;
import static com.gogogoapi.fixtures.Grants.aRevocationOf;
import static com.gogogoapi.fixtures.Grants.consumed;
import static com.gogogoapi.fixtures.Grants.eventOfGrant;
import static com.gogogoapi.fixtures.Requests.ACCOUNT;
import static com.gogogoapi.fixtures.Requests.NOON;
import static com.gogogoapi.fixtures.Requests.aQuoteOf;
import static com.gogogoapi.fixtures.Requests.newRequest;
import static com.gogogoapi.fixtures.Requests.theCompletionOf;
import static com.gogogoapi.fixtures.Requests.usage;
import static com.gogogoapi.ledger.account.Accounts.RULES;
import static com.gogogoapi.ledger.account.Accounts.eventOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.contracts.ledger.CreditExpired;
import com.gogogoapi.contracts.ledger.CreditGranted;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.CreditRevoked;
import com.gogogoapi.contracts.ledger.CreditSettled;
import com.gogogoapi.contracts.ledger.GrantConsumed;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.intake.GrantExpiryDue;
import com.gogogoapi.contracts.ledger.intake.GrantTerms;
import com.gogogoapi.contracts.money.Usd;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lives of accounts, drawn from seeds: grants are consumed in turn, end and are taken back, and always add up to the credit. */
class GrantLivesTest {

    private static Usd left(AccountState state) {
        return state.lots().open().values().stream().map(GrantLots.Lot::leftUsd).reduce(Usd.ZERO, Usd::plus);
    }

    static LongStream seeds() {
        return LongStream.range(0, 50);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void consumesAsASortedListWouldAndAddsUpAfterEveryEvent(long seed) {
        assertThat(wronglyConsumed(aLife(seed))).isEmpty();
    }

    /** The mutant: a log in which the grants of one charge were consumed in the opposite order does not pass. */
    @Test
    void aWrongOrderIsSeen() {
        var caught = 0;
        for (var seed : seeds().toArray()) {
            var life = new ArrayList<>(aLife(seed));
            for (var i = 0; i < life.size(); i++) {
                if (life.get(i) instanceof CreditSettled settled
                        && settled.consumed() != null
                        && settled.consumed().size() > 1) {
                    life.set(i, reversed(settled));
                    assertThat(wronglyConsumed(life)).as("seed %s", seed).isNotEmpty();
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
            var die = random.nextInt(14);
            if (die < 3) {
                var priority = random.nextBoolean() ? null : random.nextInt(3) * 100;
                var expiresAt = random.nextBoolean() ? null : now.plusSeconds(10L * (1 + random.nextInt(3)));
                var amount = "0.%03d".formatted(1 + random.nextInt(300));
                var grant = aGrantOf(amount, "grant " + step, new GrantTerms(priority, expiresAt));
                events.add(eventOf(RULES.decide(state, grant, now, List.of())));
            } else if (die < 6 && !open.isEmpty()) {
                var request = open.remove(random.nextInt(open.size()));
                var used = theCompletionOf(request, usage(0, 0, random.nextInt(600_000)));
                events.add(eventOf(state, used, now));
            } else if (die < 10 && !expiring(state).isEmpty()) {
                var lots = expiring(state);
                var due = new GrantExpiryDue(ACCOUNT, lots.get(random.nextInt(lots.size())), now);
                if (!(RULES.decide(state, due, now, null) instanceof Decision.NewEvent(LedgerEvent over))) {
                    continue;
                }
                events.add(over);
            } else if (die < 11) {
                var corrected = eventOfGrant("grant " + random.nextInt(step + 1));
                var revocation =
                        aRevocationOf("0.%03d".formatted(1 + random.nextInt(200)), "mistake " + step, corrected);
                events.add(eventOf(RULES.decide(state, revocation, now, List.of())));
            } else {
                var request = newRequest();
                var quote = aQuoteOf(ACCOUNT, request, 0, random.nextInt(400_000), now.plusSeconds(30));
                events.add(eventOf(state, quote, now));
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

    private static List<UUID> expiring(AccountState state) {
        return state.lots().open().entrySet().stream()
                .filter(lot -> lot.getKey().expiresAt() != null)
                .map(lot -> lot.getValue().grantId())
                .toList();
    }

    /** Else the lives above would show nothing of expiry. */
    @Test
    void grantsExpireInTheseLivesAlsoInParts() {
        var expired = seeds().mapToObj(GrantLivesTest::aLife)
                .flatMap(List::stream)
                .filter(CreditExpired.class::isInstance)
                .map(CreditExpired.class::cast)
                .toList();
        assertThat(expired).hasSizeGreaterThan(100).anyMatch(over -> over.part() > 1);
    }

    private static CreditSettled reversed(CreditSettled of) {
        var consumed = new ArrayList<>(of.consumed() == null ? List.<GrantConsumed>of() : of.consumed());
        Collections.reverse(consumed);
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
                of.releasedUsd(),
                of.overrunUsd(),
                of.late(),
                of.decidedAt(),
                of.balance(),
                consumed,
                of.aboveHold(),
                of.reasoningTokens(),
                of.scopes());
    }

    /** The rule once more, as simply as it can be said: sort what is left and take from the top. */
    private static List<String> wronglyConsumed(List<LedgerEvent> life) {
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
                        granted.consumptionPriority(),
                        granted.expiresAt() == null ? Instant.MAX : granted.expiresAt(),
                        granted.amountUsd()));
                // A stable sort: the older stay before the younger.
                left.sort(Comparator.comparingInt(Left::priority).thenComparing(Left::expiresAt));
            } else if (event instanceof CreditRevoked revoked) {
                for (var part : revoked.consumed()) {
                    left.replaceAll(lot -> lot.grantId.equals(part.grantId()) ? lot.less(part.amountUsd()) : lot);
                }
                left.removeIf(lot -> lot.usd.isZero());
            } else if (event instanceof CreditExpired expired) {
                left.replaceAll(lot -> lot.grantId.equals(expired.requestId()) ? lot.less(expired.amountUsd()) : lot);
                left.removeIf(lot -> lot.usd.isZero());
            } else if (event instanceof CreditSettled settled) {
                var expected = new ArrayList<GrantConsumed>();
                for (var toPay = settled.chargedUsd(); toPay.isPositive(); ) {
                    var first = left.removeFirst();
                    var part = toPay.isLessThan(first.usd) ? toPay : first.usd;
                    expected.add(new GrantConsumed(first.grantId, part));
                    toPay = toPay.minus(part);
                    if (part.isLessThan(first.usd)) {
                        left.addFirst(first.less(part));
                    }
                }
                if (!expected.equals(settled.consumed() == null ? List.of() : settled.consumed())) {
                    wrong.add(settled.requestId() + " consumed " + settled.consumed() + ", not " + expected);
                }
            }
        }
        return wrong;
    }
}
