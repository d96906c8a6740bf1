package com.gogogoapi.contracts.access;

import static com.gogogoapi.contracts.money.Usd.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.gogogoapi.contracts.budget.Budget;
import com.gogogoapi.contracts.budget.BudgetScope;
import com.gogogoapi.contracts.budget.BudgetWindow;
import com.gogogoapi.contracts.budget.InFlightLimit;
import com.gogogoapi.contracts.budget.RateLimit;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.messaging.EventJson;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyPolicyTest {

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7,    203.0.113.7,     true",
        "203.0.113.7,    203.0.113.8,     false",
        "203.0.113.0/24, 203.0.113.255,   true",
        "203.0.113.0/24, 203.0.114.0,     false",
        "203.0.113.128/25, 203.0.113.127, false",
        "0.0.0.0/0,      8.8.8.8,         true",
        "0.0.0.0/0,      2001:db8::1,     false",
        "2001:db8::/32,  2001:db8:ffff::, true",
        "2001:db8::/32,  2001:db9::,      false",
        "2001:db8::1,    2001:db8::1,     true",
        "::/0,           8.8.8.8,         false"
    })
    void aRangeContainsItsAddresses(String range, String address, boolean contained) {
        assertThat(AddressRange.parse(range).contains(InetAddress.ofLiteral(address)))
                .isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "localhost", "203.0.113", "203.0.113.7/33", "203.0.113.7/24", "203.0.113.0/-1", "203.0.113.0/024",
                "2001:db8::/129", "2001:db8::1/32", "0x7f.0.0.1", "fe80::1%eth0", "1", "203.0.113.256",
                        "203.0.113.0/24/8"
            })
    void whatIsNoRangeIsRefused(String text) {
        assertThatThrownBy(() -> AddressRange.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("An address range must be an IP address or range such as");
    }

    @Test
    void withoutAnyLimitItAllowsAll() {
        assertThat(KeyPolicy.NONE.allowsRoute("any-model")).isTrue();
        assertThat(KeyPolicy.NONE.allowsAddress(InetAddress.ofLiteral("8.8.8.8")))
                .isTrue();
    }

    @Test
    void withLimitsItAllowsWhatIsNamed() {
        var policy = new KeyPolicy(
                List.of("deepseek-v4-flash"),
                List.of(AddressRange.parse("10.0.0.0/8"), AddressRange.parse("2001:db8::/32")),
                List.of(),
                List.of(),
                List.of(),
                List.of());
        assertThat(policy.allowsRoute("deepseek-v4-flash")).isTrue();
        assertThat(policy.allowsRoute("deepseek-v4-pro")).isFalse();
        assertThat(policy.allowsAddress(InetAddress.ofLiteral("10.1.2.3"))).isTrue();
        assertThat(policy.allowsAddress(InetAddress.ofLiteral("2001:db8::1"))).isTrue();
        assertThat(policy.allowsAddress(InetAddress.ofLiteral("11.1.2.3"))).isFalse();
    }

    @Test
    void everythingThatGrowsHasALimit() {
        assertThatThrownBy(() -> new KeyPolicy(names(51), List.of(), List.of(), List.of(), List.of(), List.of()))
                .hasMessage("There must be at most 50 routes.");
        assertThatThrownBy(() -> new KeyPolicy(
                        List.of(),
                        IntStream.range(0, 21)
                                .mapToObj(n -> AddressRange.parse("10.0.0." + n))
                                .toList(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of()))
                .hasMessage("There must be at most 20 address ranges.");
        assertThatThrownBy(() -> new KeyPolicy(List.of(), List.of(), List.of(), List.of(), names(9), List.of()))
                .hasMessage("There must be at most 8 tags.");
        assertThatThrownBy(() -> new KeyPolicy(
                        List.of(), List.of(), List.of(), List.of(), Collections.nCopies(2, "twice"), List.of()))
                .hasMessage("The tags must all be different.");
        assertThatThrownBy(() -> new KeyPolicy(List.of(), List.of(), List.of(), List.of(), List.of("a b"), List.of()))
                .hasMessageStartingWith("Every tag must be a tag: 1 to 64");
        assertThatThrownBy(() ->
                        new KeyPolicy(List.of("no model!"), List.of(), List.of(), List.of(), List.of(), List.of()))
                .hasMessageStartingWith("Every route must be a model name");
    }

    @Test
    void aKeyThatWasPublishedBefore06LimitsNoRequestsInFlight() {
        var earlier = "{\"routes\":[],\"addressRanges\":[],\"budgets\":[],\"rates\":[],\"tags\":[]}";
        assertThat(EventJson.mapper().readValue(earlier, KeyPolicy.class)).isEqualTo(KeyPolicy.NONE);
        assertThat(EventJson.mapper().writeValueAsString(KeyPolicy.NONE)).isEqualTo(earlier);
    }

    @Test
    void thereIsOneLimitOfRequestsInFlightAScope() {
        var limit = new InFlightLimit(BudgetScope.ofKey(new UUID(7, 1)), 1);
        assertThatThrownBy(() ->
                        new KeyPolicy(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(limit, limit)))
                .hasMessage("There must be at most 3 limits of requests in flight, one a scope.");
        assertThatThrownBy(() -> new InFlightLimit(limit.scope(), 0))
                .hasMessage("Requests in flight must be from 1 to 100000.");
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(n -> "name-" + n).toList();
    }

    @Test
    void aPublishedKeyComesBackAsItWent() {
        var account = new AccountId("acct_1");
        var scope = BudgetScope.ofKey(new UUID(7, 1));
        var event = new ApiKeyPublished(
                ApiKeyText.hash("a key"),
                17,
                "key_2",
                "key_1",
                account,
                "label",
                KeyPurpose.INFERENCE,
                KeyStatus.DISABLED,
                new KeyPolicy(
                        List.of("deepseek-v4-flash"),
                        List.of(AddressRange.parse("2001:db8::/32")),
                        List.of(new Budget(scope, BudgetWindow.DAY, usd("1.5"), true)),
                        List.of(new RateLimit(BudgetScope.ofAccount(account), 60L, null)),
                        List.of("team:search"),
                        List.of(new InFlightLimit(scope, 20))),
                Instant.parse("2026-11-26T12:00:00Z"),
                new UUID(1, 2),
                Instant.parse("2027-01-01T00:00:00Z"));
        assertThat(EventJson.read(EventJson.write(event), ApiKeyPublished.class))
                .isEqualTo(event);
        var bare = new ApiKeyPublished(
                event.keyHash(),
                1,
                "key_1",
                "key_1",
                account,
                "label",
                KeyPurpose.MANAGEMENT,
                KeyStatus.ACTIVE,
                KeyPolicy.NONE,
                event.changedAt(),
                null,
                null);
        assertThat(EventJson.read(EventJson.write(bare), ApiKeyPublished.class)).isEqualTo(bare);
        assertThat(new String(EventJson.write(bare), java.nio.charset.StandardCharsets.UTF_8))
                .doesNotContain("createdBy", "expiresAt", "inFlight");
    }
}
