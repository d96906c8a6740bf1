package com.gogogoapi.usage;

import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.contracts.funding.DepositChanges;
import com.gogogoapi.contracts.funding.DepositChanges.DepositChange;
import com.gogogoapi.contracts.identity.AccountId;
import com.standardwebhooks.Webhook;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What accounts are told of their deposits: once, however often it is passed on, and never so much that a mailbox is full of it. */
@Tag("integration")
class DepositAlertsTest {

    private static final Instant MONDAY = Instant.parse("2026-06-01T09:00:00Z");

    private static final int SHARD = 7;
    private static final int SHARDS = 16;

    private static AlertedInstallation installation;

    @BeforeAll
    static void start() {
        installation = AlertedInstallation.start(SHARD, "usage_deposit_alerts");
    }

    @AfterAll
    static void stop() {
        installation.close();
    }

    /** An account whose events are in the shard. */
    private static String accountOfShard() {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> "acct_told_" + i)
                .filter(name ->
                        BuiltInPartitioner.partitionForKey(name.getBytes(StandardCharsets.UTF_8), SHARDS) == SHARD)
                .findFirst()
                .orElseThrow();
    }

    private static DepositChange change(String account, String identity, String type, String usd) {
        return new DepositChange(
                identity, type, new AccountId(account), MONDAY, Map.of("amount_usd", usd, "chain_id", "eip155:8453"));
    }

    private static List<String> types(List<AlertedInstallation.Received> received) {
        return received.stream().map(one -> one.json().path("type").asString()).toList();
    }

    @Test
    void aDepositIsToldOnceThoughItIsPassedOnAgainLater() throws Exception {
        var account = accountOfShard();
        var customer = installation.customer(account);
        customer.confirmed("told@example.com", "{\"email\":\"told@example.com\"}");
        var endpoint = customer.webhook("/told");
        var changes = new DepositChanges(List.of(
                change(account, "1/1", "deposit.seen", "5"),
                change(account, "eip155:8453/0x01/1", "deposit.credited", "5")));
        installation.pass(204, changes);
        var received = installation.awaitReceived("/told", 2);
        assertThat(types(received)).containsExactlyInAnyOrder("deposit.seen", "deposit.credited");
        assertThat(received.getFirst().json().at("/data/amount_usd").asString()).isEqualTo("5");
        assertThat(received.getFirst().json().at("/data/account_id").asString()).isEqualTo(account);
        new Webhook(endpoint.path("secret").asString())
                .verify(received.getFirst().body(), received.getFirst().headers());
        assertThat(installation.awaitMails("told@example.com", 2))
                .containsExactlyInAnyOrder("A deposit is seen on its chain", "A deposit is credited");

        // The account's shard has gone on meanwhile: it is the same all the same.
        installation.left(account, "5.00", "0.00");
        installation.awaitAllRead();
        installation.pass(204, changes);
        installation.rebuild();
        installation.pass(204, new DepositChanges(List.of(change(account, "1/2", "deposit.orphaned", "5"))));
        assertThat(types(installation.awaitReceived("/told", 3))).containsOnlyOnce("deposit.seen", "deposit.credited");
        assertThat(installation.awaitMails("told@example.com", 3)).hasSize(3);
    }

    @Test
    void worthlessTokensAreToldWhereTheyAreAskedForByName() {
        var customer = installation.customer("acct_spam");
        customer.confirmed("spam@example.com", "{\"email\":\"spam@example.com\"}");
        customer.webhook("/spam-all");
        customer.send(
                "POST",
                "/webhooks",
                "{\"url\":\"" + installation.url("/spam-named") + "\",\"events\":[\"deposit.unsupported\"]}");
        installation.pass(
                204,
                new DepositChanges(List.of(
                        new DepositChange(
                                "eip155:8453/0x02/1",
                                "deposit.unsupported",
                                new AccountId("acct_spam"),
                                MONDAY,
                                Map.of("reason", "unsupported_token")),
                        change("acct_spam", "eip155:8453/0x02/2", "deposit.credited", "1"))));
        assertThat(types(installation.awaitReceived("/spam-named", 1))).containsExactly("deposit.unsupported");
        assertThat(types(installation.awaitReceived("/spam-all", 1))).containsExactly("deposit.credited");
        assertThat(installation.awaitMails("spam@example.com", 1)).containsExactly("A deposit is credited");
    }

    @Test
    void dustAndALotOfItFillNobodysMailbox() {
        var customer = installation.customer("acct_dust");
        customer.confirmed("dust@example.com", "{\"email\":\"dust@example.com\"}");
        customer.webhook("/dust");
        var changes = new ArrayList<DepositChange>();
        for (var i = 0; i < 40; i++) {
            changes.add(change("acct_dust", "eip155:8453/0x03/" + i, "deposit.credited", "0.000001"));
        }
        for (var i = 0; i < 30; i++) {
            changes.add(change("acct_dust", "eip155:8453/0x04/" + i, "deposit.credited", "0.10"));
        }
        installation.pass(204, new DepositChanges(changes));
        installation.pass(
                204, new DepositChanges(List.of(change("acct_dust", "eip155:8453/0x05/0", "deposit.rejected", "9"))));
        installation.awaitReceived("/dust", 71);
        assertThat(installation.awaitMails("dust@example.com", 21))
                .containsOnlyOnce("A deposit is not credited")
                .filteredOn("A deposit is credited"::equals)
                .hasSize(20);
    }

    @Test
    void whatIsNoneOfADepositsIsRefusedAndNothingOfItKept() {
        var customer = installation.customer("acct_none");
        customer.webhook("/none");
        installation.pass(
                400,
                new DepositChanges(List.of(
                        change("acct_none", "eip155:8453/0x06/0", "deposit.credited", "9"),
                        change("acct_none", "eip155:8453/0x06/1", "credit.low", "9"))));
        installation.pass(
                204, new DepositChanges(List.of(change("acct_none", "eip155:8453/0x06/2", "deposit.rejected", "9"))));
        assertThat(types(installation.awaitReceived("/none", 1))).containsExactly("deposit.rejected");
    }
}
