package com.gogogoapi.auditor;

import com.gogogoapi.auditor.source.Shards;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.intake.Correction;
import com.gogogoapi.contracts.ledger.intake.CreditIntake;
import com.gogogoapi.contracts.ledger.intake.CreditRevocationRequested;
import com.gogogoapi.contracts.ledger.intake.GrantExpiryDue;
import com.gogogoapi.contracts.ledger.intake.GrantRequested;
import com.gogogoapi.contracts.ledger.intake.GrantSource;
import com.gogogoapi.contracts.ledger.intake.HoldExpiryDue;
import com.gogogoapi.contracts.ledger.intake.Outcome;
import com.gogogoapi.contracts.ledger.intake.QuoteRequested;
import com.gogogoapi.contracts.ledger.intake.UpstreamCompleted;
import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.money.UsdPerMillion;
import com.gogogoapi.contracts.pricing.TokenPrices;
import com.gogogoapi.contracts.pricing.TokenUsage;
import com.gogogoapi.contracts.wire.EventRecords;
import com.gogogoapi.contracts.wire.EventType;
import com.gogogoapi.contracts.wire.Topics;
import com.gogogoapi.embedded.Database;
import com.gogogoapi.embedded.EmbeddedKafka;
import com.gogogoapi.embedded.Infrastructure;
import com.gogogoapi.evidence.checkpoint.Checkpoint;
import com.gogogoapi.evidence.signing.SigningKey;
import com.gogogoapi.ledger.account.AccountState;
import com.gogogoapi.ledger.account.CreditDecisions;
import com.gogogoapi.ledger.account.Decision;
import com.gogogoapi.ledger.account.HoldPolicy;
import com.gogogoapi.ledger.checkpoint.CheckpointMaker;
import com.gogogoapi.ledger.checkpoint.CheckpointStore;
import com.gogogoapi.ledger.checkpoint.ShardEnds;
import com.gogogoapi.ledger.log.EventIds;
import com.gogogoapi.ledger.log.HashChain;
import com.gogogoapi.ledger.log.PostgresLedgerLog;
import com.gogogoapi.ledger.log.ShardBatch;
import com.gogogoapi.ledger.log.ShardPosition;
import com.gogogoapi.ledger.log.StoredEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A log as the ledger's own decisions, log and hash chain make it, of customers who do everything that customers can do:
 * reproducible, in a database of its own, and published to a broker of its own.
 */
final class MadeLog implements AutoCloseable {

    static final int SHARDS = 4;
    private static final int BATCH = 7;
    private static final HoldPolicy POLICY = new HoldPolicy(Duration.ofMinutes(15), 50);
    private static final TokenPrices FLASH =
            new TokenPrices(UsdPerMillion.parse("0.14"), UsdPerMillion.parse("0.0028"), UsdPerMillion.parse("0.28"));
    private static final TokenPrices PRO =
            new TokenPrices(UsdPerMillion.parse("0.435"), UsdPerMillion.parse("0.003625"), UsdPerMillion.parse("0.87"));

    private final SigningKey key = SigningKey.parse(SigningKey.generate());
    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(42);
    private final Database database = Infrastructure.shared().newDatabase("audited");
    private final EmbeddedKafka kafka;
    private final Path kafkaFile;
    private final PGSimpleDataSource dataSource = new PGSimpleDataSource();
    private final PostgresLedgerLog log;
    private final Map<AccountId, AccountState> accounts = new HashMap<>();
    private final Map<AccountId, Long> seqs = new HashMap<>();
    private final Map<UUID, List<LedgerEvent>> histories = new LinkedHashMap<>();
    private final Map<Integer, ShardPosition> positions = new HashMap<>();
    private final List<QuoteRequested> open = new ArrayList<>();
    private final List<GrantRequested> expiring = new ArrayList<>();
    private Instant now = Instant.parse("2026-10-31T23:30:00Z");

    MadeLog() throws Exception {
        dataSource.setUrl(database.jdbcUrl());
        dataSource.setUser(database.username());
        dataSource.setPassword(database.password());
        Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:db/ledger-service")
                .load()
                .migrate();
        execute("insert into ledger_installation (shards) values (" + SHARDS + ")");
        log = new PostgresLedgerLog(dataSource);
        log.positionsOf(java.util.stream.IntStream.range(0, SHARDS).boxed().toList())
                .forEach(position -> positions.put(position.shard(), position));
        kafka = EmbeddedKafka.start(Files.createTempDirectory("audited-kafka-"), 0);
        kafkaFile = temporaryFolder().resolve("kafka.properties");
        Files.write(
                kafkaFile,
                kafka.asProcess().clientSettings().entrySet().stream()
                        .map(setting -> setting.getKey() + "=" + setting.getValue())
                        .toList());
        try (var admin = Admin.create(kafka.asProcess().clientSettings())) {
            admin.createTopics(List.of(
                            new NewTopic(Topics.LEDGER_EVENTS, SHARDS, (short) 1),
                            new NewTopic(Topics.ROUTE_PRICES, 1, (short) 1)))
                    .all()
                    .get();
        }
    }

    String jdbcUrl() {
        return database.urlWithLogin();
    }

    PGSimpleDataSource dataSource() {
        return dataSource;
    }

    /** As {@code --kafka} is told: a file that says where it is and who is asking. */
    String kafka() {
        return kafkaFile.toString();
    }

    /** Another database with the same content, to be spoilt. */
    String copy() throws Exception {
        return Infrastructure.shared().copyOf(database, "spoilt").urlWithLogin();
    }

    void execute(String sql) throws Exception {
        execute(jdbcUrl(), sql);
    }

    static void execute(String url, String... statements) throws Exception {
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Grants, then so many requests of so many customers, in every way that a request can go. */
    MadeLog live(int customers, int requests) throws Exception {
        var batch = new ArrayList<LedgerEvent>();
        var ids = new ArrayList<AccountId>();
        for (var i = 0; i < customers; i++) {
            ids.add(new AccountId("acct_%03d".formatted(accounts.size() + i)));
        }
        for (var id : ids) {
            decide(batch, grant(id, "0.05", GrantSource.OPERATOR_GRANT));
            decide(batch, grant(id, "0.01", GrantSource.STABLECOIN_DEPOSIT));
        }
        for (var i = 0; i < requests; i++) {
            now = now.plusMillis(random.nextInt(10_000));
            var id = ids.get(random.nextInt(ids.size()));
            var quote = quote(id);
            if (decide(batch, quote)) {
                open.add(quote);
            }
            if (random.nextInt(40) == 0) {
                decide(batch, grant(id, "0.02", GrantSource.CORRECTION));
            }
            if (random.nextInt(20) == 0) {
                var promotion = grant(id, "0.01", GrantSource.OPERATOR_GRANT, now.plusSeconds(random.nextInt(1, 600)));
                decide(batch, promotion);
                expiring.add(promotion);
            }
            if (!expiring.isEmpty() && random.nextInt(30) == 0) {
                decide(batch, revocation());
            }
            for (var promotion : expiring) {
                decide(batch, new GrantExpiryDue(promotion.accountId(), promotion.requestId(), now));
            }
            while (open.size() > 20) {
                end(batch, open.remove(random.nextInt(open.size())));
            }
            if (batch.size() >= BATCH) {
                append(batch);
            }
        }
        append(batch);
        return this;
    }

    private void end(List<LedgerEvent> batch, QuoteRequested quote) {
        switch (random.nextInt(8)) {
            case 0 -> decide(batch, completed(quote, Outcome.UPSTREAM_FAILED, null));
            case 1 -> {
                now = now.plus(POLICY.lifetime());
                decide(batch, new HoldExpiryDue(quote.accountId(), quote.requestId(), now));
                if (random.nextBoolean()) {
                    decide(batch, completed(quote, Outcome.COMPLETED, usage(quote, 1)));
                }
            }
            // Beyond what was held for, and now and then beyond the credit too.
            case 2 -> decide(batch, completed(quote, Outcome.CLIENT_LEFT, usage(quote, 30)));
            default -> decide(batch, completed(quote, Outcome.COMPLETED, usage(quote, 1)));
        }
    }

    private TokenUsage usage(QuoteRequested quote, long times) {
        var prompt = quote.promptTokens();
        return new TokenUsage(
                prompt, random.nextLong(prompt + 1), times * random.nextLong(1, quote.maxCompletionTokens() + 1));
    }

    private UpstreamCompleted completed(QuoteRequested quote, Outcome outcome, TokenUsage usage) {
        return new UpstreamCompleted(quote.accountId(), quote.requestId(), outcome, usage, false, "up", now);
    }

    private GrantRequested grant(AccountId account, String amount, GrantSource source) {
        return grant(account, amount, source, null);
    }

    private GrantRequested grant(AccountId account, String amount, GrantSource source, @Nullable Instant expiresAt) {
        var reference = "grant; of \"credit\" " + random.nextLong();
        return new GrantRequested(
                account,
                GrantRequested.requestIdOf(account, reference),
                Usd.usd(amount),
                source,
                reference,
                "=operator",
                now,
                source == GrantSource.CORRECTION ? new Correction(UUID.randomUUID(), "the price was wrong") : null,
                random.nextBoolean() ? null : random.nextInt(3) * 100,
                expiresAt,
                source == GrantSource.OPERATOR_GRANT ? "of \"good\" will, and more" : null);
    }

    /** Of a grant that may still be open; more than that grant, or a part of it. */
    private CreditRevocationRequested revocation() {
        var reference = "a mistake, " + random.nextLong();
        var promotion = expiring.get(random.nextInt(expiring.size()));
        var account = promotion.accountId();
        var grant = promotion.requestId();
        return new CreditRevocationRequested(
                account,
                CreditRevocationRequested.requestIdOf(account, reference),
                Usd.usd(random.nextBoolean() ? "0.0013" : "0.10"),
                reference,
                "@auditor",
                now,
                new Correction(
                        new UUID(grant.getMostSignificantBits(), grant.getLeastSignificantBits() ^ 1),
                        "=twice, by \"mistake\""));
    }

    private QuoteRequested quote(AccountId account) {
        var pro = random.nextBoolean();
        var prices = pro ? PRO : FLASH;
        var prompt = random.nextLong(1, 5_000);
        var completion = random.nextLong(1, 4_000);
        var time = now.toEpochMilli();
        var request = new UUID((time << 16) | 0x7000L | random.nextInt(0x1000), random.nextLong() >>> 2 | 1L << 63);
        return new QuoteRequested(
                account,
                request,
                "quote-" + request,
                pro ? "deepseek-v4-pro" : "deepseek-v4-flash",
                pro ? "pro@1" : "flash@1",
                prices,
                prompt,
                completion,
                prices.uncachedCostOf(prompt, completion),
                now,
                now.plusSeconds(30));
    }

    /** Whether it brought a hold. */
    private boolean decide(List<LedgerEvent> batch, CreditIntake intake) {
        var state = accounts.getOrDefault(intake.accountId(), AccountState.NEW);
        var history = histories.computeIfAbsent(intake.requestId(), request -> new ArrayList<>());
        if (CreditDecisions.decide(state, intake, now, POLICY, List.copyOf(history))
                instanceof Decision.NewEvent(LedgerEvent event)) {
            accounts.put(intake.accountId(), state.evolve(event));
            history.add(event);
            batch.add(event);
            return event instanceof com.gogogoapi.contracts.ledger.CreditReserved;
        }
        return false;
    }

    private void append(List<LedgerEvent> events) throws Exception {
        var batches = new ArrayList<ShardBatch>();
        for (var shard = 0; shard < SHARDS; shard++) {
            var from = positions.get(shard);
            var rows = new ArrayList<StoredEvent>();
            for (var event : events) {
                if (Shards.of(event.accountId().value(), SHARDS) == shard) {
                    rows.add(row(event, shard, from.lastPos() + rows.size() + 1));
                }
            }
            if (!rows.isEmpty()) {
                var to = new ShardPosition(
                        shard,
                        from.lastPos() + rows.size(),
                        from.nextOffset() + rows.size(),
                        HashChain.next(from.hashHead(), rows));
                batches.add(new ShardBatch(from, rows, List.of(), List.of(), to));
                positions.put(shard, to);
            }
        }
        if (log.append(batches).size() != batches.size()) {
            throw new AssertionError("fenced");
        }
        publish(batches);
        events.clear();
    }

    private StoredEvent row(LedgerEvent event, int shard, long pos) {
        return new StoredEvent(
                shard,
                pos,
                event.accountId().value(),
                seqs.merge(event.accountId(), 0L, (seq, none) -> seq + 1),
                EventIds.of(event),
                EventType.of(event).wireName(),
                EventJson.write(event),
                new UUID(random.nextLong(), random.nextLong()),
                random.nextBoolean() ? "00-trace-" + pos : null,
                event.decidedAt().toEpochMilli());
    }

    private void publish(List<ShardBatch> batches) {
        try (var producer = new KafkaProducer<>(
                kafka.asProcess().clientSettings(Map.of("linger.ms", "0")),
                new StringSerializer(),
                new ByteArraySerializer())) {
            for (var batch : batches) {
                for (var row : batch.events()) {
                    producer.send(EventRecords.record(
                            Topics.LEDGER_EVENTS,
                            row.shard(),
                            row.accountId(),
                            row.type(),
                            row.payload(),
                            row.metadata()));
                }
            }
            producer.flush();
        }
    }

    /** Signs what is there now, as the ledger does. */
    Checkpoint checkpoint() throws Exception {
        var jdbc = JdbcClient.create(dataSource);
        return new CheckpointMaker(log, new ShardEnds(jdbc), new CheckpointStore(jdbc), key, Clock.systemUTC(), 50_000)
                .makeNext()
                .orElseThrow();
    }

    /** The public key in a file, as an auditor was given it. */
    String keyFile() throws Exception {
        var file = temporaryFolder().resolve("key.pem");
        Files.writeString(file, key.verifyingKey().pem());
        return file.toString();
    }

    static Path temporaryFolder() throws Exception {
        return Files.createTempDirectory("auditor-test-");
    }

    @Override
    public void close() {
        kafka.close();
    }
}
