package com.gogogoapi.auditor;

import com.gogogoapi.auditor.source.ExportSource;
import com.gogogoapi.auditor.source.LogSource;
import com.gogogoapi.auditor.source.PostgresSource;
import com.gogogoapi.auditor.source.SourceException;
import com.gogogoapi.auditor.source.TopicSource;
import com.gogogoapi.auditor.verify.LiveStates;
import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.embedded.EmbeddedKafka;
import com.gogogoapi.embedded.EmbeddedPostgres;
import com.gogogoapi.evidence.signing.VerifyingKey;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a command line says is to be audited, opened: a running installation by its data folder, a stopped one's data
 * (with a PostgreSQL and a Kafka started on it), a database and brokers by address, or an export.
 */
final class Opened implements AutoCloseable {

    private static final String KEY_FILE = "ledger-signing-key.pub";

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private @Nullable LogSource log;
    private Optional<TopicSource> topic = Optional.empty();
    private final List<VerifyingKey> keys;
    private boolean keysAreTheInstallationsOwn;
    private LiveStates live = LiveStates.NONE;
    private String description = "";

    private Opened(List<VerifyingKey> keys) {
        this.keys = new ArrayList<>(keys);
    }

    /** @param keys by which checkpoints must be signed; empty for the one that lies beside the data */
    static Opened of(Source source, List<VerifyingKey> keys) throws IOException, SQLException {
        var opened = new Opened(keys);
        try {
            opened.open(source);
            return opened;
        } catch (IOException | SQLException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private void open(Source source) throws IOException, SQLException {
        var export = source.export();
        var jdbc = source.jdbc();
        if (export.isPresent()) {
            log = new ExportSource(export.get());
            description = "the export " + export.get();
        } else if (jdbc.isPresent()) {
            log = new PostgresSource(jdbc.get());
            description = "a database";
        } else {
            openFolder(source.data());
        }
        if (source.kafka().isPresent()) {
            topic = Optional.of(new TopicSource(kafkaSettings(source.kafka().get())));
        }
    }

    private static Map<String, Object> kafkaSettings(String addressOrFile) throws IOException {
        var file = Path.of(addressOrFile);
        if (!Files.isRegularFile(file)) {
            return Map.of("bootstrap.servers", addressOrFile);
        }
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        var settings = new HashMap<String, Object>();
        properties.stringPropertyNames().forEach(name -> settings.put(name, properties.getProperty(name)));
        return settings;
    }

    private void openFolder(Path data) throws IOException, SQLException {
        if (!Files.isDirectory(data.resolve("postgres/cluster"))) {
            throw new SourceException("The data folder must be one of gogogoapi's; " + data
                    + " has no postgres/cluster. --data names another.");
        }
        var keyFile = data.resolve(KEY_FILE);
        if (keys.isEmpty() && Files.exists(keyFile)) {
            keys.add(VerifyingKey.parsePem(Files.readString(keyFile)));
            keysAreTheInstallationsOwn = true;
        }
        var channel = FileChannel.open(data.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        open.push(channel);
        if (channel.tryLock() == null) {
            var access = EventJson.mapper().readTree(Files.readString(data.resolve("access.json")));
            log = new PostgresSource(text(access, "postgres_url"));
            topic = Optional.of(new TopicSource(kafkaAccess(access)));
            live = new HttpLiveStates(text(access, "base_url"), text(access, "auditor_token"));
            description = "the running installation in " + data;
            return;
        }
        var postgres = EmbeddedPostgres.start(data.resolve("postgres"), 0);
        open.push(postgres);
        // Whoever can start the servers on their data may read all of it; so no other's password is needed.
        log = new PostgresSource(postgres.asSuperuser("ledger").urlWithLogin());
        if (Files.isDirectory(data.resolve("kafka"))) {
            var broker = EmbeddedKafka.start(data.resolve("kafka"), 0);
            open.push(broker);
            topic = Optional.of(new TopicSource(broker.asProcess().clientSettings()));
        }
        description = "the stopped installation in " + data;
    }

    /** As the auditor; an installation that an earlier version started asks nobody who he is. */
    private static Map<String, Object> kafkaAccess(JsonNode access) {
        var servers = text(access, "kafka_bootstrap_servers");
        return access.has("kafka_username")
                ? Map.of(
                        "bootstrap.servers", servers,
                        "security.protocol", text(access, "kafka_security_protocol"),
                        "sasl.mechanism", text(access, "kafka_sasl_mechanism"),
                        "sasl.jaas.config",
                                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
                                        .formatted(text(access, "kafka_username"), text(access, "kafka_password")))
                : Map.of("bootstrap.servers", servers);
    }

    private static String text(JsonNode access, String name) {
        var value = access.path(name);
        if (!value.isString()) {
            throw new SourceException("access.json must have " + name + ".");
        }
        return value.stringValue();
    }

    LogSource log() {
        if (log == null) {
            throw new IllegalStateException("What is opened must have a log.");
        }
        return log;
    }

    Optional<TopicSource> topic() {
        return topic;
    }

    /** What a running installation itself says of its accounts. */
    LiveStates live() {
        return live;
    }

    List<VerifyingKey> keys() {
        return keys;
    }

    /** Whether nobody named a key, so that whoever can change the data folder could have changed the key too. */
    boolean keysAreTheInstallationsOwn() {
        return keysAreTheInstallationsOwn;
    }

    String description() {
        return description;
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                throw new SourceException("What was opened must close", e);
            }
        }
    }
}
