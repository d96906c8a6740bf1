package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Operators are named, each may do what his roles allow, and what is large needs two of them. */
@Tag("acceptance")
class OperatorsTest {

    private static final RunningSystem SYSTEM = RunningSystem.shared();

    /** More than one operator may give alone here. */
    private static final String LARGE = "600000.00";

    private static final Named ANNA = named("treasury");
    private static final Named BEN = named("treasury");
    private static final Named CARL = named("support", "prices");

    private record Named(String name, String secret) {

        HttpResponse<String> send(String method, String path, Object body) {
            return SYSTEM.send(
                    method,
                    "/api/v1/operator" + path,
                    secret,
                    JsonMapper.shared().writeValueAsString(body));
        }

        JsonNode done(int status, String method, String path, Object body) {
            var answer = send(method, path, body);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
            return JsonMapper.shared().readTree(answer.body());
        }
    }

    private static Named named(String... roles) {
        var name = "o-" + UUID.randomUUID();
        var answer = SYSTEM.operator("POST", "/operators", Map.of("name", name, "roles", List.of(roles)));
        return new Named(name, answer.path("secret").asString());
    }

    private static String grants(Customer customer) {
        return "/accounts/" + customer.account() + "/grants";
    }

    private static Map<String, String> grant(String usd, String reference) {
        return Map.of("amount_usd", usd, "reference", reference, "reason", "a test");
    }

    @Test
    void anOperatorDoesWhatHisRolesAllowUnderHisName() {
        var customer = SYSTEM.customer("1.00");
        var refused = CARL.send("POST", grants(customer), grant("1.00", "by carl"));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("operator_role_not_allowed", "treasury");
        assertThat(ANNA.send("POST", "/accounts", Map.of("name", "x")).statusCode())
                .isEqualTo(403);

        var granted = ANNA.done(200, "POST", grants(customer), grant("1.00", "by anna"));
        assertThat(granted.path("granted_by").asString()).isEqualTo(ANNA.name());
        var inAnothersName = ANNA.send(
                "POST",
                grants(customer),
                Map.of("amount_usd", "1.00", "reference", "another", "granted_by", BEN.name()));
        assertThat(inAnothersName.statusCode()).isEqualTo(400);
        assertThat(inAnothersName.body()).contains("\"param\":\"granted_by\"");
        assertThat(customer.books().granted()).isEqualByComparingTo("2.00");

        var self = JsonMapper.shared()
                .readTree(SYSTEM.send("GET", "/v1/operator/self", CARL.secret(), "")
                        .body());
        assertThat(self.path("name").asString()).isEqualTo(CARL.name());
        assertThat(self.path("roles").valueStream().map(JsonNode::asString)).containsExactly("support", "prices");
    }

    @Test
    void onlyTheInstallationsOperatorNamesOthers() {
        var all = named("support", "prices", "treasury", "auditor");
        assertThat(all.send("POST", "/operators", Map.of("name", "more", "roles", List.of("prices")))
                        .statusCode())
                .isEqualTo(403);
        assertThat(all.send("DELETE", "/operators/" + ANNA.name(), Map.of()).statusCode())
                .isEqualTo(403);
        SYSTEM.operator("DELETE", "/operators/" + all.name(), Map.of());
        assertThat(SYSTEM.send("GET", "/v1/operator/self", all.secret(), "").statusCode())
                .as("a revoked one is nobody at once")
                .isEqualTo(401);
    }

    @Test
    void manySmallOrdersOfOneOperatorAreALargeOne() {
        var customer = SYSTEM.customer("1.00");
        var another = SYSTEM.customer("1.00");
        var dora = named("treasury");
        dora.done(200, "POST", grants(customer), grant("300000.00", "first"));
        dora.done(200, "POST", grants(another), grant("200000.00", "second"));
        var third = dora.done(202, "POST", grants(another), grant("0.01", "third"));
        assertThat(third.path("status").asString()).isEqualTo("pending");
        dora.done(200, "POST", grants(customer), grant("300000.00", "first"));
        assertThat(customer.books().granted()).isEqualByComparingTo("300001.00");
        assertThat(another.books().granted()).isEqualByComparingTo("200001.00");

        named("treasury").done(200, "POST", grants(another), grant("300000.00", "another operator's"));
        BEN.done(200, "POST", "/orders/" + third.path("order_id").asString() + "/approval", Map.of());
        assertThat(another.books().granted()).isEqualByComparingTo("500001.01");
    }

    @Test
    void aLargeGrantWaitsForASecondOperator() {
        var customer = SYSTEM.customer("1.00");
        var waiting = ANNA.done(202, "POST", grants(customer), grant(LARGE, "large"));
        assertThat(waiting.path("status").asString()).isEqualTo("pending");
        assertThat(ANNA.done(202, "POST", grants(customer), grant(LARGE, "large"))
                        .path("order_id"))
                .as("the same again")
                .isEqualTo(waiting.path("order_id"));
        assertThat(ANNA.send("POST", grants(customer), grant("700000.00", "large"))
                        .body())
                .contains("idempotency_mismatch");
        assertThat(ANNA.send("POST", grants(customer), grant("1.00", "large")).body())
                .as("not even as a small one")
                .contains("idempotency_mismatch");

        var approval = "/orders/" + waiting.path("order_id").asString() + "/approval";
        var byHerself = ANNA.send("POST", approval, Map.of());
        assertThat(byHerself.statusCode()).isEqualTo(403);
        assertThat(byHerself.body()).contains("own_order");
        assertThat(CARL.send("POST", approval, Map.of()).statusCode()).isEqualTo(403);
        assertThat(customer.books().granted()).isEqualByComparingTo("1.00");

        var done = BEN.done(200, "POST", approval, Map.of());
        assertThat(done.path("status").asString()).isEqualTo("executed");
        assertThat(done.path("approved_by").asString()).isEqualTo(BEN.name());
        assertThat(customer.books().granted()).isEqualByComparingTo("600001.00");
        assertThat(BEN.done(200, "POST", approval, Map.of()).path("status").asString())
                .as("again")
                .isEqualTo("executed");
        var again = ANNA.done(200, "POST", grants(customer), grant(LARGE, "large"));
        assertThat(again.path("approved_by").asString()).isEqualTo(BEN.name());
        assertThat(customer.books().granted()).isEqualByComparingTo("600001.00");
        assertThat(BEN.send(
                                "POST",
                                "/orders/" + waiting.path("order_id").asString() + "/rejection",
                                Map.of("reason", "too late"))
                        .statusCode())
                .isEqualTo(422);
    }

    @Test
    void aRejectedOrderIsNeverCarriedOut() {
        var customer = SYSTEM.customer("1.00");
        var waiting = ANNA.done(202, "POST", grants(customer), grant(LARGE, "rejected"));
        var order = "/orders/" + waiting.path("order_id").asString();
        assertThat(BEN.done(200, "POST", order + "/rejection", Map.of("reason", "not agreed"))
                        .path("status")
                        .asString())
                .isEqualTo("rejected");
        assertThat(BEN.send("POST", order + "/approval", Map.of()).body()).contains("order_rejected");
        assertThat(ANNA.send("POST", grants(customer), grant(LARGE, "rejected")).body())
                .contains("order_rejected");
        assertThat(customer.books().granted()).isEqualByComparingTo("1.00");
        var listed = BEN.done(200, "GET", "/orders?status=rejected&limit=1000", Map.of());
        assertThat(listed.path("data").toString())
                .contains(waiting.path("order_id").asString());
    }

    @Test
    void aLargeCorrectionWaitsToo() {
        var customer = SYSTEM.customer("1.00");
        var grant = ANNA.done(202, "POST", grants(customer), grant(LARGE, "to correct"));
        BEN.done(200, "POST", "/orders/" + grant.path("order_id").asString() + "/approval", Map.of());
        var request = UUID.fromString(customer.lastLine().path("request_id").asString());
        var event = new UUID(request.getMostSignificantBits(), request.getLeastSignificantBits() ^ 1);
        var body = Map.of(
                "amount_usd",
                LARGE,
                "corrects",
                event.toString(),
                "reason",
                "too much",
                "reference",
                "c",
                "direction",
                "take");
        var waiting = ANNA.done(202, "POST", "/accounts/" + customer.account() + "/corrections", body);
        assertThat(waiting.path("kind").asString()).isEqualTo("correction");
        assertThat(customer.books().revoked()).isEqualByComparingTo("0");
        BEN.done(200, "POST", "/orders/" + waiting.path("order_id").asString() + "/approval", Map.of());
        assertThat(customer.books().revoked()).isEqualByComparingTo(LARGE);
    }

    /** Whoever approves it, and how often at once: it is one grant. */
    @Test
    void severalApprovalsAtOnceAreOneGrant() throws Exception {
        var customer = SYSTEM.customer("1.00");
        var waiting = ANNA.done(202, "POST", grants(customer), grant(LARGE, "at once"));
        var approval = "/orders/" + waiting.path("order_id").asString() + "/approval";
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> approve =
                    () -> BEN.send("POST", approval, Map.of()).statusCode();
            for (var answer : threads.invokeAll(List.of(approve, approve, approve, approve))) {
                assertThat(answer.get()).isIn(200, 202);
            }
        }
        assertThat(BEN.done(200, "POST", approval, Map.of()).path("status").asString())
                .isEqualTo("executed");
        assertThat(customer.books().granted()).isEqualByComparingTo("600001.00");
    }

    @Test
    void theTrailSaysWhoDidWhatFromWhereAndWhy() {
        var customer = SYSTEM.customer("1.00");
        ANNA.done(200, "POST", grants(customer), grant("1.00", "in the trail"));
        var auditor = named("auditor");
        var first = auditor.done(200, "GET", "/audit-trail?limit=1", Map.of());
        assertThat(first.path("data").size()).isOne();
        var second = auditor.done(
                200,
                "GET",
                "/audit-trail?limit=200&cursor=" + first.path("next_cursor").asString(),
                Map.of());
        assertThat(second.path("data").toString())
                .doesNotContain(first.path("data").get(0).path("request_id").asString());
        var row = auditor.done(200, "GET", "/audit-trail?limit=1000", Map.of())
                .path("data")
                .valueStream()
                .filter(line -> line.path("actor").asString("").equals(ANNA.name())
                        && line.path("account_id").asString("").equals(customer.account()))
                .findFirst()
                .orElseThrow();
        assertThat(row.path("action").asString()).isEqualTo("grant");
        assertThat(row.path("reason").asString()).isEqualTo("a test");
        assertThat(row.path("address").asString()).isIn("127.0.0.1", "0:0:0:0:0:0:0:1");
        assertThat(auditor.done(200, "GET", "/audit-trail?account=" + customer.account(), Map.of())
                        .path("data")
                        .toString())
                .contains("open-account", "issue-key");
        assertThat(ANNA.send("GET", "/audit-trail", Map.of()).statusCode()).isEqualTo(403);
    }
}
