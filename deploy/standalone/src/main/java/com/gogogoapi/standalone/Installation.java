package com.gogogoapi.standalone;

import com.gogogoapi.account.AccountService;
import com.gogogoapi.contracts.wire.BrokerUser;
import com.gogogoapi.contracts.wire.IntakeAuthor;
import com.gogogoapi.embedded.Database;
import com.gogogoapi.embedded.EmbeddedKafka;
import com.gogogoapi.embedded.EmbeddedPostgres;
import com.gogogoapi.embedded.KafkaAccess;
import com.gogogoapi.funding.FundingService;
import com.gogogoapi.ledger.LedgerService;
import com.gogogoapi.pricing.PricingService;
import com.gogogoapi.proxy.ProxyService;
import com.gogogoapi.quote.QuoteService;
import com.gogogoapi.simulator.UpstreamSimulator;
import com.gogogoapi.usage.UsageService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** All parts, started one after the other and stopped in reverse. */
final class Installation implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Installation.class);
    private static final String DEEPSEEK = "https://api.deepseek.com";

    private final Deque<Part> parts = new ArrayDeque<>();
    private final Options options;
    private final Secrets secrets;
    private final Consumer<String> progress;

    private record Part(String name, AutoCloseable closing) {}

    Installation(Options options, Secrets secrets, Consumer<String> progress) {
        this.options = options;
        this.secrets = secrets;
        this.progress = progress;
    }

    /** Starts everything and tells how to reach it, for {@code access.json}. */
    Map<String, String> start(Map<String, String> earlier) throws IOException, SQLException {
        var data = options.data();
        var postgres = EmbeddedPostgres.start(data.resolve("postgres"), port(earlier.get("postgres_url")));
        started("PostgreSQL", postgres);
        var kafka = EmbeddedKafka.start(
                data.resolve("kafka"), port(earlier.get("kafka_bootstrap_servers")), secrets.kafkaPasswords());
        started("Kafka", kafka);

        var upstream = upstream();
        var pricing = service(
                PricingService.application(),
                kafka.as(BrokerUser.PRICING_SERVICE),
                database(postgres, "pricing"),
                Map.of());
        var account = service(
                AccountService.application(),
                kafka.as(BrokerUser.ACCOUNT_SERVICE),
                database(postgres, "account"),
                Map.of(
                        "gogogoapi.account.invitations.public-url",
                        "http://localhost:" + options.port(),
                        "gogogoapi.account.sign-in.mail-folder",
                        data.resolve("mail").toString(),
                        "gogogoapi.account.sign-up.allowed",
                        "true"));
        var quote = service(
                QuoteService.application(),
                kafka.as(BrokerUser.QUOTE_SERVICE),
                null,
                Map.of(
                        "gogogoapi.quote.signing-keys",
                        secrets.quoteSigningKey(),
                        "gogogoapi.intake-secret",
                        secrets.intakeSecret(IntakeAuthor.QUOTE_SERVICE)));
        var ledgerDatabase = database(postgres, "ledger");
        var ledger = service(
                LedgerService.application(),
                kafka.as(BrokerUser.LEDGER_SERVICE),
                ledgerDatabase,
                Map.of(
                        "gogogoapi.ledger.signing.key",
                        secrets.ledgerSigningKey(),
                        "gogogoapi.ledger.signing.checkpoint-file",
                        data.resolve("checkpoints.jsonl").toString(),
                        "gogogoapi.intake-secret",
                        secrets.intakeSecret(IntakeAuthor.LEDGER_SERVICE),
                        "gogogoapi.ledger.intake-secrets.quote-service",
                        secrets.intakeSecret(IntakeAuthor.QUOTE_SERVICE),
                        "gogogoapi.ledger.intake-secrets.proxy-service",
                        secrets.intakeSecret(IntakeAuthor.PROXY_SERVICE),
                        "gogogoapi.ledger.intake-secrets.funding-service",
                        secrets.intakeSecret(IntakeAuthor.FUNDING_SERVICE),
                        "gogogoapi.ledger.order-keys.operator.public-key",
                        secrets.orderPublicKey(),
                        "gogogoapi.ledger.order-keys.funding.public-key",
                        secrets.fundingOrderPublicKey(),
                        "gogogoapi.ledger.order-keys.funding.roles",
                        "FUNDING"));
        var usage = service(
                UsageService.application(), kafka.as(BrokerUser.USAGE_SERVICE), database(postgres, "usage"), Map.of());
        var chain = testChain(port(earlier.get("chain_url")));
        var funding = service(
                FundingService.application(),
                kafka.as(BrokerUser.FUNDING_SERVICE),
                database(postgres, "funding"),
                fundingSettings(ledger, usage, chain));
        var addresses = Map.of(
                "gogogoapi.proxy.pricing-url", pricing,
                "gogogoapi.proxy.account-url", account,
                "gogogoapi.proxy.quote-url", quote,
                "gogogoapi.proxy.ledger-url", ledger,
                "gogogoapi.proxy.usage-url", usage,
                "gogogoapi.proxy.funding-url", funding,
                "gogogoapi.proxy.upstream.base-url", upstream);
        service(
                ProxyService.application(),
                kafka.as(BrokerUser.PROXY_SERVICE),
                database(postgres, "proxy"),
                proxySettings(addresses));

        var access = new LinkedHashMap<String, String>();
        access.put("base_url", "http://localhost:" + options.port());
        access.put("operator_url", options.operatorUrl());
        access.put("operator_token", secrets.operatorToken());
        access.put("auditor_token", secrets.auditorToken());
        var kafkaAsAuditor = kafka.as(BrokerUser.AUDITOR);
        access.put("kafka_bootstrap_servers", kafkaAsAuditor.bootstrapServers());
        access.put("kafka_security_protocol", KafkaAccess.Login.PROTOCOL);
        access.put("kafka_sasl_mechanism", kafkaAsAuditor.mechanism());
        access.put("kafka_username", kafkaAsAuditor.username());
        access.put("kafka_password", kafkaAsAuditor.password());
        access.put(
                "postgres_url",
                postgres.readOnly("ledger", Secrets.AUDITOR_ROLE, secrets.postgresPassword(Secrets.AUDITOR_ROLE))
                        .urlWithLogin());
        access.put("upstream_url", upstream);
        chain.ifPresent(running -> access.put("chain_url", running.url()));
        return access;
    }

    private Database database(EmbeddedPostgres postgres, String name) throws SQLException {
        return postgres.database(name, secrets.postgresPassword(name));
    }

    /** It is there to be tried: without it everything else works. */
    private Optional<TestChain> testChain(int port) {
        if (!options.hasTestChain()) {
            if (options.hasRealUpstream()) {
                progress.accept("No test chain: what its tokens buy would cost");
            }
            return Optional.empty();
        }
        try {
            var chain = TestChain.start(options.data().resolve("chain"), port);
            started("Test chain", chain);
            return Optional.of(chain);
        } catch (IOException | RuntimeException e) {
            log.error("the test chain did not start", e);
            progress.accept("No test chain: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** Chains that are worth something come of the environment, as all that is not said here. */
    private Map<String, String> fundingSettings(String ledger, String usage, Optional<TestChain> chain) {
        var settings = new LinkedHashMap<String, String>();
        settings.put("gogogoapi.intake-secret", secrets.intakeSecret(IntakeAuthor.FUNDING_SERVICE));
        settings.put("gogogoapi.funding.ledger-url", ledger);
        settings.put("gogogoapi.funding.telling.usage-url", usage);
        settings.put("gogogoapi.funding.order-key", secrets.fundingOrderKey());
        settings.put("gogogoapi.funding.test-extended-public-key", secrets.testExtendedPublicKey());
        chain.ifPresent(running -> {
            settings.put("gogogoapi.funding.chains.local.rpc-urls", running.url());
            settings.put("gogogoapi.funding.chains.local.test-faucet", "true");
        });
        return settings;
    }

    private Map<String, String> proxySettings(Map<String, String> addresses) {
        var settings = new LinkedHashMap<>(addresses);
        settings.put("server.port", Integer.toString(options.port()));
        settings.put("server.address", "");
        settings.put("gogogoapi.intake-secret", secrets.intakeSecret(IntakeAuthor.PROXY_SERVICE));
        settings.put("gogogoapi.proxy.operator.order-key", secrets.orderKey());
        options.operatorPort().ifPresent(operators -> {
            settings.put("gogogoapi.proxy.operator.port", Integer.toString(operators));
            settings.put("gogogoapi.proxy.operator.address", "127.0.0.1");
        });
        settings.put("management.server.port", "0");
        settings.put("management.server.address", "127.0.0.1");
        settings.put("gogogoapi.proxy.operator-token", secrets.operatorToken());
        settings.put("gogogoapi.proxy.auditor-token", secrets.auditorToken());
        settings.put("gogogoapi.proxy.upstream.api-key", upstreamKey());
        settings.put(
                "gogogoapi.proxy.outbox.folder",
                options.data().resolve("outbox").toString());
        return settings;
    }

    private String upstream() throws IOException {
        if (options.upstream().isPresent()) {
            progress.accept("Upstream: " + options.upstream().get());
            return options.upstream().get().toString();
        }
        if (options.hasRealUpstream()) {
            progress.accept("Upstream: DeepSeek");
            return DEEPSEEK;
        }
        var simulator = UpstreamSimulator.start(0);
        started("Upstream: a simulator, since DEEPSEEK_API_KEY is not set", simulator);
        return simulator.baseUrl();
    }

    private static String upstreamKey() {
        var key = System.getenv("DEEPSEEK_API_KEY");
        return key == null ? "no-key" : key;
    }

    /** Starts a service on a port of its own and tells its address. */
    private String service(
            SpringApplicationBuilder application,
            KafkaAccess kafka,
            @org.jspecify.annotations.Nullable Database database,
            Map<String, String> more)
            throws IOException {
        var properties = new LinkedHashMap<String, String>();
        properties.put("server.port", "0");
        properties.put("server.address", "127.0.0.1");
        properties.putAll(kafka.serviceSettings());
        properties.put("gogogoapi.internal-secret", secrets.internalSecret());
        properties.put("gogogoapi.instance-id", "standalone");
        if (database != null) {
            properties.put("spring.datasource.url", database.jdbcUrl());
            properties.put("spring.datasource.username", database.username());
            properties.put("spring.datasource.password", database.password());
        }
        properties.putAll(more);
        var context = application
                .registerShutdownHook(false)
                .run(properties.entrySet().stream()
                        .map(property -> "--" + property.getKey() + "=" + property.getValue())
                        .toArray(String[]::new));
        started(context.getEnvironment().getRequiredProperty("spring.application.name"), context);
        return "http://127.0.0.1:" + portOf(context);
    }

    private static int portOf(ConfigurableApplicationContext context) {
        var server = ((WebServerApplicationContext) context).getWebServer();
        if (server == null) {
            throw new IllegalStateException("A service must have a web server.");
        }
        return server.getPort();
    }

    /** The port that something had before, to have it again: what was configured with it goes on working. */
    private static int port(@org.jspecify.annotations.Nullable String address) {
        if (address == null) {
            return 0;
        }
        var matcher = java.util.regex.Pattern.compile(":([0-9]{1,5})(/|$)").matcher(address);
        var port = matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
        return port != 0 && isFree(port) ? port : 0;
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private void started(String name, AutoCloseable part) {
        parts.push(new Part(name, part));
        progress.accept(name);
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            var part = parts.pop();
            try {
                part.closing().close();
            } catch (Exception e) {
                // The others are to be stopped all the same.
                log.error("{} did not stop cleanly", part.name(), e);
            }
        }
    }
}
