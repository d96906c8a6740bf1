package com.gogogoapi.auditor.verify;

import static com.gogogoapi.contracts.money.Usd.usd;
import static com.gogogoapi.fixtures.Requests.ACCOUNT;
import static com.gogogoapi.fixtures.Requests.NOON;
import static com.gogogoapi.fixtures.Requests.aQuoteOf;
import static com.gogogoapi.fixtures.Requests.askedBy;
import static com.gogogoapi.fixtures.Requests.newRequest;
import static com.gogogoapi.fixtures.Requests.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.gogogoapi.contracts.budget.Budget;
import com.gogogoapi.contracts.budget.BudgetScope;
import com.gogogoapi.contracts.budget.BudgetWindow;
import com.gogogoapi.contracts.budget.Limits;
import com.gogogoapi.contracts.ledger.Balance;
import com.gogogoapi.contracts.ledger.BudgetExceeded;
import com.gogogoapi.contracts.ledger.CreditRefused;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.intake.QuoteRequested;
import com.gogogoapi.contracts.ledger.intake.RequestedBy;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.evidence.state.CanonicalState.Spent;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What scopes spent, as the auditor counts it; a request of 1,000 tokens is held for $0.00028. */
class AuditedSpendingTest {

    private static final RequestedBy BY = RequestedBy.key(new UUID(7, 1));
    private static final BudgetScope KEY = BudgetScope.ofKey(BY.keyId());
    private static final Budget BUDGET = new Budget(KEY, BudgetWindow.DAY, usd("0.0005"), false);
    private static final Instant MIDNIGHT = Instant.parse("2026-11-23T00:00:00Z");
    private static final Usd ONE = usd("0.00028");

    private final AuditedSpending spending = new AuditedSpending();

    private static QuoteRequested quote(long tokens, Instant at) {
        return within(
                new Limits(List.of(BUDGET), List.of()),
                askedBy(BY, aQuoteOf(ACCOUNT, newRequest(), 0, tokens, at.plusSeconds(30))));
    }

    private AuditedSpending.Counted hold(Instant at) throws Discrepancy {
        var quote = quote(1_000, at);
        var reserved = CreditReserved.of(quote, 1_000, ONE, 0, at.plusSeconds(900), at, Balance.NONE);
        return spending.held(reserved, Pico.of(ONE));
    }

    private void refuse(Instant at) throws Discrepancy {
        var exceeded = new BudgetExceeded(BUDGET, Usd.ZERO, Usd.ZERO, at);
        spending.refused(CreditRefused.of(quote(2_000, at), exceeded, at, Balance.NONE), exceeded);
    }

    private Spent of(BudgetWindow window) {
        return spending.state().stream()
                .filter(one -> one.scope().equals(KEY) && one.window() == window)
                .findFirst()
                .orElseThrow();
    }

    /** As in the ledger, whose windows are those of its holds and charges. */
    @Test
    void aRefusalByAClockThatRanAheadMovesNoWindowOn() throws Discrepancy {
        hold(NOON);
        refuse(NOON.plus(Duration.ofDays(1)));
        assertThat(of(BudgetWindow.DAY)).isEqualTo(new Spent(KEY, BudgetWindow.DAY, MIDNIGHT, "0.00", ONE.toString()));
        assertThatThrownBy(() -> hold(NOON.plusSeconds(1))).hasMessageContaining("must not exceed the DAY budget");
    }

    @Test
    void everyWindowSaysSinceWhenItIs() throws Discrepancy {
        var counted = hold(NOON);
        spending.ended(counted, Pico.of(ONE), BigInteger.ONE);
        assertThat(of(BudgetWindow.DAY).since()).isEqualTo(MIDNIGHT);
        assertThat(of(BudgetWindow.WEEK).since()).as("a Monday").isEqualTo(MIDNIGHT);
        assertThat(of(BudgetWindow.MONTH).since()).isEqualTo(Instant.parse("2026-11-01T00:00:00Z"));
        assertThat(of(BudgetWindow.TOTAL))
                .isEqualTo(new Spent(KEY, BudgetWindow.TOTAL, Instant.EPOCH, "0.000000000001", "0.00"));
        hold(Instant.parse("2026-12-31T23:00:00Z"));
        assertThat(of(BudgetWindow.MONTH).since()).isEqualTo(Instant.parse("2026-12-01T00:00:00Z"));
        assertThat(of(BudgetWindow.WEEK).since()).isEqualTo(Instant.parse("2026-12-28T00:00:00Z"));
        assertThat(of(BudgetWindow.DAY).spentUsd()).as("of a new day").isEqualTo("0.00");
    }

    @Test
    void aLateChargeOfNobodysSpendingMovesNoWindowOn() throws Discrepancy {
        hold(NOON);
        spending.chargedLate(List.of(), NOON.plus(Duration.ofDays(1)), BigInteger.ONE);
        assertThat(of(BudgetWindow.DAY).since()).isEqualTo(MIDNIGHT);
    }
}
