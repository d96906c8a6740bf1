package com.gogogoapi.chassis.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.gogogoapi.chassis.installation.InstallationProperties;
import com.gogogoapi.contracts.wire.BrokerUser;
import com.gogogoapi.contracts.wire.Topics;
import com.gogogoapi.embedded.EmbeddedKafka;
import com.gogogoapi.embedded.Passwords;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A service does not start on topics that would lose or falsify something, and says what to do. */
@Tag("integration")
class InstalledTopicsTest {

    private static final int SHARDS = 4;
    private static final short ONE_BROKER = 1;

    @TempDir
    static Path folder;

    private static EmbeddedKafka kafka;
    private static KafkaClients asService;
    private static KafkaClients asAdmin;

    @BeforeAll
    static void start() throws Exception {
        kafka = EmbeddedKafka.start(folder, 0, Passwords.ofAllBrokerUsers());
        asService = KafkaClients.of(kafka.as(BrokerUser.PROXY_SERVICE).clientSettings(), "a-service");
        asAdmin = KafkaClients.of(kafka.as(BrokerUser.ADMIN).clientSettings(), "an-operator");
        ensure();
    }

    @AfterAll
    static void stop() {
        asService.close();
        asAdmin.close();
        kafka.close();
    }

    private static void ensure() {
        ensure(SHARDS, ONE_BROKER);
    }

    private static void ensure(int shards, short replicas) {
        InstalledTopics.ensure(
                asService, new InstallationProperties("a secret that signs nothing at all", shards, replicas, null));
    }

    @ParameterizedTest
    @CsvSource({
        "ledger-intake, message.timestamp.type, CreateTime, LogAppendTime",
        "ledger-intake, retention.ms, 3600000, at least 604800000",
        "ledger-intake, retention.bytes, 1000000, -1",
        "ledger-intake, cleanup.policy, compact, delete",
        "ledger-events, retention.ms, 604800000, -1",
        "ledger-events, cleanup.policy, compact, delete",
        "ledger-checkpoints, retention.ms, 1000, -1",
        "credit-decisions, retention.ms, 1000, at least 3600000",
        "route-prices, cleanup.policy, delete, compact",
    })
    void refusesASettingAndNamesTopicSettingFoundRequiredAndTheCommand(
            String topic, String setting, String found, String required) throws Exception {
        var before = alter(topic, setting, found);
        try {
            assertThatThrownBy(InstalledTopicsTest::ensure)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("%s: %s is %s and must be %s.".formatted(topic, setting, found, required))
                    .hasMessageContaining("kafka-configs.sh")
                    .hasMessageContaining("--entity-name " + topic + " --add-config " + setting + "=");
        } finally {
            alter(topic, setting, before);
        }
        assertThatCode(InstalledTopicsTest::ensure).doesNotThrowAnyException();
    }

    /** Longer is allowed, and for ever is longer. */
    @Test
    void acceptsMoreThanIsRequired() throws Exception {
        var before = alter(Topics.LEDGER_INTAKE, "retention.ms", "-1");
        assertThatCode(InstalledTopicsTest::ensure).doesNotThrowAnyException();
        alter(Topics.LEDGER_INTAKE, "retention.ms", before);
    }

    @Test
    void refusesAnotherNumberOfPartitions() {
        assertThatThrownBy(() -> ensure(SHARDS + 1, ONE_BROKER))
                .hasMessageContaining("ledger-intake: partitions is 4 and must be 5.")
                .hasMessageContaining("gogogoapi.shards=4")
                .hasMessageContaining("credit-decisions: partitions is 4 and must be 5.")
                .hasMessageContaining("kafka-topics.sh");
        assertThatThrownBy(() -> ensure(SHARDS - 1, ONE_BROKER))
                .hasMessageContaining("ledger-intake: partitions is 4 and must be 3.");
    }

    @Test
    void refusesATopicOfOnePartitionThatHasMore(@TempDir Path another) throws Exception {
        try (var broker = EmbeddedKafka.start(another, 0, Passwords.ofAllBrokerUsers());
                var admin = KafkaClients.of(broker.as(BrokerUser.ADMIN).clientSettings(), "an-operator")) {
            var installation =
                    new InstallationProperties("a secret that signs nothing at all", SHARDS, ONE_BROKER, null);
            InstalledTopics.ensure(admin, installation);
            try (var client = admin.newAdmin()) {
                client.createPartitions(Map.of(Topics.ROUTE_PRICES, NewPartitions.increaseTo(2)))
                        .all()
                        .get();
                // The controller has it by now; whoever asks the broker next may still be told of one.
                await().atMost(Duration.ofMinutes(2))
                        .until(() -> client.describeTopics(List.of(Topics.ROUTE_PRICES))
                                        .allTopicNames()
                                        .get()
                                        .get(Topics.ROUTE_PRICES)
                                        .partitions()
                                        .size()
                                == 2);
            }
            assertThatThrownBy(() -> InstalledTopics.ensure(admin, installation))
                    .hasMessageContaining("route-prices: partitions is 2 and must be 1.");
        }
    }

    /** As found where an installation is moved to a cluster, or was made before there were three brokers. */
    @Test
    void refusesFewerCopiesThanConfigured() {
        assertThatThrownBy(() -> ensure(SHARDS, (short) 3))
                .hasMessageContaining("ledger-intake: replication is 1 and must be 3.")
                .hasMessageContaining("kafka-reassign-partitions.sh")
                .hasMessageContaining("ledger-intake: min.insync.replicas is 1 and must be at least 2.");
    }

    @Test
    void makesTopicsSoThatWhatIsAcknowledgedIsOnTwoBrokers() {
        for (var topic : RequiredTopic.all(SHARDS, (short) 3)) {
            assertThat(topic.toBeMade().configs()).as(topic.name()).containsEntry("min.insync.replicas", "2");
        }
        for (var topic : RequiredTopic.all(SHARDS, ONE_BROKER)) {
            assertThat(topic.toBeMade().configs()).as(topic.name()).containsEntry("min.insync.replicas", "1");
        }
        assertThat(RequiredTopic.all(SHARDS, ONE_BROKER).stream().map(RequiredTopic::name))
                .containsExactlyInAnyOrderElementsOf(Topics.ALL);
    }

    /** @return what it was before */
    private static String alter(String topic, String setting, String value) throws Exception {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (var admin = asAdmin.newAdmin()) {
            var before = admin.describeConfigs(List.of(resource))
                    .all()
                    .get()
                    .get(resource)
                    .get(setting)
                    .value();
            admin.incrementalAlterConfigs(Map.of(
                            resource,
                            List.of(new AlterConfigOp(new ConfigEntry(setting, value), AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
            await().atMost(Duration.ofMinutes(2)).until(() -> admin.describeConfigs(List.of(resource))
                    .all()
                    .get()
                    .get(resource)
                    .get(setting)
                    .value()
                    .equals(value));
            return before;
        }
    }
}
