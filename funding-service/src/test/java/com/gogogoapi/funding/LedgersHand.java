package com.gogogoapi.funding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.gogogoapi.contracts.ledger.Balance;
import com.gogogoapi.contracts.ledger.CreditGranted;
import com.gogogoapi.contracts.ledger.intake.GrantRequested;
import com.gogogoapi.contracts.ledger.intake.GrantSource;
import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.wire.EventType;
import com.gogogoapi.contracts.wire.IntakeAuthor;
import com.gogogoapi.contracts.wire.IntakeSecret;
import com.gogogoapi.contracts.wire.Topics;
import com.gogogoapi.embedded.Infrastructure;
import com.gogogoapi.evidence.signing.SignedText;
import com.gogogoapi.evidence.signing.VerifyingKey;
import com.gogogoapi.fixtures.Authentic;
import com.gogogoapi.simulator.chain.LocalChain;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * What the ledger does with a deposit, on the real topic: takes a record whose maker and whose signature are right, once for each
 * account and reference, and says so when it is asked. Shared by all tests of one JVM: references tell the chains apart.
 */
final class LedgersHand implements AutoCloseable {

    private final HttpServer server;
    private final Thread reader;
    private volatile boolean running = true;

    private final Map<UUID, GrantRequested> granted = new ConcurrentHashMap<>();
    private final List<String> faults = java.util.Collections.synchronizedList(new ArrayList<>());

    /** While it decides nothing. */
    volatile boolean isAway;

    private LedgersHand(HttpServer server) {
        this.server = server;
        this.reader = Thread.ofPlatform().daemon().name("ledgers-hand").unstarted(this::read);
    }

    static LedgersHand start() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var hand = new LedgersHand(server);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/internal/accounts/", hand::answer);
            server.start();
            hand.reader.start();
            return hand;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void read() {
        var settings = new HashMap<>(Infrastructure.shared().kafka().clientSettings());
        // The service makes the topic, as it has to be.
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            await().atMost(RunningFunding.SOON)
                    .ignoreExceptions()
                    .until(() -> !consumer.partitionsFor(Topics.LEDGER_INTAKE).isEmpty());
            var partitions = consumer.partitionsFor(Topics.LEDGER_INTAKE).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (running) {
                for (var record : consumer.poll(Duration.ofMillis(100))) {
                    take(record);
                }
            }
        }
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        var type = header(record, "ce_type");
        if (!EventType.GRANT_REQUESTED.equals(EventType.named(type).orElse(null))) {
            return;
        }
        var grant = EventJson.mapper().readValue(record.value(), GrantRequested.class);
        var fault = fault(record, type, grant);
        if (fault != null) {
            faults.add(fault);
            return;
        }
        var before = granted.putIfAbsent(grant.requestId(), grant);
        if (before != null && !before.equals(grant)) {
            faults.add("another record under the reference " + grant.reference());
        }
    }

    private static String fault(ConsumerRecord<String, byte[]> record, String type, GrantRequested grant) {
        var secret = Authentic.secret(IntakeAuthor.FUNDING_SERVICE);
        if (!secret.verifies(
                record.headers().lastHeader(IntakeSecret.MAC_HEADER).value(),
                Topics.LEDGER_INTAKE,
                record.key(),
                header(record, "ce_id"),
                type,
                null,
                record.value())) {
            return "not authenticated: " + grant.reference();
        }
        var signature = grant.signature();
        var key = VerifyingKey.parse(RunningFunding.ORDER_KEY.publicKey());
        if (signature == null || !key.verifies(new SignedText(grant.text(signature.at()), signature.value()))) {
            return "not signed: " + grant.reference();
        }
        return grant.source() == GrantSource.STABLECOIN_DEPOSIT ? null : "no deposit: " + grant.reference();
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (isAway) {
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            var path = exchange.getRequestURI().getPath();
            var grant = granted.get(UUID.fromString(path.substring(path.lastIndexOf('/') + 1)));
            var data = new StringBuilder();
            if (grant != null) {
                var event = CreditGranted.of(grant, grant.requestedAt(), Balance.NONE.granted(grant.amountUsd()));
                data.append("{\"type\":\"")
                        .append(EventType.of(event).wireName())
                        .append("\",\"event\":")
                        .append(EventJson.mapper().writeValueAsString(event))
                        .append("}");
            }
            var body = ("{\"data\":[" + data + "]}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** What was credited of a chain's deposits, by reference. */
    Map<String, Usd> creditedOn(LocalChain chain) {
        assertThat(faults).isEmpty();
        var credited = new HashMap<String, Usd>();
        granted.values().stream()
                .filter(grant -> grant.reference().startsWith("eip155:" + chain.id() + "/"))
                .forEach(grant -> credited.put(grant.reference(), grant.amountUsd()));
        return credited;
    }

    @Override
    public void close() {
        running = false;
        server.stop(0);
    }
}
