package com.gogogoapi.ledger;

import static com.gogogoapi.fixtures.Grants.aGrantOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.gogogoapi.chassis.installation.InstallationProperties;
import com.gogogoapi.chassis.kafka.EventPublisher;
import com.gogogoapi.chassis.kafka.InstalledTopics;
import com.gogogoapi.chassis.kafka.KafkaClients;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.intake.LedgerIntake;
import com.gogogoapi.contracts.wire.BrokerUser;
import com.gogogoapi.contracts.wire.IntakeAuthor;
import com.gogogoapi.contracts.wire.IntakeSecret;
import com.gogogoapi.embedded.Database;
import com.gogogoapi.embedded.EmbeddedKafka;
import com.gogogoapi.embedded.Infrastructure;
import com.gogogoapi.embedded.Passwords;
import com.gogogoapi.fixtures.Authentic;
import com.gogogoapi.fixtures.OrderKey;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An intake that earlier versions wrote to goes on: what was there is taken, and from the first start on nobody is believed. */
@Tag("integration")
@Tag("slow")
class UpgradedIntakeTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final OrderKey FUNDING = OrderKey.generate();

    private final AccountId account = new AccountId("acct_upgraded");
    private final Database database = Infrastructure.shared().newDatabase("upgraded");
    private EmbeddedKafka kafka;
    private KafkaClients clients;

    @BeforeEach
    void start() throws Exception {
        kafka = EmbeddedKafka.start(Files.createTempDirectory("upgraded-intake-"), 0, Passwords.ofAllBrokerUsers());
        clients = KafkaClients.of(kafka.as(BrokerUser.ADMIN).clientSettings(), "test");
        InstalledTopics.ensure(clients, new InstallationProperties(SECRET, 1, (short) 1, null));
    }

    @AfterEach
    void stop() {
        clients.close();
        kafka.close();
    }

    private ConfigurableApplicationContext ledger(String... settings) {
        var all = new ArrayList<>(List.of(
                "--server.port=0",
                "--spring.datasource.url=" + database.jdbcUrl(),
                "--spring.datasource.username=" + database.username(),
                "--spring.datasource.password=" + database.password(),
                "--gogogoapi.internal-secret=" + SECRET,
                "--gogogoapi.shards=1"));
        all.addAll(Authentic.settings(IntakeAuthor.LEDGER_SERVICE));
        all.addAll(List.of(settings));
        return LedgerService.application()
                .run(kafka.as(BrokerUser.LEDGER_SERVICE).serviceArguments(all.toArray(String[]::new)));
    }

    private void send(LedgerIntake asked, @Nullable IntakeSecret as) {
        EventPublisher publisher = clients.publisher(Clock.systemUTC(), "/test");
        (as == null ? publisher : publisher.as(as)).toLedger(asked, null, null).join();
    }

    private static String of(ConfigurableApplicationContext ledger, String columns) {
        return ledger.getBean(JdbcClient.class)
                .sql("select coalesce(string_agg(" + columns + ", ', ' order by pos), '') from ledger_event")
                .query(String.class)
                .single();
    }

    private static String granted(ConfigurableApplicationContext ledger) {
        return of(ledger, "convert_from(payload, 'UTF8')::jsonb->>'reference'");
    }

    private static String types(ConfigurableApplicationContext ledger) {
        return of(ledger, "split_part(type, '.', 3)");
    }

    @Test
    void whatWasThereIsTakenAndFromThenOnNobodyIsBelieved() throws Exception {
        var asProxy = Authentic.secret(IntakeAuthor.PROXY_SERVICE);
        send(aGrantOf(account, "1.00", "of 0.4.0"), null);
        send(Authentic.signed(aGrantOf(account, "1.00", "of a proxy that was upgraded first")), asProxy);
        try (var ledger = ledger()) {
            await().atMost(SOON).until(() -> types(ledger).endsWith("IntakeAuthenticated"));
            assertThat(types(ledger)).isEqualTo("CreditGranted, CreditGranted, SigningKeyTrusted, IntakeAuthenticated");
            var guard = ledger.getBean("ledgerRefusals", HealthIndicator.class);
            assertThat(guard.health().getDetails()).isEmpty();

            send(aGrantOf(account, "1000.00", "forged"), null);
            send(Authentic.signed(aGrantOf(account, "2.00", "signed")), asProxy);
            await().atMost(SOON).until(() -> granted(ledger).endsWith("signed"));
            assertThat(granted(ledger)).isEqualTo("of 0.4.0, of a proxy that was upgraded first, signed");
            assertThat(of(ledger, "convert_from(payload, 'UTF8')::jsonb->'signature'->>'key'"))
                    .isEqualTo(Authentic.OPERATOR.id());
            assertThat(guard.health().getStatus()).as("nobody can take it down").isEqualTo(Status.UP);
            assertThat(guard.health().getDetails().toString()).contains("unauthenticated", "ledger-intake-0@4");
        }

        // At a later start only what is new in the configuration is said.
        var secret = "the next secret of the proxies from now on";
        try (var ledger = ledger(
                "--gogogoapi.ledger.order-keys.funding.public-key=" + FUNDING.publicKey(),
                "--gogogoapi.ledger.order-keys.funding.roles=FUNDING",
                // Beside the one that is there already.
                "--gogogoapi.ledger.intake-secrets.proxy-service=" + secret)) {
            await().atMost(SOON).until(() -> types(ledger).endsWith("SigningKeyTrusted"));
            send(Authentic.signed(aGrantOf(account, "2.00", "by the old secret")), asProxy);
            send(
                    Authentic.signed(aGrantOf(account, "2.00", "by the new one")),
                    new IntakeSecret(IntakeAuthor.PROXY_SERVICE, secret));
            await().atMost(SOON).until(() -> granted(ledger).endsWith("by the old secret, by the new one"));
        }
    }
}
