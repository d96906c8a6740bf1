package com.gogogoapi.ledger.account;

import static com.gogogoapi.contracts.money.Usd.usd;
import static com.gogogoapi.fixtures.Grants.aGrantOf;
import static com.gogogoapi.fixtures.Requests.ACCOUNT;
import static com.gogogoapi.fixtures.Requests.NOON;
import static com.gogogoapi.fixtures.Requests.aQuoteOf;
import static com.gogogoapi.fixtures.Requests.newRequest;
import static com.gogogoapi.fixtures.Requests.theCompletionOf;
import static com.gogogoapi.fixtures.Requests.theFailureOf;
import static com.gogogoapi.fixtures.Requests.usage;
import static com.gogogoapi.ledger.account.Accounts.POLICY;
import static com.gogogoapi.ledger.account.Accounts.RULES;
import static com.gogogoapi.ledger.account.Accounts.accountWith;
import static com.gogogoapi.ledger.account.Accounts.apply;
import static com.gogogoapi.ledger.account.Accounts.eventOf;
import static com.gogogoapi.ledger.account.Accounts.theExpiryOf;
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
        return eventOf(state, intake, at);
    }

    private static Decision withHistory(AccountState state, CreditIntake intake, LedgerEvent... history) {
        assertThat(RULES.decide(state, intake, NOON, null)).isEqualTo(new Decision.NeedsHistory(intake.requestId()));
        return RULES.decide(state, intake, NOON, List.of(history));
    }

    @Test
    void aHoldMovesCreditFromAvailableToHeld() {
        var state = apply(accountWith("5.00"), aQuoteOf(request, 1_000_000));

        assertThat(state.balance().availableUsd()).isEqualTo(usd("4.72"));
        assertThat(state.balance().heldUsd()).isEqualTo(usd("0.28"));
        assertThat(state.balance().openHolds()).isOne();
    }

    @Test
    void aHoldCanTakeTheLastCentAndNotMore() {
        var exactly = apply(accountWith("0.28"), aQuoteOf(request, 1_000_000));
        assertThat(exactly.balance().availableUsd()).isEqualTo(Usd.ZERO);

        var refused = (CreditRefused) decide(accountWith("0.28"), aQuoteOf(newRequest(), 1_000_001), NOON);
        assertThat(refused.reason()).isEqualTo(RefusalReason.INSUFFICIENT_CREDIT);
        assertThat(refused.requiredUsd()).isEqualTo(usd("0.28000028"));
        assertThat(refused.balance().availableUsd()).isEqualTo(usd("0.28"));
    }

    @Test
    void aQuoteThatCameTooLateIsRefused() {
        var refused = (CreditRefused) decide(accountWith("5.00"), aQuoteOf(request, 1), NOON.plusSeconds(31));
        assertThat(refused.reason()).isEqualTo(RefusalReason.QUOTE_EXPIRED);
    }

    @Test
    void settlingChargesTheUsageAndReleasesTheRest() {
        var held = apply(accountWith("5.00"), aQuoteOf(request, 1_000));

        var settled = (CreditSettled) decide(held, theCompletionOf(request, usage(0, 0, 400)), NOON);

        assertThat(settled.heldUsd()).isEqualTo(usd("0.00028"));
        assertThat(settled.chargedUsd()).isEqualTo(usd("0.000112"));
        assertThat(settled.releasedUsd()).isEqualTo(usd("0.000168"));
        assertThat(settled.overrunUsd()).isEqualTo(Usd.ZERO);
        assertThat(settled.balance().availableUsd()).isEqualTo(usd("4.999888"));
        assertThat(held.evolve(settled).openHolds()).isEmpty();
    }

    @Test
    void cachedPromptTokensAreChargedAtTheirOwnPrice() {
        var quote = aQuoteOf(ACCOUNT, request, 1_000, 10, NOON.plusSeconds(30));
        var held = apply(accountWith("5.00"), quote);

        var settled = (CreditSettled) decide(held, theCompletionOf(request, usage(1_000, 900, 10)), NOON);

        // 100 × 0.14 + 900 × 0.0028 + 10 × 0.28, per million
        assertThat(settled.chargedUsd()).isEqualTo(usd("0.00001932"));
    }

    @Test
    void aUsageOfExplicitZeroIsAUsage() {
        var held = apply(accountWith("5.00"), aQuoteOf(request, 1_000));
        var settled = (CreditSettled) decide(held, theCompletionOf(request, usage(0, 0, 0)), NOON);
        assertThat(settled.chargedUsd()).isEqualTo(Usd.ZERO);
        assertThat(settled.releasedUsd()).isEqualTo(usd("0.00028"));
    }

    @Test
    void aCostAboveTheHoldIsTakenFromAvailableAndTheRestIsWrittenOffVisibly() {
        var held = apply(accountWith("0.30"), aQuoteOf(request, 1_000_000));

        var settled = (CreditSettled) decide(held, theCompletionOf(request, usage(0, 0, 2_000_000)), NOON);

        assertThat(settled.chargedUsd()).isEqualTo(usd("0.30"));
        assertThat(settled.releasedUsd()).isEqualTo(Usd.ZERO);
        assertThat(settled.overrunUsd()).isEqualTo(usd("0.26"));
        assertThat(settled.balance().availableUsd()).isEqualTo(Usd.ZERO);
    }

    @Test
    void anUpstreamThatFailedBeforeItsFirstByteCostsNothing() {
        var held = apply(accountWith("5.00"), aQuoteOf(request, 1_000));
        var released = (CreditReleased) decide(held, theFailureOf(request), NOON);
        assertThat(released.releasedUsd()).isEqualTo(usd("0.00028"));
        assertThat(released.outcome()).isEqualTo(Outcome.UPSTREAM_FAILED);
        assertThat(released.balance().availableUsd()).isEqualTo(usd("5.00"));
    }

    @Test
    void aHoldExpiresAtItsTimeAndNotBefore() {
        var held = apply(accountWith("5.00"), aQuoteOf(request, 1_000));
        var expiresAt = NOON.plus(POLICY.lifetime());

        assertThat(RULES.decide(held, theExpiryOf(request), expiresAt.minusMillis(1), null))
                .isEqualTo(new Decision.Ignored(Decision.Ignored.Reason.NOT_DUE));
        var released = (CreditReleased) decide(held, theExpiryOf(request), expiresAt);
        assertThat(released.outcome()).isEqualTo(Outcome.HOLD_EXPIRED);
    }

    @Test
    void aCompletionAfterExpiryIsSettledLateAndOnce() {
        var held = apply(accountWith("5.00"), aQuoteOf(request, 1_000));
        var reserved = decide(accountWith("5.00"), aQuoteOf(request, 1_000), NOON);
        var expired = decide(held, theExpiryOf(request), NOON.plus(POLICY.lifetime()));
        var after = held.evolve(expired);

        var late = (CreditSettled)
                eventOf(withHistory(after, theCompletionOf(request, usage(0, 0, 400)), reserved, expired));
        assertThat(late.late()).isTrue();
        assertThat(late.heldUsd()).isEqualTo(Usd.ZERO);
        assertThat(late.chargedUsd()).isEqualTo(usd("0.000112"));

        var settled = after.evolve(late);
        assertThat(settled.balance().openHolds()).isZero();
        assertThat(withHistory(settled, theCompletionOf(request, usage(0, 0, 400)), reserved, expired, late))
                .isEqualTo(new Decision.Repeated(late));
    }

    @Test
    void aRepeatedQuoteGetsTheFirstAnswerAgainAlsoARefusal() {
        var poor = accountWith("0.00000001");
        var refused = decide(poor, aQuoteOf(request, 1_000), NOON);
        var rich = apply(poor.evolve(refused), aGrantOf("5.00", "later"));

        assertThat(withHistory(rich, aQuoteOf(request, 1_000), refused)).isEqualTo(new Decision.Repeated(refused));
    }

    @Test
    void aRepeatedCompletionNeverChargesAgain() {
        var reserved = (CreditReserved) decide(accountWith("5.00"), aQuoteOf(request, 1_000), NOON);
        var held = accountWith("5.00").evolve(reserved);
        var settled = decide(held, theCompletionOf(request, usage(0, 0, 400)), NOON);
        var after = held.evolve(settled);

        assertThat(withHistory(after, theCompletionOf(request, usage(0, 0, 999)), reserved, settled))
                .isEqualTo(new Decision.Repeated(settled));
        assertThat(withHistory(after, theFailureOf(request), reserved, settled))
                .isEqualTo(new Decision.Repeated(settled));
    }

    @Test
    void aCompletionWithoutAHoldChargesNothing() {
        assertThat(withHistory(accountWith("5.00"), theCompletionOf(request, usage(0, 0, 400))))
                .isEqualTo(new Decision.Ignored(Decision.Ignored.Reason.NO_HOLD));
    }

    @Test
    void aGrantCountsOncePerReference() {
        var granted = decide(AccountState.NEW, aGrantOf("5.00", "invoice-7"), NOON);
        var state = AccountState.NEW.evolve(granted);
        assertThat(withHistory(state, aGrantOf("5.00", "invoice-7"), granted))
                .isEqualTo(new Decision.Repeated(granted));
    }

    @Test
    void anAccountCanHaveOnlySoManyOpenHolds() {
        var rules = new CreditDecisions(new HoldPolicy(POLICY.lifetime(), 2));
        var state = accountWith("5.00");
        for (var i = 0; i < 2; i++) {
            state = state.evolve(eventOf(rules.decide(state, aQuoteOf(newRequest(), 1), NOON, null)));
        }
        var refused = (CreditRefused) eventOf(rules.decide(state, aQuoteOf(newRequest(), 1), NOON, null));
        assertThat(refused.reason()).isEqualTo(RefusalReason.TOO_MANY_OPEN_HOLDS);
    }

    @Test
    void theFirstPolicyThatRefusesGivesTheReason() {
        var rules = new CreditDecisions(new HoldPolicy(POLICY.lifetime(), 1));
        var full = apply(accountWith("0.00000028"), aQuoteOf(newRequest(), 1));

        assertThat(reason(rules, full, NOON.plusSeconds(31))).isEqualTo(RefusalReason.QUOTE_EXPIRED);
        assertThat(reason(rules, full, NOON)).isEqualTo(RefusalReason.TOO_MANY_OPEN_HOLDS);
        assertThat(reason(RULES, full, NOON)).isEqualTo(RefusalReason.INSUFFICIENT_CREDIT);
    }

    private static RefusalReason reason(CreditDecisions rules, AccountState state, Instant at) {
        return ((CreditRefused) eventOf(rules.decide(state, aQuoteOf(newRequest(), 1), at, null))).reason();
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
        assertThat(answered.recall(aGrantOf("1.00", "named").requestId()))
                .isEqualTo(AnsweredRequests.Recollection.UNKNOWN);
    }
}
