package com.gogogoapi.usage;

import static com.gogogoapi.contracts.money.Usd.usd;
import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.contracts.budget.Budget;
import com.gogogoapi.contracts.budget.BudgetScope;
import com.gogogoapi.contracts.budget.BudgetWindow;
import com.gogogoapi.contracts.budget.Limits;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.Balance;
import com.gogogoapi.contracts.ledger.BudgetExceeded;
import com.gogogoapi.contracts.ledger.CreditRefused;
import com.gogogoapi.contracts.ledger.CreditReleased;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.CreditSettled;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.intake.Outcome;
import com.gogogoapi.contracts.ledger.intake.QuoteRequested;
import com.gogogoapi.contracts.ledger.intake.RequestedBy;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.pricing.RouteLimits;
import com.gogogoapi.fixtures.Prices;
import com.gogogoapi.fixtures.Requests;
import com.gogogoapi.fixtures.Route;
import com.standardwebhooks.Webhook;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What an account is told of, as it arrives: signed, once, with the event that it speaks of, and again on demand. */
@Tag("integration")
class AlertsTest {

    private static final Instant MONDAY = Instant.parse("2026-06-01T09:00:00Z");

    private static AlertedInstallation installation;

    @BeforeAll
    static void start() {
        installation = AlertedInstallation.start(9, "usage_alerts");
    }

    @AfterAll
    static void stop() {
        installation.close();
    }

    private static List<String> types(List<AlertedInstallation.Received> received) {
        return received.stream().map(one -> one.json().path("type").asString()).toList();
    }

    private static JsonNode data(AlertedInstallation.Received received) {
        return received.json().path("data");
    }

    @Test
    void lowCreditIsToldOnceUntilThereIsEnoughAgain() throws Exception {
        var customer = installation.customer("acct_low");
        customer.confirmed("low@example.com", "{\"low_balance_usd\":\"5.00\",\"email\":\"low@example.com\"}");
        var endpoint = customer.webhook("/low");
        installation.left("acct_low", "10.00", "0.00");
        // What is held is not spent.
        installation.left("acct_low", "4.00", "6.00");
        var low = installation.left("acct_low", "4.99", "0.00");
        installation.left("acct_low", "4.50", "0.00");
        installation.left("acct_low", "5.50", "0.00");
        installation.left("acct_low", "4.00", "0.00");
        installation.left("acct_low", "6.00", "0.00");
        installation.left("acct_low", "1.00", "0.00");
        var received = installation.awaitReceived("/low", 3);
        assertThat(types(received)).containsExactlyInAnyOrder("credit.low", "credit.recovered", "credit.low");

        var first = received.stream()
                .filter(one -> data(one).path("sequence").asLong() == low)
                .findFirst()
                .orElseThrow();
        assertThat(data(first).path("left_usd").asString()).isEqualTo("4.99");
        assertThat(data(first).path("account_id").asString()).isEqualTo("acct_low");
        new Webhook(endpoint.path("secret").asString()).verify(first.body(), first.headers());
        assertThat(installation.awaitMails("low@example.com", 3))
                .containsExactlyInAnyOrder("Your credit is low", "Your credit is no longer low", "Your credit is low");

        assertThat(installation.mailed("low@example.com")).anySatisfy(mail -> assertThat(mail.text())
                .contains("Your credit is low.", "account_id: acct_low", "sequence: " + low, "left_usd: 4.99"));

        // Everything is read anew: nothing is told again.
        installation.rebuild();

        // From a point on it is sent again, under the same name.
        var replayed = customer.send(
                "POST",
                "/webhooks/" + endpoint.path("id").asString() + "/replay",
                "{\"from_sequence\":" + (low + 1) + "}");
        assertThat(replayed.path("replayed").asInt()).isEqualTo(2);
        assertThat(installation.awaitReceived("/low", 5).stream()
                        .map(one -> one.headers().firstValue("webhook-id").orElseThrow())
                        .distinct())
                .hasSize(3);
        assertThat(installation.mails("low@example.com")).hasSize(3);
    }

    /** A request that was held within a budget and cost so much. */
    private static void spends(AccountId account, UUID key, Budget budget, Instant at, String charged) {
        var quote = quote(account, key, budget, at);
        installation.publish(List.of(held(quote, at), settled(quote, at.plusSeconds(1), charged)));
    }

    private static QuoteRequested quote(AccountId account, UUID key, Budget budget, Instant at) {
        var quote =
                Requests.aQuoteOf(Route.FLASH, account, Requests.newRequest(), 100, 1_000_000, at, at.plusSeconds(30));
        return Requests.within(new Limits(List.of(budget), List.of()), Requests.askedBy(RequestedBy.key(key), quote));
    }

    private static CreditReserved held(QuoteRequested quote, Instant at) {
        return CreditReserved.of(
                quote, quote.maxCompletionTokens(), quote.holdUsd(), 100, at.plusSeconds(900), at, Balance.NONE);
    }

    private static CreditSettled settled(QuoteRequested quote, Instant at, String charged) {
        return new CreditSettled(
                quote.accountId(),
                quote.requestId(),
                Outcome.COMPLETED,
                quote.model(),
                quote.priceVersion(),
                quote.prices(),
                Requests.usage(100, 0, 10),
                false,
                quote.holdUsd(),
                usd(charged),
                quote.holdUsd().minus(usd(charged)).max(Usd.ZERO),
                Usd.ZERO,
                false,
                at,
                Balance.NONE,
                null,
                null,
                null,
                null);
    }

    @Test
    void aBudgetIsToldOfWhenFourFifthsAreSpentAndWhenAllIsOnceAWindow() {
        var account = new AccountId("acct_budget");
        var key = Requests.newRequest();
        var customer = installation.customer("acct_budget");
        customer.confirmed("budget@example.com", "{\"email\":\"budget@example.com\"}");
        customer.webhook("/budget");
        var daily = new Budget(BudgetScope.ofKey(key), BudgetWindow.DAY, usd("1.00"), false);

        spends(account, key, daily, MONDAY, "0.79");
        spends(account, key, daily, MONDAY.plusSeconds(10), "0.01");
        var warned = installation.lastSequence();
        spends(account, key, daily, MONDAY.plusSeconds(20), "0.10");
        spends(account, key, daily, MONDAY.plusSeconds(30), "0.10");
        var exhausted = installation.lastSequence();
        spends(account, key, daily, MONDAY.plusSeconds(40), "0.01");
        var received = installation.awaitReceived("/budget", 2);
        assertThat(types(received)).containsExactlyInAnyOrder("budget.warning", "budget.exhausted");
        for (var one : received) {
            var isWarning = one.json().path("type").asString().equals("budget.warning");
            assertThat(data(one).path("sequence").asLong()).isEqualTo(isWarning ? warned : exhausted);
            assertThat(data(one).path("spent_usd").asString()).isEqualTo(isWarning ? "0.80" : "1.00");
            assertThat(data(one).path("limit_usd").asString()).isEqualTo("1.00");
            assertThat(data(one).path("scope").asString()).isEqualTo("key");
            assertThat(data(one).path("key_id").asString())
                    .isEqualTo("key_" + key.toString().replace("-", ""));
            assertThat(data(one).path("window").asString()).isEqualTo("day");
            assertThat(data(one).path("warn_only").asBoolean()).isFalse();
            assertThat(data(one).path("resets_at").asString()).isEqualTo("2026-06-02T00:00:00Z");
        }
        assertThat(installation.awaitMails("budget@example.com", 2))
                .containsExactlyInAnyOrder("A budget is nearly used up", "A budget is used up");

        // A limit that was raised is told of anew, and the next day is another one; what is made anew tells nothing.
        var raised = new Budget(daily.scope(), BudgetWindow.DAY, usd("2.00"), true);
        spends(account, key, raised, MONDAY.plusSeconds(50), "0.60");
        spends(account, key, daily, MONDAY.plus(Duration.ofDays(1)), "0.80");
        installation.rebuild();
        spends(account, key, daily, MONDAY.plus(Duration.ofDays(1)).plusSeconds(1), "0.01");
        installation.awaitAllRead();
        var later = installation.awaitReceived("/budget", 4).subList(2, 4);
        assertThat(types(later)).containsExactly("budget.warning", "budget.warning");
        assertThat(later)
                .extracting(one -> data(one).path("spent_usd").asString() + " of "
                        + data(one).path("limit_usd").asString() + " "
                        + data(one).path("warn_only").asBoolean())
                .containsExactlyInAnyOrder("1.61 of 2.00 true", "0.80 of 1.00 false");
        assertThat(installation.awaitMails("budget@example.com", 4)).hasSize(4);
    }

    @Test
    void aBudgetThatRefusesWhenItIsNearlyUsedUpIsUsedUp() {
        var account = new AccountId("acct_refused");
        var key = Requests.newRequest();
        installation.customer("acct_refused").webhook("/refused");
        var budget = new Budget(BudgetScope.ofAccount(account), BudgetWindow.TOTAL, usd("1.00"), false);
        // While little is spent, it is the request that was too large.
        installation.publish(List.of(refused(account, key, budget, "0.00")));
        spends(account, key, budget, MONDAY, "0.90");
        installation.publish(List.of(refused(account, key, budget, "0.90"), refused(account, key, budget, "0.90")));
        installation.awaitAllRead();
        var received = installation.awaitReceived("/refused", 2);
        assertThat(types(received)).containsExactlyInAnyOrder("budget.warning", "budget.exhausted");
        var exhausted = received.stream()
                .filter(one -> one.json().path("type").asString().equals("budget.exhausted"))
                .findFirst()
                .orElseThrow();
        assertThat(data(exhausted).path("held_usd").asString()).isEqualTo("0.05");
        assertThat(data(exhausted).path("scope").asString()).isEqualTo("account");
        assertThat(data(exhausted).has("resets_at")).isFalse();
    }

    private static CreditRefused refused(AccountId account, UUID key, Budget budget, String spent) {
        return CreditRefused.of(
                quote(account, key, budget, MONDAY),
                new BudgetExceeded(budget, usd(spent), usd("0.05"), MONDAY),
                MONDAY,
                Balance.NONE);
    }

    @Test
    void anUpstreamThatFailsIsToldOfAndThatItWorksAgain() {
        var account = new AccountId("acct_upstream");
        var customer = installation.customer("acct_upstream");
        customer.confirmed("upstream@example.com", "{\"email\":\"upstream@example.com\"}");
        customer.webhook("/upstream");
        ends(account, MONDAY, Outcome.UPSTREAM_FAILED, 5);
        var failing = installation.lastSequence();
        ends(account, MONDAY.plusSeconds(5), Outcome.UPSTREAM_FAILED, 5);
        ends(account, MONDAY.plusSeconds(600), Outcome.COMPLETED, 5);
        var received = installation.awaitReceived("/upstream", 2);
        assertThat(types(received)).containsExactlyInAnyOrder("upstream.failing", "upstream.recovered");
        var first = received.stream()
                .filter(one -> one.json().path("type").asString().equals("upstream.failing"))
                .findFirst()
                .orElseThrow();
        assertThat(data(first).path("model").asString()).isEqualTo(Route.FLASH.model());
        assertThat(data(first).path("sequence").asLong()).isEqualTo(failing);
        assertThat(installation.awaitMails("upstream@example.com", 2))
                .containsExactlyInAnyOrder("A route that you use is failing", "A route that you use works again");
    }

    private static void ends(AccountId account, Instant at, Outcome outcome, int times) {
        for (var i = 0; i < times; i++) {
            var key = Requests.newRequest();
            var quote = Requests.askedBy(
                    RequestedBy.key(key),
                    Requests.aQuoteOf(Route.FLASH, account, Requests.newRequest(), 100, 100, at, at.plusSeconds(30)));
            LedgerEvent end = outcome.isCharged()
                    ? settled(quote, at.plusSeconds(1), "0.00001")
                    : new CreditReleased(
                            account, quote.requestId(), outcome, quote.holdUsd(), at.plusSeconds(1), Balance.NONE);
            installation.publish(List.of(held(quote, at), end));
        }
    }

    @Test
    void aPriceOfARouteThatIsUsedIsToldOfBeforeItApplies() {
        var account = new AccountId("acct_prices");
        var today = Instant.now();
        var used = new Route("prices-used", "prices-used@1", Prices.FLASH);
        var quote = Requests.aQuoteOf(used, account, Requests.newRequest(), 100, 100, today, today.plusSeconds(30));
        installation.customer("acct_prices").webhook("/prices");
        installation.customer("acct_prices_other").webhook("/prices-other");
        installation.publish(List.of(held(quote, today), settled(quote, today, "0.00001")));
        installation.awaitAllRead();
        var sequence = installation.lastSequence();
        var limits = new RouteLimits(1_000_000, 10_000, 1_000);
        var next = today.plus(Duration.ofDays(3));
        installation.publishPrice(Prices.aPriceOf("prices-unused", Prices.PRO, limits, next));
        installation.publishPrice(
                Prices.aPriceOf("prices-used", Prices.FLASH, limits, today.minus(Duration.ofDays(30))));
        installation.publishPrice(Prices.aPriceOf("prices-used", Prices.PRO, limits, next));
        // Told again by the broker, not by us.
        installation.publishPrice(Prices.aPriceOf("prices-used", Prices.PRO, limits, next));
        installation.publishPrice(Prices.aPriceOf("prices-used", Prices.PRO, limits, next.plusSeconds(1)));
        var received = installation.awaitReceived("/prices", 2);
        assertThat(received)
                .extracting(one -> data(one).path("price_version").asString())
                .containsExactlyInAnyOrder("prices-used@" + next, "prices-used@" + next.plusSeconds(1));
        assertThat(data(received.getFirst()).path("model").asString()).isEqualTo("prices-used");
        assertThat(data(received.getFirst()).path("output_usd_per_million").asString())
                .isEqualTo("0.87");
        assertThat(data(received.getFirst()).path("sequence").asLong()).isGreaterThanOrEqualTo(sequence);
        assertThat(installation.received("/prices-other")).isEmpty();
    }
}
