package com.gogogoapi.funding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.gogogoapi.contracts.identity.ServiceTokens;
import com.gogogoapi.contracts.wire.BrokerUser;
import com.gogogoapi.contracts.wire.IntakeAuthor;
import com.gogogoapi.embedded.Database;
import com.gogogoapi.embedded.Infrastructure;
import com.gogogoapi.fixtures.Authentic;
import com.gogogoapi.fixtures.OrderKey;
import com.gogogoapi.simulator.chain.LocalChain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service as it ships on a real Kafka and PostgreSQL, in this process or as a caller of one elsewhere. */
final class RunningFunding implements AutoCloseable {

    /** Of {@code m/44'/60'/0'/0} of the mnemonic that every test chain has: eleven times test, and junk. */
    static final String XPUB =
            "xpub6DyUKdwoLWmUJ4Tn9Bbsdtx7B5Ws18mEN19e5HT52ikE53FiUheSQXrZUNPovqfyKmw4579A1Mm3GXXKM39N64uoo"
                    + "BfJ4tNAzFsEbodRTx4";

    static final OrderKey ORDER_KEY = OrderKey.generate();
    static final Duration SOON = Duration.ofMinutes(3);

    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final String url;
    private final AutoCloseable closing;

    RunningFunding(String url, AutoCloseable closing) {
        this.url = url;
        this.closing = closing;
    }

    /** How the service is told everything but its port. */
    static List<String> settings(Database database, LedgersHand ledger, List<String> more) {
        var settings = new ArrayList<>(List.of(
                "--gogogoapi.internal-secret=" + SECRET,
                "--gogogoapi.funding.extended-public-key=" + XPUB,
                // The first are the chain's own wallets.
                "--gogogoapi.funding.first-index=1000",
                "--gogogoapi.funding.order-key=" + ORDER_KEY.privateKey() + "." + ORDER_KEY.publicKey(),
                "--gogogoapi.funding.ledger-url=" + ledger.url(),
                "--gogogoapi.funding.watch.every=100ms",
                "--gogogoapi.funding.watch.lease=3s",
                "--gogogoapi.funding.watch.contradicted-for=2s",
                "--spring.datasource.url=" + database.jdbcUrl(),
                "--spring.datasource.username=" + database.username(),
                "--spring.datasource.password=" + database.password()));
        settings.addAll(Authentic.settings(IntakeAuthor.FUNDING_SERVICE));
        // One that is given twice would be a list.
        settings.removeIf(
                setting -> more.stream().anyMatch(other -> nameOf(other).equals(nameOf(setting))));
        settings.addAll(more);
        return List.of(Infrastructure.shared()
                .kafka(BrokerUser.FUNDING_SERVICE)
                .serviceArguments(settings.toArray(String[]::new)));
    }

    private static String nameOf(String setting) {
        return setting.substring(0, setting.indexOf('='));
    }

    /** A chain under the name of its number. */
    static List<String> chain(LocalChain chain, List<String> urls, Map<String, String> tokens, String... more) {
        var prefix = "--gogogoapi.funding.chains.local" + chain.id() + ".";
        var settings = new ArrayList<>(List.of(
                prefix + "chain-id=eip155:" + chain.id(),
                prefix + "first-block=1",
                prefix + "rpc-urls=" + String.join(",", urls)));
        tokens.forEach((symbol, contract) -> {
            settings.add(prefix + "tokens." + symbol + ".contract=" + contract);
            settings.add(prefix + "tokens." + symbol + ".decimals=" + (symbol.equals("DOL") ? 18 : 6));
        });
        for (var setting : more) {
            settings.add(prefix + setting);
        }
        return settings;
    }

    static RunningFunding start(List<String> settings) {
        var arguments = new ArrayList<>(settings);
        arguments.add("--server.port=0");
        ConfigurableApplicationContext context = FundingService.application().run(arguments.toArray(String[]::new));
        var server = ((WebServerApplicationContext) context).getWebServer();
        return new RunningFunding("http://127.0.0.1:" + server.getPort(), context);
    }

    HttpResponse<String> send(String method, String path, Map<String, String> headers, String body) {
        var request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(60))
                .header(
                        "Authorization",
                        "Bearer " + new ServiceTokens(SECRET, Clock.systemUTC()).issue("test", "funding-service"))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        try {
            return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    JsonNode get(String account, String path) {
        var answer = send("GET", "/internal" + path, Map.of("gogogoapi-account", account), "");
        assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    /** The account's address, assigned where it had none. */
    String address(String account) {
        return get(account, "/deposit-addresses")
                .path("data")
                .path(0)
                .path("address")
                .asString();
    }

    /** All of the account's deposits, the newest first, page by page. */
    List<JsonNode> deposits(String account) {
        var all = new ArrayList<JsonNode>();
        var cursor = "";
        while (true) {
            var page = get(account, "/deposits?limit=100" + cursor);
            page.path("data").forEach(all::add);
            if (page.path("next_cursor").isNull()) {
                return all;
            }
            cursor = "&cursor=" + page.path("next_cursor").asString();
        }
    }

    /** The deposits of one transaction. */
    List<JsonNode> deposits(String account, String transaction) {
        return deposits(account).stream()
                .filter(deposit -> deposit.path("transaction_hash").asString().equals(transaction))
                .toList();
    }

    List<String> states(String account, String transaction) {
        return deposits(account, transaction).stream()
                .map(deposit -> deposit.path("state").asString())
                .toList();
    }

    void awaitState(String account, String transaction, String... states) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(states(account, transaction)).containsExactlyInAnyOrder(states));
    }

    JsonNode chain(LocalChain chain) {
        for (var status : get("any", "/chains").path("data")) {
            if (status.path("chain_id").asString().equals("eip155:" + chain.id())) {
                return status;
            }
        }
        throw new IllegalStateException("There must be a chain " + chain.id() + ".");
    }

    /** How the node of that number stands, from 0. */
    JsonNode node(LocalChain chain, int number) {
        return chain(chain).path("nodes").path(number);
    }

    /** Until everything final of the chain as it is now is recorded, the chain's own coin included. */
    void awaitCaughtUp(LocalChain chain, int finality) {
        var last = Math.max(0, chain.height() - finality);
        await().atMost(SOON).untilAsserted(() -> {
            var status = chain(chain);
            assertThat(status.path("final_height").asLong(-1))
                    .as(status.toString())
                    .isGreaterThanOrEqualTo(last);
            assertThat(status.path("native_height").asLong(-1))
                    .as(status.toString())
                    .isGreaterThanOrEqualTo(last);
        });
    }

    @Override
    public void close() {
        try {
            closing.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
