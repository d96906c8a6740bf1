package com.gogogoapi.benchmark.deposits;

import com.gogogoapi.contracts.wire.BrokerUser;
import com.gogogoapi.contracts.wire.IntakeAuthor;
import com.gogogoapi.embedded.Database;
import com.gogogoapi.embedded.EmbeddedKafka;
import com.gogogoapi.embedded.EmbeddedPostgres;
import com.gogogoapi.embedded.Passwords;
import com.gogogoapi.fixtures.Authentic;
import com.gogogoapi.funding.FundingService;
import com.gogogoapi.ledger.LedgerService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** The funding-service and the ledger-service as they ship, with a Kafka and databases of their own. */
final class RunningFunding implements AutoCloseable {

    /** Of the mnemonic that every test chain has; no address of it is paid here. */
    private static final String XPUB =
            "xpub6DyUKdwoLWmUJ4Tn9Bbsdtx7B5Ws18mEN19e5HT52ikE53FiUheSQXrZUNPovqfyKmw4579A1Mm3GXXKM39N64uoo"
                    + "BfJ4tNAzFsEbodRTx4";

    private static final String SECRET = "benchmark-".repeat(4);

    private final Path folder;
    private final EmbeddedPostgres postgres;
    private final EmbeddedKafka kafka;
    private final Database database;
    private final ConfigurableApplicationContext ledger;
    private final List<String> settings;
    private ConfigurableApplicationContext funding;

    RunningFunding(Path folder, BusyChain chain) throws IOException, SQLException {
        delete(folder);
        Files.createDirectories(folder);
        this.folder = folder;
        postgres = EmbeddedPostgres.start(folder.resolve("postgres"), 0);
        kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0, Passwords.ofAllBrokerUsers());
        var ofLedger = settings(postgres.database("ledger"));
        ofLedger.addAll(Authentic.settings(IntakeAuthor.LEDGER_SERVICE));
        ledger = LedgerService.application()
                .registerShutdownHook(false)
                .run(kafka.as(BrokerUser.LEDGER_SERVICE).serviceArguments(ofLedger.toArray(String[]::new)));
        database = postgres.database("funding");
        settings = settings(database);
        settings.addAll(Authentic.settings(IntakeAuthor.FUNDING_SERVICE));
        settings.addAll(List.of(
                "--gogogoapi.funding.extended-public-key=" + XPUB,
                "--gogogoapi.funding.order-key=" + Authentic.OPERATOR.privateKey() + "."
                        + Authentic.OPERATOR.publicKey(),
                "--gogogoapi.funding.ledger-url=http://127.0.0.1:" + portOf(ledger),
                "--gogogoapi.funding.chains.bench.chain-id=eip155:" + chain.chain.id(),
                "--gogogoapi.funding.chains.bench.first-block=1",
                "--gogogoapi.funding.chains.bench.rpc-urls=" + chain.chain.url(),
                "--gogogoapi.funding.chains.bench.tokens.USDC.contract=" + chain.token,
                "--gogogoapi.funding.chains.bench.tokens.USDC.decimals=6"));
        funding = start();
    }

    private static List<String> settings(Database database) {
        return new ArrayList<>(List.of(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--gogogoapi.internal-secret=" + SECRET,
                "--spring.datasource.url=" + database.jdbcUrl(),
                "--spring.datasource.username=" + database.username(),
                "--spring.datasource.password=" + database.password()));
    }

    private static int portOf(ConfigurableApplicationContext service) {
        var server = ((WebServerApplicationContext) service).getWebServer();
        if (server == null) {
            throw new IllegalStateException("A service must have a web server.");
        }
        return server.getPort();
    }

    private ConfigurableApplicationContext start() {
        return FundingService.application()
                .registerShutdownHook(false)
                .run(kafka.as(BrokerUser.FUNDING_SERVICE).serviceArguments(settings.toArray(String[]::new)));
    }

    void stopFunding() {
        funding.close();
    }

    void startFunding() {
        funding = start();
    }

    long number(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(database.urlWithLogin());
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Gives so many accounts an address: any, since deriving them is not what is measured. Returns the addresses. */
    List<String> giveAddresses(int count) throws SQLException {
        try (var connection = DriverManager.getConnection(database.urlWithLogin());
                var statement = connection.createStatement()) {
            statement.execute("insert into address_key (key_id, next_index) values ('bench', " + count + ")");
            statement.execute(
                    "insert into deposit_address (family, address, account_id, key_id, key_index, number, assigned_at)"
                            + " select 'eip155', '0x' || substr(md5('a' || i) || md5('b' || i), 1, 40), 'acct_' || i, 'bench', i, i, now()"
                            + " from generate_series(1, " + count + ") i");
            var addresses = new ArrayList<String>();
            try (var rows = statement.executeQuery("select address from deposit_address order by number")) {
                while (rows.next()) {
                    addresses.add(rows.getString(1));
                }
            }
            return addresses;
        }
    }

    @Override
    public void close() throws IOException {
        funding.close();
        ledger.close();
        kafka.close();
        postgres.close();
        delete(folder);
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
