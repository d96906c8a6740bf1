package com.gogogoapi.ledger.account;

import static com.gogogoapi.contracts.money.Usd.usd;
import static com.gogogoapi.fixtures.Requests.ACCOUNT;
import static com.gogogoapi.fixtures.Requests.NOON;
import static com.gogogoapi.fixtures.Requests.aQuoteOf;
import static com.gogogoapi.fixtures.Requests.attempted;
import static com.gogogoapi.fixtures.Requests.expecting;
import static com.gogogoapi.fixtures.Requests.newRequest;
import static com.gogogoapi.fixtures.Requests.theCompletionOf;
import static com.gogogoapi.fixtures.Requests.usage;
import static com.gogogoapi.ledger.account.Accounts.RULES;
import static com.gogogoapi.ledger.account.Accounts.accountWith;
import static com.gogogoapi.ledger.account.Accounts.apply;
import static com.gogogoapi.ledger.account.Accounts.eventOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.contracts.ledger.AboveHold;
import com.gogogoapi.contracts.ledger.CreditRefused;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.CreditSettled;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.intake.OnInsufficientCredit;
import com.gogogoapi.contracts.ledger.intake.QuoteRequested;
import com.gogogoapi.contracts.messaging.EventJson;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Quotes that shrink to the credit, and quotes that two try to execute. */
class BindingQuotesTest {

    /** A thousand prompt tokens cost 0.00014, a thousand of completion 0.00028. */
    private static QuoteRequested asked(UUID request, OnInsufficientCredit shortOfCredit, UUID attempt) {
        var quote = aQuoteOf(ACCOUNT, request, 1_000, 1_000, NOON.plusSeconds(30));
        return attempted(attempt, shortOfCredit, expecting("0.0002", quote));
    }

    private static LedgerEvent decideWith(String credit, OnInsufficientCredit shortOfCredit) {
        var asked = asked(newRequest(), shortOfCredit, newRequest());
        return eventOf(accountWith(credit), asked, NOON);
    }

    @Test
    void theLimitShrinksToWhatTheCreditAffords() {
        var reserved = (CreditReserved) decideWith("0.0003", OnInsufficientCredit.SHRINK);

        // 0.0003 − 0.00014 for the prompt leaves 571.4 tokens at 0.28 a million.
        assertThat(reserved.maxCompletionTokens()).isEqualTo(571);
        assertThat(reserved.heldUsd()).isEqualTo(usd("0.00029988"));
        assertThat(reserved.balance().availableUsd()).isEqualTo(usd("0.00000012"));
        assertThat(reserved.expectedUsd()).isEqualTo(usd("0.0002"));
    }

    /** Of a quote that a customer has in hand the maximum is a maximum, however the upstream counts the prompt. */
    @Test
    void nothingIsChargedBeyondWhatWasHeld() {
        var request = newRequest();
        var held = apply(accountWith("5.00"), asked(request, OnInsufficientCredit.REFUSE, newRequest()));
        var settled = (CreditSettled) eventOf(held, theCompletionOf(request, usage(1_001, 0, 1_001)), NOON);
        assertThat(settled.usage()).isEqualTo(usage(1_000, 0, 1_000));
        assertThat(settled.chargedUsd()).isEqualTo(settled.heldUsd());
        assertThat(settled.aboveHold()).isEqualTo(new AboveHold(usage(1_001, 0, 1_001), usd("0.00000042")));
    }

    @Test
    void nothingShrinksWhereTheCreditSuffices() {
        var reserved = (CreditReserved) decideWith("0.00042", OnInsufficientCredit.SHRINK);
        assertThat(reserved.maxCompletionTokens()).isEqualTo(1_000);
        assertThat(reserved.heldUsd()).isEqualTo(usd("0.00042"));
    }

    @Test
    void withoutCreditForOneTokenItIsRefused() {
        assertThat(decideWith("0.00014", OnInsufficientCredit.SHRINK)).isInstanceOf(CreditRefused.class);
        assertThat(decideWith("0.0001", OnInsufficientCredit.SHRINK)).isInstanceOf(CreditRefused.class);
        var one = (CreditReserved) decideWith("0.00014028", OnInsufficientCredit.SHRINK);
        assertThat(one.maxCompletionTokens()).isOne();
    }

    @Test
    void onlyWhatAsksForItShrinks() {
        assertThat(decideWith("0.0003", OnInsufficientCredit.REFUSE)).isInstanceOf(CreditRefused.class);
        assertThat(decideWith("0.0003", null)).isInstanceOf(CreditRefused.class);
    }

    @Test
    void whoeverComesSecondIsShownWhoCameFirst() {
        var request = newRequest();
        var first = newRequest();
        var state = accountWith("5.00");
        var reserved = eventOf(state, asked(request, null, first), NOON);
        state = state.evolve(reserved);

        var second = RULES.decide(state, asked(request, null, newRequest()), NOON, List.of(reserved));

        assertThat(second).isEqualTo(new Decision.Repeated(reserved));
        assertThat(((CreditReserved) reserved).attemptId()).isEqualTo(first);
    }

    @Test
    void aRefusalNamesWhoWasRefused() {
        var attempt = newRequest();
        var refused = (CreditRefused) eventOf(accountWith("0.0001"), asked(newRequest(), null, attempt), NOON);
        assertThat(refused.attemptId()).isEqualTo(attempt);
    }

    @Test
    void whatSaysNothingNewIsStoredAsEver() {
        var reserved = eventOf(accountWith("5.00"), aQuoteOf(newRequest(), 1), NOON);
        assertThat(new String(EventJson.write(reserved), java.nio.charset.StandardCharsets.UTF_8))
                .doesNotContain("expectedUsd", "attemptId");
    }
}
