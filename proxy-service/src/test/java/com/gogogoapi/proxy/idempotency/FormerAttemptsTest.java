package com.gogogoapi.proxy.idempotency;

import static com.gogogoapi.fixtures.Requests.ACCOUNT;
import static com.gogogoapi.fixtures.Requests.aQuoteOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.contracts.ledger.Balance;
import com.gogogoapi.contracts.ledger.CreditRefused;
import com.gogogoapi.contracts.ledger.CreditReleased;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.RefusalReason;
import com.gogogoapi.contracts.ledger.intake.Outcome;
import com.gogogoapi.contracts.pricing.TokenUsage;
import com.gogogoapi.fixtures.Events;
import com.gogogoapi.fixtures.Requests;
import com.gogogoapi.fixtures.Route;
import com.gogogoapi.proxy.idempotency.FormerAttempts.Next;
import com.gogogoapi.proxy.idempotency.KeyRow.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which attempt is next, by what the ledger says: whatever the store forgot, nothing that may be charged is run again. */
class FormerAttemptsTest {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Instant NOW = Requests.NOON;
    private static final IdempotencyKey KEY = new IdempotencyKey(ACCOUNT, "k");

    private final LedgerIdentity identity = new LedgerIdentity(DAY);
    private final long today = identity.eraOf(NOW);
    private final Map<UUID, List<LedgerEvent>> ledger = new HashMap<>();
    private final List<UUID> asked = new ArrayList<>();
    private final FormerAttempts former = new FormerAttempts(
            identity,
            (account, request) -> {
                asked.add(request);
                return ledger.getOrDefault(request, List.of());
            },
            DAY);

    private UUID id(long era, int attempt) {
        return identity.of(KEY, era, attempt);
    }

    private CreditReserved held(long era, int attempt, Instant at) {
        var request = id(era, attempt);
        var hold = Events.reserved(aQuoteOf(Route.FLASH, ACCOUNT, request, 1, 10, at, at.plusSeconds(30)));
        ledger.put(request, new ArrayList<>(List.of(hold)));
        return hold;
    }

    private void released(long era, int attempt, Instant at, Outcome outcome) {
        var hold = held(era, attempt, at);
        ledger.get(hold.requestId())
                .add(new CreditReleased(ACCOUNT, hold.requestId(), outcome, hold.heldUsd(), at, Balance.NONE));
    }

    private void charged(long era, int attempt, Instant at) {
        var hold = held(era, attempt, at);
        ledger.get(hold.requestId()).add(Events.settled(hold, Outcome.COMPLETED, new TokenUsage(1, 0, 1)));
    }

    private void refused(long era, int attempt) {
        var quote = aQuoteOf(id(era, attempt), 10);
        ledger.put(
                quote.requestId(),
                List.of(CreditRefused.of(quote, RefusalReason.INSUFFICIENT_CREDIT, NOW, Balance.NONE)));
    }

    private Next next(KeyRow row) {
        return former.next(KEY, row, NOW);
    }

    private Next attempt(int number) {
        return new Next.Attempt(today, number, id(today, number), List.of());
    }

    private KeyRow row(State state, long era, int attempt) {
        return new KeyRow(new byte[0], state, false, false, 1, era, attempt, null, null, null);
    }

    @Test
    void theFirstIsTheFirst() {
        assertThat(next(null)).isEqualTo(attempt(1));
        assertThat(asked).containsExactly(id(today - 1, 1), id(today, 1));
    }

    @Test
    void whatTheLedgerRefusedOrReleasedIsFollowedByTheNext() {
        refused(today, 1);
        released(today, 2, NOW, Outcome.UPSTREAM_FAILED);
        assertThat(next(null)).isEqualTo(attempt(3));
    }

    @Test
    void withALostStoreWhatWasChargedIsNotRunAgainThoughItsDayIsOver() {
        var yesterday = NOW.minus(DAY).plusSeconds(1);
        refused(today - 1, 1);
        charged(today - 1, 2, yesterday);
        assertThat(next(null)).isEqualTo(new Next.Barred(id(today - 1, 2), KnownEnd.CHARGED, yesterday));

        charged(today - 1, 2, NOW.minus(DAY));
        assertThat(next(null)).as("a day later the key may be used anew").isEqualTo(attempt(1));

        charged(today, 1, NOW.minusSeconds(1));
        assertThat(next(null)).isEqualTo(new Next.Barred(id(today, 1), KnownEnd.CHARGED, NOW.minusSeconds(1)));
    }

    @Test
    void withALostStoreWhatMayYetBeChargedIsNotRunAgain() {
        held(today, 1, NOW);
        assertThat(next(null)).isEqualTo(new Next.Barred(id(today, 1), KnownEnd.OPEN, NOW));
        released(today, 1, NOW, Outcome.HOLD_EXPIRED);
        assertThat(next(null)).isEqualTo(new Next.Barred(id(today, 1), KnownEnd.EXPIRED, NOW));
    }

    @Test
    void aLateChargeAfterAnExpiryIsACharge() {
        released(today, 1, NOW, Outcome.HOLD_EXPIRED);
        var events = ledger.get(id(today, 1));
        events.add(Events.settled(
                (CreditReserved) events.getFirst(), Outcome.INTERRUPTED_MIDWAY, new TokenUsage(1, 0, 1)));
        assertThat(next(null)).isEqualTo(new Next.Barred(id(today, 1), KnownEnd.CHARGED, NOW));
    }

    /** Who was never sent upstream, or ended free, is not waited for: its hold is nobody's. */
    @ParameterizedTest
    @EnumSource(
            value = State.class,
            names = {"RUNNING", "FREE"})
    void whatTheStoreKnowsToBeFreeIsPassedThoughItIsHeldYet(State state) {
        refused(today, 1);
        held(today, 2, NOW);
        assertThat(next(row(state, today, 2))).isInstanceOfSatisfying(Next.Attempt.class, next -> {
            assertThat(next.number()).isEqualTo(3);
            assertThat(next.heldInVain())
                    .as("only of what was never sent nobody else ends the hold")
                    .isEqualTo(state == State.RUNNING ? List.of(id(today, 2)) : List.of());
        });
        assertThat(asked).as("what stands behind it is not asked for").doesNotContain(id(today, 1));
        assertThat(next(row(state, today, 1)))
                .as("a store that is one of yesterday's knows nothing of it")
                .isInstanceOf(Next.Barred.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aChargeBarsWhateverTheStoreSays(int attempt) {
        charged(today, 1, NOW);
        assertThat(next(row(State.FREE, today, attempt))).isInstanceOf(Next.Barred.class);
    }

    @Test
    void whatTheLedgerHasNotHeardOfIsAskedForAgain() {
        refused(today, 1);
        assertThat(next(row(State.RUNNING, today, 2))).isEqualTo(attempt(2));
    }

    @Test
    void afterAHundredInADayThereIsNoOther() {
        for (var attempt = 1; attempt <= FormerAttempts.MAX_ATTEMPTS; attempt++) {
            refused(today, attempt);
        }
        assertThat(next(null)).isEqualTo(new Next.TooMany());
    }

    @Test
    void thoseOfTheDayBeforeDoNotCount() {
        for (var attempt = 1; attempt <= FormerAttempts.MAX_ATTEMPTS; attempt++) {
            refused(today - 1, attempt);
        }
        assertThat(next(null)).isEqualTo(attempt(1));
    }
}
