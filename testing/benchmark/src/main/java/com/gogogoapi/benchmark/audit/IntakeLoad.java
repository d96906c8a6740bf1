package com.gogogoapi.benchmark.audit;

import static com.gogogoapi.fixtures.Grants.aGrantOf;
import static com.gogogoapi.fixtures.Requests.aQuoteOf;
import static com.gogogoapi.fixtures.Requests.theEndOf;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import com.gogogoapi.contracts.ledger.intake.CreditIntake;
import com.gogogoapi.contracts.ledger.intake.GrantTerms;
import com.gogogoapi.contracts.ledger.intake.Outcome;
import com.gogogoapi.contracts.ledger.intake.QuoteRequested;
import com.gogogoapi.contracts.ledger.intake.UpstreamCompleted;
import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.contracts.messaging.EventMetadata;
import com.gogogoapi.contracts.pricing.PriceVersions;
import com.gogogoapi.contracts.pricing.RoutePricePublished;
import com.gogogoapi.contracts.pricing.TokenUsage;
import com.gogogoapi.contracts.wire.BrokerUser;
import com.gogogoapi.contracts.wire.EventRecords;
import com.gogogoapi.contracts.wire.IntakeAuthor;
import com.gogogoapi.contracts.wire.IntakeSecret;
import com.gogogoapi.contracts.wire.Topics;
import com.gogogoapi.embedded.KafkaAccess;
import com.gogogoapi.fixtures.OrderKey;
import com.gogogoapi.fixtures.Route;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Requests at the ledger's door of a running installation, as fast as it takes them: holds and their ends for some
 * hundred customers, in every way a request can end, at the prices that the installation sells at. Each brings two events.
 */
public final class IntakeLoad {

    private static final int CUSTOMERS = 500;
    private static final int OPEN_AT_ONCE = 256;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final KafkaProducer<String, byte[]> producer;
    private final IntakeSecret asProxy;
    private final IntakeSecret asQuotes;
    private final OrderKey operator;
    private final List<List<RoutePricePublished>> routes;
    private final List<AccountId> customers = new ArrayList<>();
    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(7);

    /** @param writer who may write the intake */
    private IntakeLoad(KafkaAccess writer, KafkaAccess reader, Path secrets) throws IOException {
        asProxy = secret(IntakeAuthor.PROXY_SERVICE, secrets);
        asQuotes = secret(IntakeAuthor.QUOTE_SERVICE, secrets);
        var key = read(secrets, "operator_order_key").split("\\.");
        operator = OrderKey.of(key[0], key[1]);
        var settings = new HashMap<>(writer.clientSettings());
        settings.put("linger.ms", "5");
        settings.put("compression.type", "lz4");
        producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
        routes = List.copyOf(prices(reader).stream()
                .collect(Collectors.groupingBy(RoutePricePublished::model, TreeMap::new, Collectors.toList()))
                .values());
        for (var i = 0; i < CUSTOMERS; i++) {
            customers.add(new AccountId("load_%03d".formatted(i)));
        }
    }

    /** {@code IntakeLoad DATA REQUESTS}, DATA being the folder of an installation that runs. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2) {
            System.err.println("Usage: IntakeLoad DATA REQUESTS");
            System.exit(2);
        }
        var data = Path.of(arguments[0]);
        var servers = read(data.resolve("access.json"), "kafka_bootstrap_servers");
        var secrets = data.resolve("secrets.json");
        new IntakeLoad(
                        login(servers, BrokerUser.PROXY_SERVICE, secrets),
                        login(servers, BrokerUser.QUOTE_SERVICE, secrets),
                        secrets)
                .run(Integer.parseInt(arguments[1]));
    }

    private static KafkaAccess login(String servers, BrokerUser user, Path secrets) throws IOException {
        return new KafkaAccess.Login(
                servers, KafkaAccess.Login.SCRAM, user.username(), read(secrets, "kafka_password_" + user.username()));
    }

    private static IntakeSecret secret(IntakeAuthor author, Path secrets) throws IOException {
        return new IntakeSecret(author, read(secrets, "intake_secret_" + author.service()));
    }

    private static String read(Path file, String name) throws IOException {
        return EventJson.mapper().readTree(Files.readString(file)).path(name).asString();
    }

    private void run(int requests) {
        customers.forEach(customer -> send(aGrantOf(customer, "1000.00", "load", GrantTerms.USUAL, Instant.now())));
        Deque<QuoteRequested> open = new ArrayDeque<>();
        for (var i = 0; i < requests; i++) {
            var quote = quote();
            send(quote);
            open.add(quote);
            if (open.size() > OPEN_AT_ONCE) {
                send(end(open.remove()));
            }
        }
        open.forEach(quote -> send(end(quote)));
        producer.flush();
        producer.close();
        System.out.println(2L * requests + CUSTOMERS + " records sent");
    }

    private QuoteRequested quote() {
        var prompt = random.nextLong(1, 3_000);
        var completion = random.nextLong(1, 2_000);
        var now = Instant.now();
        var versions = routes.get(random.nextInt(routes.size()));
        var price = PriceVersions.at(versions, now).orElseThrow();
        var customer = customers.get(random.nextInt(CUSTOMERS));
        return aQuoteOf(
                new Route(versions.getFirst().model(), price.version(), price.prices()),
                customer,
                TimeOrderedIds.next(),
                prompt,
                completion,
                now,
                now.plus(Duration.ofHours(1)));
    }

    private UpstreamCompleted end(QuoteRequested quote) {
        var fails = random.nextInt(20) == 0;
        var prompt = quote.promptTokens();
        // Now and then more than was held for.
        var most = quote.maxCompletionTokens() * (random.nextInt(50) == 0 ? 2 : 1);
        var usage = new TokenUsage(prompt, random.nextLong(prompt + 1), random.nextLong(most + 1));
        return fails
                ? theEndOf(quote, Outcome.UPSTREAM_FAILED, null, Instant.now())
                : theEndOf(quote, Outcome.COMPLETED, usage, Instant.now());
    }

    private void send(CreditIntake intake) {
        var record = EventRecords.record(
                Topics.LEDGER_INTAKE,
                null,
                intake.accountId().value(),
                operator.signed(intake),
                EventMetadata.of(TimeOrderedIds.next(), "/load", Instant.now()));
        (intake instanceof QuoteRequested ? asQuotes : asProxy).seal(record);
        producer.send(record);
    }

    private static List<RoutePricePublished> prices(KafkaAccess reader) {
        try (var consumer =
                new KafkaConsumer<>(reader.clientSettings(), new StringDeserializer(), new ByteArrayDeserializer())) {
            var from = new TopicPartition(Topics.ROUTE_PRICES, 0);
            consumer.assign(List.of(from));
            consumer.seekToBeginning(List.of(from));
            long end = consumer.endOffsets(List.of(from)).getOrDefault(from, 0L);
            var prices = new ArrayList<RoutePricePublished>();
            var until = System.nanoTime() + PATIENCE.toNanos();
            while (consumer.position(from) < end && System.nanoTime() < until) {
                for (var record : consumer.poll(Duration.ofMillis(200))) {
                    if (EventRecords.decode(record.headers(), record.value())
                            instanceof EventRecords.Decoded.Known(RoutePricePublished price, var metadata)) {
                        prices.add(price);
                    }
                }
            }
            if (prices.isEmpty()) {
                throw new IllegalStateException("The installation must publish prices.");
            }
            return prices;
        }
    }
}
