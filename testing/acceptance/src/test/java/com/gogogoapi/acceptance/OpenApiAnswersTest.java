package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every route answers as {@code docs/openapi.yaml} says: what it does and what it refuses, asked of the running system. A field
 * that the document does not name is a failure, as is a route that nobody here calls: a new one gets its line in {@link
 * DocumentedCustomerCalls} or {@link DocumentedOperatorCalls}.
 */
@Tag("acceptance")
class OpenApiAnswersTest {

    private static final RunningSystem SYSTEM = RunningSystem.shared();
    private static final DocumentedAccount ACCOUNT = new DocumentedAccount(SYSTEM);
    private static final Map<String, Supplier<DocumentedCall>> CALLS = calls();
    private static final Map<String, String> OPERATORS = operators();
    private static final String VIEWER =
            People.of(ACCOUNT.customer()).invited("viewer").managementKey();
    private static final String NOBODYS = "01a21049-56f2-7d46-8bdb-053a606b9931";

    /** Of nobody and nothing. */
    private static final Map<String, String> NO_IDS = Map.ofEntries(
            Map.entry("account", "acct_0"),
            Map.entry("keyId", "key_0"),
            Map.entry("member", NOBODYS),
            Map.entry("requestId", NOBODYS),
            Map.entry("grantId", NOBODYS),
            Map.entry("payment", NOBODYS),
            Map.entry("depositId", NOBODYS),
            Map.entry("chainId", "eip155:0"),
            Map.entry("token", "NONE"),
            Map.entry("month", "2026-1"),
            Map.entry("model", "nothing"),
            Map.entry("invitation", "inv_0"),
            Map.entry("webhookId", NOBODYS),
            Map.entry("response", "resp_0"),
            Map.entry("name", "nobody"),
            Map.entry("session", "session_0"),
            Map.entry("passkey", "passkey_0"),
            Map.entry("owner", "nobody"),
            Map.entry("page", "nothing"),
            Map.entry("item", "nothing"),
            Map.entry("guide", "nothing"),
            Map.entry("file", "nothing.js"),
            Map.entry("order", NOBODYS),
            Map.entry("offset", "0"),
            Map.entry("shard", "0"),
            Map.entry("chain", "eip155:1"),
            Map.entry("transaction", "0x" + "0".repeat(64)),
            Map.entry("log", "0"),
            Map.entry("key", "0123456789abcdef"));

    /** Routes that are only asked for what they refuse, and why. */
    private static final Map<String, String> REFUSED_HERE = Map.ofEntries(
            Map.entry("GET /responses/{response}", "no response is kept"),
            Map.entry("DELETE /responses/{response}", "no response is kept"),
            Map.entry("POST /top-ups", "this installation takes no payments by x402"),
            Map.entry("GET /top-ups/{payment}", "this installation takes no payments by x402"),
            Map.entry("POST /alerts/test", "this installation sends no mail"),
            Map.entry("POST /alerts/confirmation", "this installation sends no mail, and so no code"),
            Map.entry("GET /sign-in/provider (root)", "no provider is configured"),
            Map.entry("GET /sign-in/provider/callback (root)", "no provider is configured"),
            Map.entry("PUT /operator/token-stops/{chainId}/{token}", "the deposits of other tests would wait"),
            Map.entry("POST /session", "there is no device that signs"),
            Map.entry("POST /session/confirmation", "there is no device that signs"),
            Map.entry("POST /passkeys", "there is no device that makes one"),
            Map.entry("DELETE /passkeys/{passkey}", "there is no device that makes one"),
            Map.entry("POST /operator/ledger/intake-gaps/{shard}", "the intake of other tests has no gap"),
            Map.entry("GET /operator/sweeps/proposals", "the test chain has no treasury"),
            Map.entry("PUT /operator/sweeps/{chain}/{transaction}/{log}/explanation", "nothing has left any address"),
            Map.entry(
                    "POST /operator/usage/rebuild",
                    "the usage of other tests would be read anew; it answers as GET does"));

    private static Map<String, Supplier<DocumentedCall>> calls() {
        var calls = new HashMap<>(new DocumentedCustomerCalls(ACCOUNT).all());
        calls.putAll(new DocumentedOperatorCalls(ACCOUNT).all());
        calls.putAll(new DocumentedSiteCalls(SYSTEM).all());
        return calls;
    }

    private static Map<String, String> operators() {
        var secrets = new HashMap<String, String>();
        for (var role : List.of("support", "prices", "treasury", "auditor")) {
            secrets.put(role, ACCOUNT.newOperator(role).path("secret").asString());
        }
        return secrets;
    }

    static Stream<OpenApi.Operation> operations() {
        return OpenApi.operations().stream();
    }

    static Stream<OpenApi.Operation> operationsWithABody() {
        return operations().filter(OpenApi.Operation::takesJson);
    }

    private static void assertAsDescribed(OpenApi.Operation operation, HttpResponse<String> answer) {
        assertThat(operation.faultsOf(answer))
                .as("%s answered %d: %.2000s", operation, answer.statusCode(), answer.body())
                .isEmpty();
    }

    /** Where the ledger is asked, a busy one is not waited for. */
    private static void assertStatus(OpenApi.Operation operation, int status, HttpResponse<String> answer) {
        var isUnderWay = status == 200
                && answer.statusCode() == 202
                && operation.described().path("responses").has("202");
        assertThat(isUnderWay || answer.statusCode() == status)
                .as("%d: %s", answer.statusCode(), answer.body())
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void whatItDoes(OpenApi.Operation operation) {
        assertThat(CALLS).as("how it is called").containsKey(operation.toString());
        var call = CALLS.get(operation.toString()).get().among(ACCOUNT.ids());
        if (call.body() != null && call.status() < 400 && operation.takesJson()) {
            assertThat(operation.faultsOfBody(call.body()))
                    .as(call.body().toString())
                    .isEmpty();
        }
        var answer = call.send(SYSTEM, operation);
        assertStatus(operation, call.status(), answer);
        assertThat(call.status() < 400).isNotEqualTo(REFUSED_HERE.containsKey(operation.toString()));
        assertAsDescribed(operation, answer);
    }

    /** Whom it does not know, whom it is not for, what it does not know, and what it does not understand. */
    @ParameterizedTest
    @MethodSource("operations")
    void whatItRefuses(OpenApi.Operation operation) {
        var usual = CALLS.get(operation.toString()).get().among(NO_IDS);
        var token = usual.token();
        var call = DocumentedCall.by(token).among(NO_IDS);
        var isForAll = operation.roles().contains("everybody");

        var unknown =
                DocumentedCall.by("sk-gogogo-" + "A".repeat(49)).among(NO_IDS).send(SYSTEM, operation);
        assertAsDescribed(operation, unknown);
        assertThat(isForAll || unknown.statusCode() == 401).as(unknown.body()).isTrue();

        var another = anotherThan(operation);
        if (!another.isEmpty()) {
            var forbidden = DocumentedCall.by(another).among(NO_IDS).send(SYSTEM, operation);
            assertAsDescribed(operation, forbidden);
            assertThat(forbidden.statusCode()).as(forbidden.body()).isEqualTo(403);
        }
        assertAsDescribed(operation, call.asking("?nonsense=1").send(SYSTEM, operation));
        if (operation.toString().equals("GET /events")) {
            // It would go on for an hour.
            assertAsDescribed(operation, call.asking("?seconds=0").send(SYSTEM, operation));
        } else if (operation.method().equals("GET")) {
            assertAsDescribed(operation, call.send(SYSTEM, operation));
        } else {
            assertAsDescribed(operation, call.saying(List.of()).send(SYSTEM, operation));
            assertAsDescribed(operation, call.saying(Map.of("nonsense", 1)).send(SYSTEM, operation));
        }
    }

    /** Somebody whom it is not for; empty where there is none. */
    private static String anotherThan(OpenApi.Operation operation) {
        if (operation.isOperators() && !operation.roles().contains("everybody")) {
            return OPERATORS.entrySet().stream()
                    .filter(operator -> !operation.roles().contains(operator.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse("");
        }
        return operation.roles().contains("everybody") || operation.roles().contains("viewer") ? "" : VIEWER;
    }

    /** What else a route does, by what is asked for. */
    static Stream<Map.Entry<String, DocumentedCall>> variants() {
        var variants = new ArrayList<Map.Entry<String, DocumentedCall>>();
        for (var table : List.of("GET /ledger", "GET /activity", "GET /operator/accounts/{account}/statement")) {
            variants.add(Map.entry(table, CALLS.get(table).get().with("Accept", "text/csv")));
        }
        for (var paper : List.of(
                "GET /statements/{month}",
                "GET /credits/grants/{grantId}/receipt",
                "GET /requests/{requestId}/receipt")) {
            variants.add(Map.entry(paper, CALLS.get(paper).get().with("Accept", "application/pdf")));
        }
        var streamed = Map.<String, Object>of("stream", true);
        var key = DocumentedCall.by(ACCOUNT.customer().apiKey());
        variants.add(Map.entry("POST /chat/completions", key.saying(DocumentedCustomerCalls.chat(streamed))));
        variants.add(Map.entry("POST /completions", key.saying(DocumentedCustomerCalls.completion(streamed))));
        variants.add(Map.entry("POST /messages", key.saying(DocumentedCustomerCalls.chat(streamed))));
        variants.add(Map.entry("POST /responses", key.saying(DocumentedCustomerCalls.response(streamed))));
        variants.add(Map.entry("POST /quote", key.saying(DocumentedCustomerCalls.response(Map.of()))));
        variants.add(Map.entry(
                "POST /operator/accounts/{account}/corrections",
                DocumentedCall.by(ACCOUNT.operator())
                        .saying(Map.of(
                                "amount_usd",
                                "1",
                                "corrects",
                                ACCOUNT.event(),
                                "reason",
                                "a test",
                                "reference",
                                DocumentedAccount.unique()))));
        variants.add(Map.entry(
                "POST /operator/accounts/{account}/grants",
                DocumentedCall.by(ACCOUNT.newOperator("treasury").path("secret").asString())
                        .saying(Map.of("amount_usd", "600000", "reference", DocumentedAccount.unique()))
                        .answeredWith(202)));
        return variants.stream();
    }

    @ParameterizedTest
    @MethodSource("variants")
    void whatElseItDoes(Map.Entry<String, DocumentedCall> variant) {
        var operation = OpenApi.operation(variant.getKey());
        var answer = variant.getValue().among(ACCOUNT.ids()).send(SYSTEM, operation);
        assertStatus(operation, variant.getValue().status(), answer);
        assertAsDescribed(operation, answer);
    }

    /** The bodies by which {@link UnknownNamesTest} knows that a route accepts what it knows, and nothing else. */
    @ParameterizedTest
    @MethodSource("operationsWithABody")
    void whatItTakes(OpenApi.Operation operation) {
        var example = UnknownNamesTest.BODIES.get(operation.path());
        assumeThat(example).as("bodies of our own").isNotNull();
        var body = new HashMap<String, Object>(example);
        assertThat(operation.faultsOfBody(JsonMapper.shared().valueToTree(body)))
                .isEmpty();
        body.put("nonsense", 1);
        assertThat(operation.faultsOfBody(JsonMapper.shared().valueToTree(body)))
                .isNotEmpty();
    }

    /** Every route that changes something says what its body is. */
    @ParameterizedTest
    @MethodSource("operations")
    void isWholeInTheDocument(OpenApi.Operation operation) {
        assertThat(operation.takesABody())
                .isEqualTo(Set.of("POST", "PUT", "PATCH").contains(operation.method()));
    }
}
