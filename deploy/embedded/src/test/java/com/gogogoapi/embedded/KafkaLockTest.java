package com.gogogoapi.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.gogogoapi.contracts.wire.BrokerUser;
import com.gogogoapi.contracts.wire.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody writes what is not his to write, and nobody without a password reads anything. */
@Tag("integration")
@Tag("slow")
class KafkaLockTest {

    @TempDir
    static Path folder;

    private static EmbeddedKafka kafka;

    @BeforeAll
    static void start() throws Exception {
        kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0, Passwords.ofAllBrokerUsers());
        try (var admin = Admin.create(kafka.as(BrokerUser.ADMIN).clientSettings())) {
            admin.createTopics(Topics.ALL.stream()
                            .map(topic -> new NewTopic(topic, 1, (short) 1))
                            .toList())
                    .all()
                    .get();
        }
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void takesNoRecordOfWhoDoesNotSayWhoHeIs() {
        var before = intakeEnd();
        assertThat(Outsider.writes(new KafkaAccess.Open(kafka.bootstrapServers()), Topics.LEDGER_INTAKE))
                .isInstanceOf(TimeoutException.class);
        assertThat(intakeEnd()).isEqualTo(before);
    }

    @Test
    void takesNoRecordOfAWrongPasswordOrAnUnknownUser() {
        var before = intakeEnd();
        for (var user : List.of("proxy-service", "admin", "nobody")) {
            assertThat(Outsider.writes(login(user, "a guess"), Topics.LEDGER_INTAKE))
                    .as(user)
                    .isInstanceOf(SaslAuthenticationException.class);
        }
        assertThat(intakeEnd()).isEqualTo(before);
    }

    /** Who may write what, in one table; all else is refused. */
    @Test
    void letsEachWriteItsOwnTopicsAlone() {
        var may = Map.of(
                BrokerUser.AUDITOR, Set.<String>of(),
                BrokerUser.PRICING_SERVICE, Set.of(Topics.ROUTE_PRICES, Topics.DEAD_LETTERS),
                BrokerUser.ACCOUNT_SERVICE, Set.of(Topics.API_KEYS, Topics.DEAD_LETTERS),
                BrokerUser.USAGE_SERVICE, Set.of(Topics.DEAD_LETTERS),
                BrokerUser.QUOTE_SERVICE, Set.of(Topics.LEDGER_INTAKE, Topics.DEAD_LETTERS),
                BrokerUser.PROXY_SERVICE, Set.of(Topics.LEDGER_INTAKE, Topics.DEAD_LETTERS),
                BrokerUser.FUNDING_SERVICE, Set.of(Topics.LEDGER_INTAKE, Topics.DEAD_LETTERS),
                BrokerUser.LEDGER_SERVICE,
                        Set.of(
                                Topics.LEDGER_INTAKE,
                                Topics.LEDGER_EVENTS,
                                Topics.CREDIT_DECISIONS,
                                Topics.LEDGER_CHECKPOINTS,
                                Topics.DEAD_LETTERS));
        var everybodyElse = new HashSet<>(Set.of(BrokerUser.values()));
        everybodyElse.removeAll(may.keySet());
        assertThat(everybodyElse).containsExactly(BrokerUser.ADMIN);
        may.forEach((user, topics) -> {
            for (var topic : Topics.ALL) {
                var refusal = Outsider.writes(kafka.as(user), topic);
                if (topics.contains(topic)) {
                    assertThat(refusal).as(user + " writes " + topic).isNull();
                } else {
                    // Who may write nothing at all is refused before any topic is looked at.
                    assertThat(refusal).as(user + " writes " + topic).isInstanceOf(AuthorizationException.class);
                }
            }
        });
    }

    @Test
    void letsTheAuditorReadEverythingInGroupsOfItsOwn() {
        var auditor = kafka.as(BrokerUser.AUDITOR);
        for (var topic : Topics.ALL) {
            assertThat(partitionsSeen(auditor, topic)).as(topic).isEqualTo(1);
        }
        try (var consumer = consumer(auditor.clientSettings(Map.of("group.id", "auditor-tool")))) {
            consumer.subscribe(Topics.ALL);
            assertThat(consumer.poll(Duration.ofMillis(100))).isNotNull();
        }
        try (var consumer = consumer(auditor.clientSettings(Map.of("group.id", "ledger-service")))) {
            consumer.subscribe(List.of(Topics.LEDGER_INTAKE));
            assertThatThrownBy(() -> consumer.poll(Duration.ofSeconds(5)))
                    .isInstanceOf(GroupAuthorizationException.class);
        }
    }

    @Test
    void letsNoServiceChangeOrDeleteATopicOrGiveItselfRights() {
        for (var user : List.of(BrokerUser.LEDGER_SERVICE, BrokerUser.PROXY_SERVICE, BrokerUser.AUDITOR)) {
            try (var client = Admin.create(kafka.as(user).clientSettings())) {
                var all = List.of(
                        client.deleteTopics(List.of(Topics.LEDGER_EVENTS)).all(),
                        client.createAcls(BrokerUser.LEDGER_SERVICE.rights()).all());
                for (var attempt : all) {
                    assertThatThrownBy(() -> attempt.get(60, TimeUnit.SECONDS))
                            .as(user.username())
                            .hasRootCauseInstanceOf(AuthorizationException.class);
                }
            }
        }
    }

    /** The port at which the node itself is reached: a record written there would be obeyed by the broker. */
    @Test
    void letsNobodyInThroughTheNodesOwnPorts() throws Exception {
        for (var port : ownPorts()) {
            for (var user : List.of("admin", "ledger-service")) {
                var guess = new KafkaAccess.Login("127.0.0.1:" + port, KafkaAccess.Login.PLAIN, user, "a guess");
                assertThat(Outsider.writes(guess, Topics.LEDGER_INTAKE))
                        .as("port " + port)
                        .isInstanceOf(SaslAuthenticationException.class);
            }
            var open = new KafkaAccess.Open("127.0.0.1:" + port);
            // The controllers' says which requests it knows, and refuses every one.
            assertThat(Outsider.writes(open, Topics.LEDGER_INTAKE))
                    .isInstanceOfAny(TimeoutException.class, UnsupportedVersionException.class);
        }
    }

    @Test
    void keepsItsDataFromOthers() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("kafka"))))
                .isEqualTo("rwx------");
    }

    private static Set<String> ownPorts() throws Exception {
        try (var admin = Admin.create(kafka.as(BrokerUser.ADMIN).clientSettings())) {
            var broker = new ConfigResource(ConfigResource.Type.BROKER, "1");
            var settings = admin.describeConfigs(List.of(broker)).all().get().get(broker);
            var clientsPort = kafka.bootstrapServers().replaceAll(".*:", "");
            var ports = Pattern.compile(":(\\d+)")
                    .matcher(settings.get("listeners").value())
                    .results()
                    .map(match -> match.group(1))
                    .filter(port -> !port.equals(clientsPort))
                    .collect(Collectors.toSet());
            assertThat(ports).hasSize(2);
            return ports;
        }
    }

    private static KafkaAccess login(String user, String password) {
        return new KafkaAccess.Login(kafka.bootstrapServers(), KafkaAccess.Login.SCRAM, user, password);
    }

    private static KafkaConsumer<String, String> consumer(Map<String, Object> settings) {
        return new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
    }

    private static int partitionsSeen(KafkaAccess access, String topic) {
        try (var consumer = consumer(access.clientSettings())) {
            return consumer.endOffsets(List.of(new TopicPartition(topic, 0))).size();
        }
    }

    private static long intakeEnd() {
        try (var consumer = consumer(kafka.as(BrokerUser.ADMIN).clientSettings())) {
            var partition = new TopicPartition(Topics.LEDGER_INTAKE, 0);
            return consumer.endOffsets(List.of(partition)).get(partition);
        }
    }
}
