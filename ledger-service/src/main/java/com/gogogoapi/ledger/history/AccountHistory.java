package com.gogogoapi.ledger.history;

import com.gogogoapi.contracts.budget.BudgetWindow;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.evidence.state.CanonicalState;
import com.gogogoapi.ledger.account.AccountState;
import com.gogogoapi.ledger.account.GrantLots;
import com.gogogoapi.ledger.account.Hold;
import com.gogogoapi.ledger.account.budget.Budgets;
import com.gogogoapi.ledger.log.LedgerLog;
import com.gogogoapi.ledger.snapshot.Snapshots;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Accounts as they were. An account at an instant is the account after its last event that was decided no later; an event
 * is decided at the broker's time of the record it answers, so it may be a moment until the log has it.
 */
@Component
public class AccountHistory {

    private static final int PAGE = 1_000;

    private final JdbcClient jdbc;
    private final LedgerLog log;
    private final Snapshots snapshots;

    AccountHistory(JdbcClient jdbc, LedgerLog log, Snapshots snapshots) {
        this.jdbc = jdbc;
        this.log = log;
        this.snapshots = snapshots;
    }

    /** The number of the account's last event that was decided no later than that. */
    public Optional<Long> sequenceAt(AccountId account, Instant at) {
        return jdbc.sql("select seq from ledger_event where account_id = ? and at_millis <= ? order by seq desc limit"
                        + " 1")
                .params(account.value(), at.toEpochMilli())
                .query(Long.class)
                .optional();
    }

    /** The number of the account's last event. */
    Optional<Long> lastSequence(AccountId account) {
        return jdbc.sql("select seq from ledger_event where account_id = ? order by seq desc limit 1")
                .param(account.value())
                .query(Long.class)
                .optional();
    }

    /**
     * The account right after its event of that number, or its last one if there are fewer: the ledger's own state, made as
     * a cold start makes it, from a snapshot if there is one and the events after it.
     */
    Optional<CanonicalState> stateAfter(AccountId account, long sequence) throws SQLException {
        var after = ledgerStateAfter(account, sequence);
        return after.sequence() < 0
                ? Optional.empty()
                : Optional.of(canonical(account, after.sequence(), after.state()));
    }

    /** @param sequence of the last event in it; -1 for none */
    record StateAfter(long sequence, AccountState state) {}

    StateAfter ledgerStateAfter(AccountId account, long sequence) throws SQLException {
        var state = AccountState.NEW;
        var last = -1L;
        var snapshot = snapshots.of(account.value());
        if (snapshot.isPresent() && snapshot.get().seq() <= sequence) {
            state = snapshot.get().state();
            last = snapshot.get().seq();
        }
        while (last < sequence) {
            var page = log.accountFrom(account.value(), last + 1, (int) Math.min(PAGE, sequence - last));
            for (var stored : page) {
                state = state.evolve(stored.event());
                last = stored.seq();
            }
            if (page.isEmpty()) {
                break;
            }
        }
        return new StateAfter(last, state);
    }

    private static CanonicalState canonical(AccountId account, long sequence, AccountState state) {
        var balance = state.balance();
        return new CanonicalState(
                account.value(),
                sequence,
                balance.availableUsd().toString(),
                balance.heldUsd().toString(),
                balance.chargedUsd().toString(),
                balance.grantedUsd().toString(),
                balance.expiredOrZero().toString(),
                balance.revokedOrZero().toString(),
                state.lots().open().entrySet().stream()
                        .map(entry -> canonical(entry.getKey(), entry.getValue()))
                        .toList(),
                state.openHolds().values().stream()
                        .map(AccountHistory::canonical)
                        .toList(),
                spending(state.limited().budgets()));
    }

    private static List<CanonicalState.Spent> spending(Budgets budgets) {
        return budgets.spending().entrySet().stream()
                .flatMap(entry -> Arrays.stream(BudgetWindow.values()).map(window -> {
                    var taken = entry.getValue().in(window, budgets.now());
                    return new CanonicalState.Spent(
                            entry.getKey(),
                            window,
                            taken.start(),
                            taken.spentUsd().toString(),
                            taken.heldUsd().toString());
                }))
                .toList();
    }

    private static CanonicalState.Grant canonical(GrantLots.Place place, GrantLots.Lot lot) {
        return CanonicalState.Grant.of(
                lot.grantId(), lot.leftUsd().toString(), place.priority(), place.expiresAt(), lot.expiredParts());
    }

    private static CanonicalState.OpenHold canonical(Hold hold) {
        return new CanonicalState.OpenHold(
                hold.requestId().toString(),
                hold.heldUsd().toString(),
                hold.model(),
                hold.priceVersion(),
                hold.prices().input().toString(),
                hold.prices().cachedInput().toString(),
                hold.prices().output().toString(),
                hold.expiresAt().toString());
    }
}
