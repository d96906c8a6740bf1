package com.gogogoapi.usage;

import static com.gogogoapi.contracts.money.Usd.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.gogogoapi.chassis.kafka.EventPublisher;
import com.gogogoapi.chassis.kafka.KafkaClients;
import com.gogogoapi.contracts.funding.DepositChanges;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.Balance;
import com.gogogoapi.contracts.ledger.CreditGranted;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.intake.GrantSource;
import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.contracts.messaging.EventMetadata;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.pricing.RoutePricePublished;
import com.gogogoapi.contracts.wire.EventRecords;
import com.gogogoapi.contracts.wire.ServiceHeaders;
import com.gogogoapi.contracts.wire.Topics;
import com.gogogoapi.embedded.Infrastructure;
import com.gogogoapi.fixtures.MadeHistory.Made;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A usage-service, a mail server, and the server of customers to which webhooks go; all events are of one shard. */
final class AlertedInstallation implements AutoCloseable {

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final String CODE = "Confirm this address";
    private static final EventPublisher PRICES = KafkaClients.of(
                    Infrastructure.shared().kafka().clientSettings(), "made-prices")
            .publisher(Clock.systemUTC(), "/pricing-service");

    private final int shard;
    private final HttpServer customers;
    private final GreenMail mails;
    private final RunningUsage usage;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private long sequence;

    /** What arrived at a customer's. */
    record Received(String path, HttpHeaders headers, String body) {

        JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }
    }

    private AlertedInstallation(int shard, HttpServer customers, GreenMail mails, RunningUsage usage) {
        this.shard = shard;
        this.customers = customers;
        this.mails = mails;
        this.usage = usage;
        customers.createContext("/", this::receive);
        // One that answers slowly holds up none of the others.
        customers.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        customers.start();
    }

    static AlertedInstallation start(int shard, String database) {
        var mails = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mails.start();
        try {
            return new AlertedInstallation(
                    shard,
                    HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0),
                    mails,
                    RunningUsage.start(
                            Infrastructure.shared().newDatabase(database),
                            "--gogogoapi.usage.webhooks.allow-private=true",
                            "--gogogoapi.usage.webhooks.retry-after=100ms,200ms",
                            "--spring.mail.host=127.0.0.1",
                            "--spring.mail.port=" + mails.getSmtp().getPort()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A path with {@code broken} in it takes nothing, one with {@code gone} is none any more, one with {@code picky} no low credit. */
    private void receive(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        received.add(new Received(path, HttpHeaders.of(exchange.getRequestHeaders(), (name, value) -> true), body));
        var isRefused = path.contains("broken") || path.contains("picky") && body.contains("credit.low");
        exchange.sendResponseHeaders(path.contains("gone") ? 410 : isRefused ? 500 : 204, -1);
        exchange.close();
    }

    String url(String path) {
        return "http://127.0.0.1:" + customers.getAddress().getPort() + path;
    }

    /** Whoever asks for an account. */
    final class Customer {

        private final String account;

        private Customer(String account) {
            this.account = account;
        }

        JsonNode send(String method, String path, String body) {
            var answer = usage.send(method, "/internal" + path, Map.of("gogogoapi-account", account), body);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return JsonMapper.shared().readTree(answer.body());
        }

        /** What is refused, and with which status. */
        String refused(int status, String method, String path, String body) {
            var answer = usage.send(method, "/internal" + path, Map.of("gogogoapi-account", account), body);
            assertThat(answer.statusCode()).as(body + ": " + answer.body()).isEqualTo(status);
            return answer.body();
        }

        /** Who sees only his own of the account. */
        String refusedToDeveloper(String path) {
            var answer = usage.send(
                    "GET",
                    "/internal" + path,
                    Map.of(
                            ServiceHeaders.ACCOUNT,
                            account,
                            ServiceHeaders.ROLE,
                            "developer",
                            ServiceHeaders.MEMBER,
                            new UUID(1, 2).toString()));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
            return answer.body();
        }

        /** Has alerts go to an address, whose code is read there. */
        void confirmed(String email, String settings) {
            var codes = mailed(email).size();
            send("PUT", "/alerts", settings);
            assertThat(mailed(email)).hasSize(codes + 1);
            send(
                    "POST",
                    "/alerts/confirmation",
                    "{\"code\":\"" + mailed(email).getLast().code() + "\"}");
        }

        /** A webhook of all alerts at that path. */
        JsonNode webhook(String path) {
            return send("POST", "/webhooks", "{\"url\":\"" + url(path) + "\"}");
        }
    }

    Customer customer(String account) {
        return new Customer(account);
    }

    List<Received> received(String path) {
        return received.stream().filter(one -> one.path().equals(path)).toList();
    }

    /** Exactly so many, in the order in which they came. */
    List<Received> awaitReceived(String path, int count) {
        await().atMost(SOON).untilAsserted(() -> assertThat(received(path)).hasSize(count));
        return received(path);
    }

    /** A mail as it arrived. */
    record Mail(String to, String subject, String text) {

        /** The code in it, a line of its own. */
        String code() {
            return text.lines()
                    .filter(line -> line.matches("[A-Z2-9]{8}"))
                    .findFirst()
                    .orElseThrow();
        }

        static Mail of(MimeMessage message) {
            try {
                return new Mail(
                        message.getAllRecipients()[0].toString(),
                        message.getSubject(),
                        message.getContent().toString());
            } catch (MessagingException e) {
                throw new IllegalStateException(e);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** All that was mailed to an address. */
    List<Mail> mailed(String address) {
        return Arrays.stream(mails.getReceivedMessages())
                .map(Mail::of)
                .filter(mail -> mail.to().equals(address))
                .toList();
    }

    /** The subjects of what was mailed to an address, but for codes. */
    List<String> mails(String address) {
        return mailed(address).stream()
                .map(Mail::subject)
                .filter(subject -> !subject.equals(CODE))
                .toList();
    }

    List<String> awaitMails(String address, int count) {
        await().atMost(SOON).untilAsserted(() -> assertThat(mails(address)).hasSize(count));
        return mails(address);
    }

    /** Publishes events as the next ones of the shard. */
    void publish(List<LedgerEvent> events) {
        var made = new ArrayList<Made>();
        for (var event : events) {
            sequence++;
            made.add(new Made(shard, sequence, event));
        }
        RunningUsage.publish(made);
    }

    /** Publishes an event after which so much is left, and says which it is. */
    long left(String account, String available, String held) {
        var balance = new Balance(
                usd(available), usd(held), 0, Usd.ZERO, usd(available).plus(usd(held)), null, null);
        publish(List.of(new CreditGranted(
                new AccountId(account),
                new UUID(shard, sequence + 1),
                usd("0.01"),
                GrantSource.OPERATOR_GRANT,
                "reference " + sequence,
                "test",
                Instant.parse("2026-06-01T00:00:00Z").plusSeconds(sequence),
                balance,
                null,
                null,
                null,
                null,
                null)));
        return sequence;
    }

    void publishPrice(RoutePricePublished price) {
        PRICES.send(EventRecords.record(
                        Topics.ROUTE_PRICES,
                        null,
                        price.priceVersion(),
                        price,
                        new EventMetadata(
                                UUID.nameUUIDFromBytes(price.priceVersion().getBytes(StandardCharsets.UTF_8)),
                                "/pricing-service",
                                price.publishedAt(),
                                null,
                                null,
                                null,
                                null)))
                .join();
    }

    /** Passes on what became of deposits, as the funding-service does. */
    void pass(int status, DepositChanges changes) {
        var answer = usage.send(
                "POST",
                "/internal/deposit-changes",
                Map.of(),
                EventJson.mapper().writeValueAsString(changes));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    }

    long lastSequence() {
        return sequence;
    }

    void awaitAllRead() {
        usage.awaitSequence(shard, sequence);
    }

    /** Has everything read anew. */
    void rebuild() {
        awaitAllRead();
        usage.rebuild();
        awaitAllRead();
    }

    @Override
    public void close() {
        usage.close();
        mails.stop();
        customers.stop(0);
    }
}
