package com.gogogoapi.ledger.account;

import static com.gogogoapi.contracts.money.Usd.usd;
import static com.gogogoapi.ledger.account.Fixtures.*;
import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.contracts.ledger.CreditRefused;
import com.gogogoapi.contracts.ledger.CreditReleased;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.CreditSettled;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.RefusalReason;
import com.gogogoapi.contracts.ledger.intake.CreditIntake;
import com.gogogoapi.contracts.ledger.intake.Outcome;
import com.gogogoapi.contracts.money.Usd;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CreditDecisionsTest {

    private final java.util.UUID request = newRequest();

    private static LedgerEvent decide(AccountState state, CreditIntake intake, Instant at) {
        return eventOf(CreditDecisions.decide(state, intake, at, POLICY, null));
    }

    private static Decision withHistory(AccountState state, CreditIntake intake, LedgerEvent... history) {
        assertThat(CreditDecisions.decide(state, intake, NOON, POLICY, null))
                .isEqualTo(new Decision.NeedsHistory(intake.requestId()));
        return CreditDecisions.decide(state, intake, NOON, POLICY, List.of(history));
    }

    @Test
    void aHoldMovesCreditFromAvailableToHeld() {
        var state = apply(accountWith("5.00"), quote(request, 1_000_000));

        assertThat(state.balance().availableUsd()).isEqualTo(usd("4.72"));
        assertThat(state.balance().heldUsd()).isEqualTo(usd("0.28"));
        assertThat(state.balance().openHolds()).isOne();
    }

    @Test
    void aHoldCanTakeTheLastCentAndNotMore() {
        var exactly = apply(accountWith("0.28"), quote(request, 1_000_000));
        assertThat(exactly.balance().availableUsd()).isEqualTo(Usd.ZERO);

        var refused = (CreditRefused) decide(accountWith("0.28"), quote(newRequest(), 1_000_001), NOON);
        assertThat(refused.reason()).isEqualTo(RefusalReason.INSUFFICIENT_CREDIT);
        assertThat(refused.requiredUsd()).isEqualTo(usd("0.28000028"));
        assertThat(refused.balance().availableUsd()).isEqualTo(usd("0.28"));
    }

    @Test
    void aQuoteThatCameTooLateIsRefused() {
        var refused = (CreditRefused) decide(accountWith("5.00"), quote(request, 1), NOON.plusSeconds(31));
        assertThat(refused.reason()).isEqualTo(RefusalReason.QUOTE_EXPIRED);
    }

    @Test
    void settlingChargesTheUsageAndReleasesTheRest() {
        var held = apply(accountWith("5.00"), quote(request, 1_000));

        var settled = (CreditSettled) decide(held, completed(request, usage(0, 0, 400)), NOON);

        assertThat(settled.heldUsd()).isEqualTo(usd("0.00028"));
        assertThat(settled.chargedUsd()).isEqualTo(usd("0.000112"));
        assertThat(settled.releasedUsd()).isEqualTo(usd("0.000168"));
        assertThat(settled.overrunUsd()).isEqualTo(Usd.ZERO);
        assertThat(settled.balance().availableUsd()).isEqualTo(usd("4.999888"));
        assertThat(held.evolve(settled).openHolds()).isEmpty();
    }

    @Test
    void cachedPromptTokensAreChargedAtTheirOwnPrice() {
        var quote = quote(ACCOUNT, request, 1_000, 10, NOON.plusSeconds(30));
        var held = apply(accountWith("5.00"), quote);

        var settled = (CreditSettled) decide(held, completed(request, usage(1_000, 900, 10)), NOON);

        // 100 × 0.14 + 900 × 0.0028 + 10 × 0.28, per million
        assertThat(settled.chargedUsd()).isEqualTo(usd("0.00001932"));
    }

    @Test
    void aUsageOfExplicitZeroIsAUsage() {
        var held = apply(accountWith("5.00"), quote(request, 1_000));
        var settled = (CreditSettled) decide(held, completed(request, usage(0, 0, 0)), NOON);
        assertThat(settled.chargedUsd()).isEqualTo(Usd.ZERO);
        assertThat(settled.releasedUsd()).isEqualTo(usd("0.00028"));
    }

    @Test
    void aCostAboveTheHoldIsTakenFromAvailableAndTheRestIsWrittenOffVisibly() {
        var held = apply(accountWith("0.30"), quote(request, 1_000_000));

        var settled = (CreditSettled) decide(held, completed(request, usage(0, 0, 2_000_000)), NOON);

        assertThat(settled.chargedUsd()).isEqualTo(usd("0.30"));
        assertThat(settled.releasedUsd()).isEqualTo(Usd.ZERO);
        assertThat(settled.overrunUsd()).isEqualTo(usd("0.26"));
        assertThat(settled.balance().availableUsd()).isEqualTo(Usd.ZERO);
    }

    @Test
    void anUpstreamThatFailedBeforeItsFirstByteCostsNothing() {
        var held = apply(accountWith("5.00"), quote(request, 1_000));
        var released = (CreditReleased) decide(held, failed(request), NOON);
        assertThat(released.releasedUsd()).isEqualTo(usd("0.00028"));
        assertThat(released.outcome()).isEqualTo(Outcome.UPSTREAM_FAILED);
        assertThat(released.balance().availableUsd()).isEqualTo(usd("5.00"));
    }

    @Test
    void aHoldExpiresAtItsTimeAndNotBefore() {
        var held = apply(accountWith("5.00"), quote(request, 1_000));
        var expiresAt = NOON.plus(POLICY.lifetime());

        assertThat(CreditDecisions.decide(held, expiry(request), expiresAt.minusMillis(1), POLICY, null))
                .isEqualTo(new Decision.Ignored(Decision.Ignored.Reason.NOT_DUE));
        var released = (CreditReleased) decide(held, expiry(request), expiresAt);
        assertThat(released.outcome()).isEqualTo(Outcome.HOLD_EXPIRED);
    }

    @Test
    void aCompletionAfterExpiryIsSettledLateAndOnce() {
        var held = apply(accountWith("5.00"), quote(request, 1_000));
        var reserved = decide(accountWith("5.00"), quote(request, 1_000), NOON);
        var expired = decide(held, expiry(request), NOON.plus(POLICY.lifetime()));
        var after = held.evolve(expired);

        var late = (CreditSettled) eventOf(withHistory(after, completed(request, usage(0, 0, 400)), reserved, expired));
        assertThat(late.late()).isTrue();
        assertThat(late.heldUsd()).isEqualTo(Usd.ZERO);
        assertThat(late.chargedUsd()).isEqualTo(usd("0.000112"));

        var settled = after.evolve(late);
        assertThat(settled.balance().openHolds()).isZero();
        assertThat(withHistory(settled, completed(request, usage(0, 0, 400)), reserved, expired, late))
                .isEqualTo(new Decision.Repeated(late));
    }

    @Test
    void aRepeatedQuoteGetsTheFirstAnswerAgainAlsoARefusal() {
        var poor = accountWith("0.00000001");
        var refused = decide(poor, quote(request, 1_000), NOON);
        var rich = apply(poor.evolve(refused), grant("5.00", "later"));

        assertThat(withHistory(rich, quote(request, 1_000), refused)).isEqualTo(new Decision.Repeated(refused));
    }

    @Test
    void aRepeatedCompletionNeverChargesAgain() {
        var reserved = (CreditReserved) decide(accountWith("5.00"), quote(request, 1_000), NOON);
        var held = accountWith("5.00").evolve(reserved);
        var settled = decide(held, completed(request, usage(0, 0, 400)), NOON);
        var after = held.evolve(settled);

        assertThat(withHistory(after, completed(request, usage(0, 0, 999)), reserved, settled))
                .isEqualTo(new Decision.Repeated(settled));
        assertThat(withHistory(after, failed(request), reserved, settled)).isEqualTo(new Decision.Repeated(settled));
    }

    @Test
    void aCompletionWithoutAHoldChargesNothing() {
        assertThat(withHistory(accountWith("5.00"), completed(request, usage(0, 0, 400))))
                .isEqualTo(new Decision.Ignored(Decision.Ignored.Reason.NO_HOLD));
    }

    @Test
    void aGrantCountsOncePerReference() {
        var granted = decide(AccountState.NEW, grant("5.00", "invoice-7"), NOON);
        var state = AccountState.NEW.evolve(granted);
        assertThat(withHistory(state, grant("5.00", "invoice-7"), granted)).isEqualTo(new Decision.Repeated(granted));
    }

    @Test
    void anAccountCanHaveOnlySoManyOpenHolds() {
        var policy = new HoldPolicy(POLICY.lifetime(), 2);
        var state = accountWith("5.00");
        for (var i = 0; i < 2; i++) {
            state = state.evolve(eventOf(CreditDecisions.decide(state, quote(newRequest(), 1), NOON, policy, null)));
        }
        var refused =
                (CreditRefused) eventOf(CreditDecisions.decide(state, quote(newRequest(), 1), NOON, policy, null));
        assertThat(refused.reason()).isEqualTo(RefusalReason.TOO_MANY_OPEN_HOLDS);
    }

    @Test
    void whatWasForgottenIsLookedUpAndWhatIsSurelyNewIsNot() {
        var answered = AnsweredRequests.NONE;
        var ids = new ArrayList<java.util.UUID>();
        for (var i = 0; i <= AnsweredRequests.LIMIT; i++) {
            // One id a millisecond, from 2026 on.
            var millis = 1_790_000_000_000L + i;
            ids.add(new java.util.UUID((millis << 16) | 0x7000L, 0x8000_0000_0000_0000L | i));
            answered = answered.plus(ids.getLast());
        }
        var newer = new java.util.UUID((1_790_000_100_000L << 16) | 0x7000L, 0x8000_0000_0000_0000L);

        assertThat(answered.remembered())
                .hasSizeLessThanOrEqualTo(AnsweredRequests.LIMIT)
                .hasSizeGreaterThan(AnsweredRequests.LIMIT - AnsweredRequests.CHUNK);
        assertThat(answered.recall(ids.getFirst())).isEqualTo(AnsweredRequests.Recollection.UNKNOWN);
        assertThat(answered.recall(ids.getLast())).isEqualTo(AnsweredRequests.Recollection.ANSWERED);
        assertThat(answered.recall(newer)).isEqualTo(AnsweredRequests.Recollection.NEW);
        assertThat(answered.recall(grant("1.00", "named").requestId()))
                .isEqualTo(AnsweredRequests.Recollection.UNKNOWN);
    }
}
