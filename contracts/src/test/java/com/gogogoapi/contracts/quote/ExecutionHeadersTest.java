package com.gogogoapi.contracts.quote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.gogogoapi.contracts.budget.Budget;
import com.gogogoapi.contracts.budget.BudgetScope;
import com.gogogoapi.contracts.budget.BudgetWindow;
import com.gogogoapi.contracts.budget.Limits;
import com.gogogoapi.contracts.budget.RateLimit;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.intake.RequestedBy;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.quote.ExecutionHeaders.Attempt;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExecutionHeadersTest {

    private static final AccountId ACCOUNT = new AccountId("acct_1");
    private static final UUID REQUEST = UUID.fromString("01a20846-fe00-7000-8000-000000000000");
    private static final UUID ATTEMPT = UUID.fromString("01a20846-fe00-7000-8000-000000000001");

    /** As the wire has had them from the first version on. */
    private static final Map<String, String> OF_AN_ATTEMPT = Map.of(
            "gogogoapi-account", "acct_1",
            "gogogoapi-request", REQUEST.toString(),
            "gogogoapi-reply-partition", "3",
            "gogogoapi-quote", "a.signed.text",
            "gogogoapi-attempt", "2",
            "gogogoapi-attempt-id", ATTEMPT.toString());

    @Test
    void ofAnAttemptAreWrittenAndRead() {
        var headers =
                new ExecutionHeaders(ACCOUNT, REQUEST, 3, new Attempt("a.signed.text", 2, ATTEMPT), null, Limits.NONE);
        assertThat(headers.write()).isEqualTo(OF_AN_ATTEMPT);
        assertThat(ExecutionHeaders.read(OF_AN_ATTEMPT::get)).isEqualTo(headers);
    }

    @Test
    void withoutAQuoteAreWrittenAndRead() {
        var headers = new ExecutionHeaders(ACCOUNT, REQUEST, 0, null, null, Limits.NONE);
        assertThat(headers.write())
                .containsOnlyKeys("gogogoapi-account", "gogogoapi-request", "gogogoapi-reply-partition");
        assertThat(ExecutionHeaders.read(headers.write()::get)).isEqualTo(headers);
    }

    @Test
    void tellWhoAsksInAnyLetters() {
        var member = UUID.fromString("01a20846-fe00-7000-8000-000000000002");
        var asks = new RequestedBy(ATTEMPT, member, List.of("Büro 3", "a,b", "会计"));
        var headers = new ExecutionHeaders(ACCOUNT, REQUEST, 0, null, asks, Limits.NONE);
        assertThat(headers.write().values()).allMatch(value -> value.matches("[!-~]+"));
        assertThat(ExecutionHeaders.read(headers.write()::get)).isEqualTo(headers);
    }

    @Test
    void tellWhatTheRequestIsMeasuredAgainst() {
        var scope = BudgetScope.ofKey(ATTEMPT);
        var limits = new Limits(
                List.of(new Budget(scope, BudgetWindow.DAY, Usd.usd("5.00"), false)),
                List.of(new RateLimit(scope, 60L, null)));
        var headers = new ExecutionHeaders(ACCOUNT, REQUEST, 0, null, null, limits);
        assertThat(headers.write().values()).allMatch(value -> value.matches("[!-~]+"));
        assertThat(ExecutionHeaders.read(headers.write()::get)).isEqualTo(headers);
    }

    @Test
    void whoeverDoesNotCountMakesTheFirstAttempt() {
        var headers = new HashMap<>(OF_AN_ATTEMPT);
        headers.keySet().removeAll(Set.of("gogogoapi-attempt", "gogogoapi-attempt-id"));
        assertThat(ExecutionHeaders.read(headers::get).attempt()).isEqualTo(new Attempt("a.signed.text", 1, null));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            gogogoapi-account         |             | There must be a header gogogoapi-account.
            gogogoapi-account         | ACCT        | The header gogogoapi-account must be an account id.
            gogogoapi-request         |             | There must be a header gogogoapi-request.
            gogogoapi-request         | 7           | The header gogogoapi-request must be a UUID.
            gogogoapi-reply-partition |             | There must be a header gogogoapi-reply-partition.
            gogogoapi-reply-partition | three       | The header gogogoapi-reply-partition must be a whole number.
            gogogoapi-reply-partition | -1          | The header gogogoapi-reply-partition must be at least 0.
            gogogoapi-attempt         | 0           | The header gogogoapi-attempt must be from 1 to 3.
            gogogoapi-attempt         | 4           | The header gogogoapi-attempt must be from 1 to 3.
            gogogoapi-attempt         | second      | The header gogogoapi-attempt must be a whole number.
            gogogoapi-requested-by    | e30=        | The header gogogoapi-requested-by must be who asks, as Base64 of JSON.
            gogogoapi-requested-by    | {}          | The header gogogoapi-requested-by must be who asks, as Base64 of JSON.
            gogogoapi-attempt-id      | second      | The header gogogoapi-attempt-id must be a UUID.
            """)
    void saysWhichHeaderMustBeWhat(String name, String value, String message) {
        var headers = new HashMap<>(OF_AN_ATTEMPT);
        headers.put(name, value);
        assertThatThrownBy(() -> ExecutionHeaders.read(headers::get))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void aQuoteIsNoLongerThanItMayBe() {
        var headers = new HashMap<>(OF_AN_ATTEMPT);
        headers.put("gogogoapi-quote", "q".repeat(QuoteId.MAX_CHARS + 1));
        assertThatThrownBy(() -> ExecutionHeaders.read(headers::get))
                .hasMessage("The header gogogoapi-quote must be at most 4096 characters long.");
    }
}
