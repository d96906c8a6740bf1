package com.gogogoapi.embedded;

import com.gogogoapi.contracts.wire.BrokerUser;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.metadata.storage.FormatterException;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A Kafka broker (KRaft, one node, broker and controller) in this process on loopback, its data in a folder that stays.
 *
 * <p>Nobody gets in without a password. Clients log in by SCRAM as a {@link BrokerUser} and may do what is said there.
 * This process itself, which is how the node reaches itself too, logs in on two ports of their own with a password that
 * is made at every start and written nowhere; by that way the users are set up, so it does not matter whether the data
 * knows them already.
 */
public final class EmbeddedKafka implements AutoCloseable {

    private static final int NODE_ID = 1;

    private final KafkaRaftServer server;
    private final KafkaAccess process;
    private final String bootstrapServers;
    private final Map<BrokerUser, String> passwords;

    private EmbeddedKafka(
            KafkaRaftServer server, KafkaAccess process, String bootstrapServers, Map<BrokerUser, String> passwords) {
        this.server = server;
        this.process = process;
        this.bootstrapServers = bootstrapServers;
        this.passwords = passwords;
    }

    /** With the users that its data knows; without any if it is new. */
    public static EmbeddedKafka start(Path dataFolder, int port) throws IOException {
        return start(dataFolder, port, Map.of());
    }

    /**
     * @param dataFolder made and formatted if it is new; belongs to the broker alone
     * @param port on loopback; 0 for any free one
     * @param passwords of all users, or of none to leave the users as they are
     */
    public static EmbeddedKafka start(Path dataFolder, int port, Map<BrokerUser, String> passwords) throws IOException {
        Folders.makePrivate(dataFolder);
        var folder = dataFolder.toAbsolutePath().toString();
        if (!Files.exists(dataFolder.resolve("meta.properties"))) {
            format(folder);
        }
        var clientsPort = port == 0 ? FreePorts.next() : port;
        var processPort = FreePorts.next();
        var processPassword = Passwords.generate();
        var settings = settings(folder, clientsPort, processPort, FreePorts.next(), processPassword);
        var server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
        server.startup();
        var process = new KafkaAccess.Login(
                "127.0.0.1:" + processPort, KafkaAccess.Login.PLAIN, BrokerUser.ADMIN.username(), processPassword);
        var kafka = new EmbeddedKafka(server, process, "127.0.0.1:" + clientsPort, Map.copyOf(passwords));
        try {
            if (!passwords.isEmpty()) {
                new BrokerUsers(process).install(passwords, kafka.as(BrokerUser.ADMIN));
            }
            return kafka;
        } catch (IOException | RuntimeException e) {
            kafka.close();
            throw e;
        }
    }

    private static void format(String folder) throws IOException {
        try {
            new Formatter()
                    .setNodeId(NODE_ID)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setDirectories(List.of(folder))
                    .setMetadataLogDirectory(folder)
                    .setControllerListenerName("CONTROLLER")
                    .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    // What it would print is for the command line tool's users.
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .run();
        } catch (FormatterException e) {
            throw new IOException("Kafka's data folder " + folder + " could not be formatted.", e);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private static Map<String, String> settings(
            String folder, int clientsPort, int processPort, int controllerPort, String processPassword) {
        var processLogin = "org.apache.kafka.common.security.plain.PlainLoginModule required"
                + " username=\"%1$s\" password=\"%2$s\" user_%1$s=\"%2$s\";"
                        .formatted(BrokerUser.ADMIN.username(), processPassword);
        return Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", Integer.toString(NODE_ID)),
                Map.entry("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + controllerPort),
                Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry("inter.broker.listener.name", "PROCESS"),
                Map.entry(
                        "listeners",
                        "CLIENTS://127.0.0.1:%d,PROCESS://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d"
                                .formatted(clientsPort, processPort, controllerPort)),
                Map.entry(
                        "advertised.listeners",
                        "CLIENTS://127.0.0.1:%d,PROCESS://127.0.0.1:%d".formatted(clientsPort, processPort)),
                Map.entry(
                        "listener.security.protocol.map",
                        "CLIENTS:SASL_PLAINTEXT,PROCESS:SASL_PLAINTEXT,CONTROLLER:SASL_PLAINTEXT"),
                Map.entry("listener.name.clients.sasl.enabled.mechanisms", KafkaAccess.Login.SCRAM),
                Map.entry(
                        "listener.name.clients.scram-sha-512.sasl.jaas.config",
                        "org.apache.kafka.common.security.scram.ScramLoginModule required;"),
                Map.entry("listener.name.process.sasl.enabled.mechanisms", KafkaAccess.Login.PLAIN),
                Map.entry("listener.name.process.plain.sasl.jaas.config", processLogin),
                Map.entry("listener.name.controller.sasl.enabled.mechanisms", KafkaAccess.Login.PLAIN),
                Map.entry("listener.name.controller.plain.sasl.jaas.config", processLogin),
                Map.entry("sasl.mechanism.inter.broker.protocol", KafkaAccess.Login.PLAIN),
                Map.entry("sasl.mechanism.controller.protocol", KafkaAccess.Login.PLAIN),
                Map.entry("authorizer.class.name", StandardAuthorizer.class.getName()),
                Map.entry("allow.everyone.if.no.acl.found", "false"),
                Map.entry("super.users", BrokerUser.ADMIN.principal()),
                Map.entry("log.dirs", folder),
                Map.entry("auto.create.topics.enable", "false"),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("offsets.topic.num.partitions", "4"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("transaction.state.log.num.partitions", "4"),
                Map.entry("share.coordinator.state.topic.replication.factor", "1"),
                Map.entry("share.coordinator.state.topic.min.isr", "1"),
                Map.entry("share.coordinator.state.topic.num.partitions", "4"),
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                // A broker killed with -9 is fenced until its old session ends: keep that short.
                Map.entry("broker.session.timeout.ms", "3000"),
                Map.entry("broker.heartbeat.interval.ms", "1000"),
                // Each of these threads wakes three times a second for nothing; the defaults are for a machine of its
                // own.
                Map.entry("num.io.threads", "4"),
                // Nor is there another controller to be kept up to date twice a second.
                Map.entry("metadata.max.idle.interval.ms", "5000"),
                Map.entry("num.network.threads", "2"),
                Map.entry("listener.name.process.num.network.threads", "1"),
                Map.entry("listener.name.controller.num.network.threads", "1"),
                Map.entry("group.coordinator.threads", "1"),
                Map.entry("share.coordinator.threads", "1"),
                Map.entry("log.cleaner.dedupe.buffer.size", "16777216"),
                Map.entry("controlled.shutdown.max.retries", "1"));
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** As this process: a super user as long as it lives, whatever users the broker knows. */
    public KafkaAccess asProcess() {
        return process;
    }

    /** As one of the users whose passwords it was started with. */
    public KafkaAccess.Login as(BrokerUser user) {
        var password = passwords.get(user);
        if (password == null) {
            throw new IllegalStateException("the broker was started without a password of " + user.username());
        }
        return new KafkaAccess.Login(bootstrapServers, KafkaAccess.Login.SCRAM, user.username(), password);
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
