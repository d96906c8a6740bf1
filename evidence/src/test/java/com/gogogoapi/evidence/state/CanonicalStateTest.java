package com.gogogoapi.evidence.state;

import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.contracts.budget.BudgetScope;
import com.gogogoapi.contracts.budget.BudgetWindow;
import com.gogogoapi.evidence.state.CanonicalState.Spent;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CanonicalStateTest {

    private static final BudgetScope KEY = BudgetScope.ofKey(new UUID(7, 1));
    private static final BudgetScope MEMBER = BudgetScope.ofMember(new UUID(7, 1));
    private static final Instant MIDNIGHT = Instant.parse("2026-11-27T00:00:00Z");

    private static String text(Spent... spending) {
        return new CanonicalState(
                        "acct_1",
                        3,
                        "1.00",
                        "0.00",
                        "0.00",
                        "1.00",
                        "0.00",
                        "0.00",
                        List.of(),
                        List.of(),
                        List.of(spending))
                .text();
    }

    /** So what was kept of accounts of before 0.5, which count nobody's spending, is the same still. */
    @Test
    void withoutSpendingItIsTheTextOfBefore() {
        var before = """
            gogogoapi account state 2
            account acct_1
            sequence 3
            available 1.00
            held 0.00
            charged 0.00
            granted 1.00
            expired 0.00
            revoked 0.00
            """;
        assertThat(text()).isEqualTo(before);
        assertThat(text(new Spent(KEY, BudgetWindow.DAY, MIDNIGHT, "0.00", "0.00")))
                .isEqualTo(before);
    }

    @Test
    void whatIsSpentHasALineAWindowInOneOrder() {
        var text = text(
                new Spent(MEMBER, BudgetWindow.DAY, MIDNIGHT, "0.00", "0.02"),
                new Spent(KEY, BudgetWindow.TOTAL, Instant.EPOCH, "0.03", "0.00"),
                new Spent(KEY, BudgetWindow.DAY, MIDNIGHT, "0.01", "0.00"));
        assertThat(text).startsWith("gogogoapi account state 3\n").endsWith("""
            revoked 0.00
            spent KEY 00000000-0000-0007-0000-000000000001 DAY 2026-11-27T00:00:00Z 0.01 0.00
            spent KEY 00000000-0000-0007-0000-000000000001 TOTAL 1970-01-01T00:00:00Z 0.03 0.00
            spent MEMBER 00000000-0000-0007-0000-000000000001 DAY 2026-11-27T00:00:00Z 0.00 0.02
            """);
    }
}
