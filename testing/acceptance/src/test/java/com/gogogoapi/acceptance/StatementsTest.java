package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Statements and receipts, for programs and printed: they add up to the ledger's balance, and fetch nothing. */
@Tag("acceptance")
class StatementsTest {

    private static final RunningSystem SYSTEM = RunningSystem.shared();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final AtomicInteger FETCHED = new AtomicInteger();

    private static HttpServer elsewhere;
    private static Customer customer;
    private static String name;

    @BeforeAll
    static void spend() throws IOException {
        elsewhere = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        elsewhere.createContext("/", exchange -> {
            FETCHED.incrementAndGet();
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        elsewhere.start();
        name = "<img src=http://127.0.0.1:" + elsewhere.getAddress().getPort() + "/x.png> Müller & Μαρία, Львів";
        var account = SYSTEM.operator("POST", "/accounts", Map.of("name", name))
                .path("account_id")
                .asString();
        var key = SYSTEM.operator("POST", "/accounts/" + account + "/keys", Map.of("label", "test"));
        customer = new Customer(
                SYSTEM,
                account,
                key.path("key_id").asString(),
                key.path("api_key").asString());
        grant(Map.of("amount_usd", "5.00", "reference", "opening"));
        grant(Map.of(
                "amount_usd",
                "0.50",
                "reference",
                "<script>promotion</script>",
                "expires_at",
                Instant.now()
                        .plus(30, ChronoUnit.DAYS)
                        .truncatedTo(ChronoUnit.SECONDS)
                        .toString()));
        for (var tokens : List.of(3, 5, 7)) {
            assertThat(customer.complete(Customer.chat("Hello [[sim: tokens=" + tokens + "]]", 9, false))
                            .statusCode())
                    .isEqualTo(200);
        }
        var another = SYSTEM.customer("0.01");
        SYSTEM.operator(
                "POST",
                "/accounts/" + account + "/transfers",
                Map.of("to", another.account(), "amount_usd", "0.75", "reference", "moved", "reason", "a test"));
        customer.booksAtRest();
    }

    private static void grant(Map<String, Object> body) {
        SYSTEM.operator("POST", "/accounts/" + customer.account() + "/grants", body);
    }

    @AfterAll
    static void nothingWasFetched() {
        elsewhere.stop(0);
        assertThat(FETCHED.get()).isZero();
    }

    private static HttpResponse<byte[]> get(String path, String accept) {
        try {
            return CLIENT.send(
                    HttpRequest.newBuilder(URI.create(SYSTEM.url("/api/v1" + path)))
                            .timeout(Duration.ofSeconds(60))
                            .header("Authorization", "Bearer " + customer.apiKey())
                            .header("Accept", accept)
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(String path) {
        var answer = get(path, "application/json");
        assertThat(answer.statusCode()).as(new String(answer.body())).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    /** The text of a PDF, a line of a table being a line. */
    private static String printed(String path) {
        var answer = get(path, "application/pdf");
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/pdf");
        assertThat(answer.headers().firstValue("content-disposition").orElseThrow())
                .startsWith("attachment;")
                .contains(".pdf");
        try (var document = Loader.loadPDF(answer.body())) {
            var text = new PDFTextStripper();
            text.setSortByPosition(true);
            return text.getText(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String month(String zone) {
        return "/statements/" + YearMonth.now(ZoneId.of(zone)) + "?zone=" + zone;
    }

    /** As soon as the usage-service has read what the ledger decided. */
    private static JsonNode statement(String zone) {
        var books = customer.books();
        return await().atMost(Duration.ofMinutes(2))
                .until(
                        () -> json(month(zone)),
                        statement -> credit(statement, "closing").compareTo(books.available()) == 0);
    }

    private static BigDecimal credit(JsonNode statement, String when) {
        return Customer.amount(statement.path(when), "credit_usd");
    }

    private static BigDecimal sum(Stream<JsonNode> lines, String amount) {
        return lines.map(line -> Customer.amount(line, amount)).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal ofLedger(JsonNode statement, String type) {
        var from = Instant.parse(statement.path("from").asString());
        return sum(
                customer.statement().stream()
                        .filter(line -> line.path("type").asString().equals(type))
                        .filter(line ->
                                !Instant.parse(line.path("at").asString()).isBefore(from)),
                "amount_usd");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata"})
    void addsUpToTheLedgersBalance(String zone) {
        var statement = statement(zone);
        var totals = statement.path("totals");
        assertThat(Customer.amount(totals, "charged_usd"))
                .isEqualByComparingTo(ofLedger(statement, "charge"))
                .isEqualByComparingTo(sum(statement.path("charges").valueStream(), "charged_usd"));
        assertThat(Customer.amount(totals, "granted_usd")).isEqualByComparingTo(ofLedger(statement, "grant"));
        assertThat(Customer.amount(totals, "transferred_out_usd"))
                .isEqualByComparingTo(ofLedger(statement, "transfer_out"));
        assertThat(credit(statement, "opening")
                        .add(Customer.amount(totals, "granted_usd"))
                        .subtract(Customer.amount(totals, "charged_usd"))
                        .subtract(Customer.amount(totals, "transferred_out_usd")))
                .isEqualByComparingTo(customer.books().available());
        assertThat(statement.path("account").path("name").asString()).isEqualTo(name);
        assertThat(OpenApi.faultsOf("MonthlyStatement", statement)).isEmpty();
    }

    private static BigDecimal figure(String text, String of) {
        var found = Pattern.compile("(?m)^" + of + " ([+−]?)([0-9.]+)$").matcher(text);
        assertThat(found.find()).as(of + " in " + text).isTrue();
        var amount = new BigDecimal(found.group(2));
        return found.group(1).equals("−") ? amount.negate() : amount;
    }

    @Test
    void whatIsPrintedAddsUpAndSaysHowToCheckIt() {
        var statement = statement("UTC");
        var text = printed(month("UTC"));
        var closing = figure(text, "Closing balance");
        assertThat(figure(text, "Opening balance")
                        .add(figure(text, "Granted and bought"))
                        .add(figure(text, "Transferred in"))
                        .add(figure(text, "Charged for \\d+ requests"))
                        .add(figure(text, "Expired"))
                        .add(figure(text, "Taken back"))
                        .add(figure(text, "Transferred out")))
                .isEqualByComparingTo(closing)
                .isEqualByComparingTo(credit(statement, "closing"));
        assertThat(text.replaceAll("\\s", ""))
                .contains(
                        name.replaceAll("\\s", ""),
                        "<script>promotion</script>",
                        "./gogogoauditstate" + customer.account())
                .contains(
                        "closingbalanceafterevent"
                                + statement.path("closing").path("sequence").asLong() + ";",
                        "From:gogogoapi");
        // The ledger itself says the same at that instant.
        var ledger = Pattern.compile("GET /api/v1(/ledger\\S+)").matcher(text);
        assertThat(ledger.find()).isTrue();
        var line = json(ledger.group(1)).path("data").path(0);
        assertThat(Customer.amount(line, "available_usd").add(Customer.amount(line, "held_usd")))
                .isEqualByComparingTo(closing);
    }

    @Test
    void theSameStatementIsTheSameFile() {
        statement("UTC");
        // Of another event they would be different ones.
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            var once = get(month("UTC"), "application/pdf");
            var again = get(month("UTC"), "application/pdf");
            assertThat(again.headers().firstValue("x-as-of"))
                    .isPresent()
                    .isEqualTo(once.headers().firstValue("x-as-of"));
            assertThat(again.body()).isEqualTo(once.body());
        });
    }

    @Test
    void eachGrantHasItsReceipt() {
        statement("UTC");
        var grants = customer.statement().stream()
                .filter(line -> line.path("type").asString().equals("grant"))
                .toList();
        assertThat(grants).hasSize(2);
        for (var grant : grants) {
            var path = "/credits/grants/" + grant.path("request_id").asString() + "/receipt";
            var receipt = json(path);
            assertThat(receipt.path("amount_usd")).isEqualTo(grant.path("amount_usd"));
            assertThat(receipt.path("reference")).isEqualTo(grant.path("reference"));
            var text = printed(path);
            assertThat(figure(text, "Amount, USD")).isEqualByComparingTo(Customer.amount(grant, "amount_usd"));
            assertThat(text.replaceAll("\\s", ""))
                    .contains(grant.path("reference").asString(), "Müller&Μαρία,Львів");
        }
        assertThat(get("/credits/grants/" + UUID.randomUUID() + "/receipt", "application/pdf")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void aRequestHasItsReceipt() {
        statement("UTC");
        var charge = customer.statement().stream()
                .filter(line -> line.path("type").asString().equals("charge"))
                .findFirst()
                .orElseThrow();
        var text = printed("/requests/" + charge.path("request_id").asString() + "/receipt");
        assertThat(figure(text, "Charged, USD"))
                .isEqualByComparingTo(Customer.amount(charge, "amount_usd"))
                .isEqualByComparingTo(figure(text, "Cost"));
        assertThat(text).contains("deepseek-v4-flash", "COMPLETED");
    }

    @Test
    void whatIsLeftOfEachGrantIsTheCredit() {
        var open = json("/credits/grants");
        var books = customer.books();
        assertThat(open.path("data").size()).isEqualTo(2);
        assertThat(sum(open.path("data").valueStream(), "left_usd"))
                .isEqualByComparingTo(books.available().add(books.held()));
        assertThat(open.path("data").path(0).path("reference").asString())
                .as("what expires is consumed first")
                .isEqualTo("<script>promotion</script>");
        assertThat(open.path("data").path(0).path("expires_at").isString()).isTrue();
        assertThat(open.path("data").path(1).path("expires_at").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-1", "2026-13", "2999-01", "2019-12", "now"})
    void whatIsNoMonthIsRefused(String month) {
        var answer = get("/statements/" + month, "application/json");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(new String(answer.body())).contains("month must be");
    }
}
