package com.gogogoapi.ledger.account;

import static com.gogogoapi.contracts.money.Usd.usd;
import static com.gogogoapi.fixtures.Requests.ACCOUNT;
import static com.gogogoapi.fixtures.Requests.NOON;
import static com.gogogoapi.fixtures.Requests.aQuoteOf;
import static com.gogogoapi.fixtures.Requests.askedBy;
import static com.gogogoapi.fixtures.Requests.newRequest;
import static com.gogogoapi.fixtures.Requests.reasoning;
import static com.gogogoapi.fixtures.Requests.theCompletionOf;
import static com.gogogoapi.fixtures.Requests.usage;
import static com.gogogoapi.ledger.account.Accounts.accountWith;
import static com.gogogoapi.ledger.account.Accounts.apply;
import static com.gogogoapi.ledger.account.Accounts.eventOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.contracts.ledger.AboveHold;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.CreditSettled;
import com.gogogoapi.contracts.ledger.intake.RequestedBy;
import com.gogogoapi.contracts.pricing.TokenUsage;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever an upstream states, what is charged stays within what was held for. */
class ChargeBoundsTest {

    private final UUID request = newRequest();

    private CreditSettled settledOf(TokenUsage stated) {
        var held = apply(accountWith("5.00"), aQuoteOf(ACCOUNT, request, 1_000, 256, NOON.plusSeconds(30)));
        var settled = (CreditSettled) eventOf(held, theCompletionOf(request, stated), NOON);
        assertThat(held.evolve(settled).balance()).isEqualTo(settled.balance());
        return settled;
    }

    @Test
    void anAbsurdUsageChargesWhatTheLimitCosts() {
        var stated = usage(1_000, 0, 900_000_000);
        var settled = settledOf(stated);
        assertThat(settled.usage()).isEqualTo(usage(1_000, 0, 256));
        assertThat(settled.chargedUsd()).isEqualTo(usd("0.00021168"));
        assertThat(settled.overrunUsd()).isEqualTo(usd("0.00"));
        assertThat(settled.aboveHold()).isEqualTo(new AboveHold(stated, usd("251.99992832")));
    }

    @ParameterizedTest
    @CsvSource({
        "1000, 0, 256, 1000, 0, 256",
        "1314, 0, 1, 1314, 0, 1",
        "1315, 0, 1, 1314, 0, 1",
        "9000, 8000, 1, 1314, 1314, 1",
        "9000, 100, 257, 1314, 100, 256",
        "0, 0, 257, 0, 0, 256"
    })
    void eachClassOfTokensHasItsBound(long prompt, long cached, long completion, long charged, long hit, long out) {
        var stated = usage(prompt, cached, completion);
        var settled = settledOf(stated);
        assertThat(settled.usage()).isEqualTo(usage(charged, hit, out));
        assertThat(settled.aboveHold() == null).isEqualTo(stated.equals(settled.usage()));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "200, 200", "256, 256", "300, 256"})
    void noMoreReasoningIsStatedThanIsCharged(long stated, long shown) {
        var held = accountWith("5.00")
                .evolve(eventOf(
                        accountWith("5.00"), aQuoteOf(ACCOUNT, request, 1_000, 256, NOON.plusSeconds(30)), NOON));
        var end = reasoning(stated, theCompletionOf(request, usage(1_000, 0, 400)));
        assertThat(((CreditSettled) eventOf(held, end, NOON)).reasoningTokens()).isEqualTo(shown);
    }

    @Test
    void aHoldSaysWhoAskedForIt() {
        var asks = new RequestedBy(newRequest(), newRequest(), List.of("team a"));
        var quote = askedBy(asks, aQuoteOf(ACCOUNT, request, 1_000, 256, NOON.plusSeconds(30)));
        assertThat(((CreditReserved) eventOf(accountWith("5.00"), quote, NOON)).requestedBy())
                .isEqualTo(asks);
    }

    @Test
    void aHoldOfAnEarlierBuildHasNone() {
        var reserved = (CreditReserved)
                eventOf(accountWith("5.00"), aQuoteOf(ACCOUNT, request, 1_000, 256, NOON.plusSeconds(30)), NOON);
        var earlier = new CreditReserved(
                reserved.accountId(),
                reserved.requestId(),
                reserved.quoteId(),
                reserved.model(),
                reserved.priceVersion(),
                reserved.prices(),
                reserved.promptTokens(),
                reserved.maxCompletionTokens(),
                reserved.heldUsd(),
                reserved.expiresAt(),
                reserved.decidedAt(),
                reserved.balance(),
                null,
                null,
                null,
                null,
                null);
        var held = accountWith("5.00").evolve(earlier);
        var settled = (CreditSettled) eventOf(held, theCompletionOf(request, usage(1_000, 0, 1_000)), NOON);
        assertThat(settled.usage()).isEqualTo(usage(1_000, 0, 1_000));
        assertThat(settled.aboveHold()).isNull();
    }
}
