package com.gogogoapi.ledger;

import static org.awaitility.Awaitility.await;

import com.gogogoapi.chassis.kafka.EventPublisher;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.identity.ServiceTokens;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.intake.CreditIntake;
import com.gogogoapi.contracts.ledger.intake.LedgerIntake;
import com.gogogoapi.contracts.messaging.Event;
import com.gogogoapi.contracts.wire.BrokerUser;
import com.gogogoapi.contracts.wire.EventRecords;
import com.gogogoapi.contracts.wire.IntakeAuthor;
import com.gogogoapi.contracts.wire.Topics;
import com.gogogoapi.embedded.Database;
import com.gogogoapi.embedded.Infrastructure;
import com.gogogoapi.fixtures.Authentic;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The service as it ships, with a database of its own, on the Kafka that all tests share. */
public final class RunningLedger implements AutoCloseable {

    public static final int SHARDS = 8;

    private static final Duration SOON = Duration.ofMinutes(2);
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final int REPLY_PARTITION = 3;

    private final Database database;
    private final String[] options;
    private ConfigurableApplicationContext service;

    private RunningLedger(Database database, String... options) {
        this.database = database;
        this.options = options;
        this.service = run(SHARDS);
    }

    public static RunningLedger start(String databaseName, String... options) {
        return new RunningLedger(Infrastructure.shared().newDatabase(databaseName), options);
    }

    ConfigurableApplicationContext run(int shards) {
        var all = new ArrayList<>(List.of(options));
        all.addAll(List.of(
                "--server.port=0",
                "--spring.datasource.url=" + database.jdbcUrl(),
                "--spring.datasource.username=" + database.username(),
                "--spring.datasource.password=" + database.password(),
                "--gogogoapi.internal-secret=" + SECRET,
                "--gogogoapi.shards=" + shards));
        all.addAll(Authentic.settings(IntakeAuthor.LEDGER_SERVICE));
        return LedgerService.application()
                .run(Infrastructure.shared()
                        .kafka(BrokerUser.LEDGER_SERVICE)
                        .serviceArguments(all.toArray(String[]::new)));
    }

    void restart() {
        service.close();
        service = run(SHARDS);
    }

    public <T> T bean(Class<T> type) {
        return service.getBean(type);
    }

    public JdbcClient jdbc() {
        return bean(JdbcClient.class);
    }

    /** As the service that makes such records, and signed by the operator where it has to be. */
    public void send(LedgerIntake intake) {
        publisher(intake)
                .toLedger(Authentic.signed(intake), REPLY_PARTITION, null)
                .join();
    }

    EventPublisher publisher(LedgerIntake intake) {
        return bean(EventPublisher.class).as(Authentic.secretFor(intake));
    }

    /** Sends it and waits for the answer of that kind. */
    <E extends LedgerEvent> E decisionOn(CreditIntake intake, Class<E> kind) {
        send(intake);
        return await().atMost(SOON)
                .until(
                        () -> decisionsOn(intake).stream()
                                .filter(kind::isInstance)
                                .map(kind::cast)
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    /** Everything that was answered to it so far. */
    List<LedgerEvent> decisionsOn(CreditIntake intake) {
        return events(Topics.CREDIT_DECISIONS, REPLY_PARTITION, LedgerEvent.class).stream()
                .filter(event -> event.requestId().equals(intake.requestId()))
                .toList();
    }

    public static <E extends Event> List<E> events(String topic, int partition, Class<E> kind) {
        return records(topic, partition).stream()
                .map(record -> EventRecords.decode(record.headers(), record.value()))
                .filter(EventRecords.Decoded.Known.class::isInstance)
                .map(decoded -> ((EventRecords.Decoded.Known) decoded).event())
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    /** Everything that a partition holds now. */
    static List<ConsumerRecord<String, byte[]>> records(String topic, int partition) {
        try (var consumer = new KafkaConsumer<>(
                Infrastructure.shared().kafka().clientSettings(),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            var from = new TopicPartition(topic, partition);
            consumer.assign(List.of(from));
            consumer.seekToBeginning(List.of(from));
            var end = consumer.endOffsets(List.of(from)).get(from);
            var records = new ArrayList<ConsumerRecord<String, byte[]>>();
            while (consumer.position(from) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return records;
        }
    }

    String balanceOf(AccountId account) throws Exception {
        return get("/internal/accounts/" + account + "/balance").body();
    }

    HttpResponse<String> get(String path) throws Exception {
        var token = new ServiceTokens(SECRET, Clock.systemUTC()).issue("test", "ledger-service");
        return send(request(path).header("Authorization", "Bearer " + token));
    }

    HttpResponse<String> getWithoutToken(String path) throws Exception {
        return send(request(path));
    }

    private HttpRequest.Builder request(String path) {
        var port = ((WebServerApplicationContext) service).getWebServer().getPort();
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        service.close();
    }
}
