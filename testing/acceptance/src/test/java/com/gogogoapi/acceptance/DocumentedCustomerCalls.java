package com.gogogoapi.acceptance;

import static java.util.Map.entry;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** How each route of customers and of everybody is called so that it does what it is for. */
final class DocumentedCustomerCalls {

    private static final List<Map<String, String>> SAID = List.of(Map.of("role", "user", "content", "Hello"));

    private final DocumentedAccount account;
    private final String key;
    private final String manager;

    DocumentedCustomerCalls(DocumentedAccount account) {
        this.account = account;
        this.key = account.customer().apiKey();
        this.manager = account.owner().managementKey();
    }

    private DocumentedCall reading() {
        return DocumentedCall.by(key);
    }

    private DocumentedCall managing() {
        return DocumentedCall.by(manager);
    }

    /** A short answer of whichever protocol, whose prompt is in that field. */
    static Map<String, Object> request(String field, Object prompt, Map<String, Object> more) {
        var body =
                new HashMap<String, Object>(Map.of("model", DocumentedAccount.MODEL, "max_tokens", 5, field, prompt));
        body.putAll(more);
        return body;
    }

    static Map<String, Object> chat(Map<String, Object> more) {
        return request("messages", SAID, more);
    }

    static Map<String, Object> completion(Map<String, Object> more) {
        return request("prompt", "def hello():", more);
    }

    static Map<String, Object> response(Map<String, Object> more) {
        var body = request("input", "Hello", more);
        body.remove("max_tokens");
        body.put("max_output_tokens", 5);
        return body;
    }

    private Map<String, Object> begun() {
        return request(
                "messages",
                List.of(SAID.getFirst(), Map.of("role", "assistant", "content", "It is", "prefix", true)),
                Map.of());
    }

    Map<String, Supplier<DocumentedCall>> all() {
        var calls = new HashMap<String, Supplier<DocumentedCall>>();
        calls.putAll(ofEverybody());
        calls.putAll(ofModels());
        calls.putAll(ofAccounts());
        calls.putAll(ofKeysAndMembers());
        calls.putAll(ofAlerts());
        return calls;
    }

    private Map<String, Supplier<DocumentedCall>> ofEverybody() {
        var call = DocumentedCall.by("");
        return Map.ofEntries(
                entry("GET /quote/accuracy", () -> call),
                entry("GET /models", () -> call),
                entry("GET /models/{model}", () -> call),
                entry("GET /pricing", () -> call),
                entry("GET /pricing/{model}", () -> call),
                entry("GET /pricing/{model}/history", () -> call),
                entry("GET /ledger/keys", () -> call),
                entry(
                        "POST /invitations/acceptance",
                        () -> call.saying(
                                Map.of("token", account.newInvitationToken(), "name", "A. Guest", "key_label", "own"))),
                entry("GET /pricing (root)", () -> call),
                entry("GET /pricing/changes.atom (root)", () -> call),
                entry("GET /openapi.yaml (root)", () -> call));
    }

    private Map<String, Supplier<DocumentedCall>> ofModels() {
        return Map.ofEntries(
                entry("POST /chat/completions", () -> reading().saying(chat(Map.of()))),
                entry("POST /chat/deepseek", () -> reading().saying(chat(Map.of("maxCompletionTokens", 5)))),
                entry("POST /beta/chat/completions (root)", () -> reading().saying(begun())),
                entry("POST /completions", () -> reading().saying(completion(Map.of("suffix", "# end")))),
                entry("POST /beta/completions (root)", () -> reading().saying(completion(Map.of()))),
                entry("POST /messages", () -> reading().saying(chat(Map.of("system", "Be brief.")))),
                entry("POST /messages/count_tokens", () -> reading().saying(chat(Map.of()))),
                entry("POST /responses", () -> reading().saying(response(Map.of("store", false)))),
                entry(
                        "GET /responses/{response}",
                        () -> reading().of("response", "resp_1").answeredWith(404)),
                entry(
                        "DELETE /responses/{response}",
                        () -> reading().of("response", "resp_1").answeredWith(404)),
                entry("POST /quote", () -> reading().saying(chat(Map.of("expectedCompletionTokens", 3)))));
    }

    private Map<String, Supplier<DocumentedCall>> ofAccounts() {
        return Map.ofEntries(
                entry("GET /credits", this::reading),
                entry("GET /credits/grants", this::reading),
                entry("GET /credits/grants/{grantId}/receipt", this::reading),
                entry(
                        "POST /top-ups",
                        () -> reading().saying(Map.of("amount_usd", "5.00")).answeredWith(404)),
                entry("GET /top-ups/{payment}", () -> reading()
                        .of("payment", "01a21049-56f2-7d46-8bdb-053a606b9931")
                        .answeredWith(404)),
                entry("GET /deposit-addresses", this::reading),
                entry("POST /deposit-addresses/test-payments", () -> reading()
                        .saying(Map.of("chain_id", "eip155:31337", "token", "USDT", "amount", "0.000001"))),
                entry("GET /deposits", () -> reading().asking("?limit=10&chain_id=eip155:31337")),
                entry("GET /deposits/{depositId}", () -> reading().of("depositId", account.newDeposit())),
                entry("GET /statements/{month}", () -> reading().asking("?zone=Asia/Kolkata")),
                entry("GET /ledger", this::reading),
                entry("GET /key", this::reading),
                entry("GET /account", this::managing),
                entry("GET /account/limits", this::managing),
                entry("PUT /account/limits", () -> managing()
                        .saying(Map.of(
                                "budgets",
                                List.of(Map.of("window", "month", "limit_usd", "1000", "warn_only", true)),
                                "rates",
                                Map.of("tokens_per_minute", 1_000_000_000)))),
                entry("POST /account/organisation", () -> managing().saying(Map.of("name", People.ORGANISATION))),
                entry("GET /requests", this::reading),
                entry("GET /requests/{requestId}", this::reading),
                entry("GET /requests/{requestId}/receipt", this::reading),
                entry("GET /generation", () -> reading()
                        .asking("?id=" + account.ids().get("requestId"))),
                entry("GET /activity", () -> reading().asking("?group_by=key,day")),
                entry("GET /events", () -> reading().asking("?seconds=1")));
    }

    private Map<String, Supplier<DocumentedCall>> ofKeysAndMembers() {
        var settings = Map.of(
                "label", "documented",
                "expires_at", DocumentedAccount.inAMonth(),
                "allowed_routes", List.of(DocumentedAccount.MODEL),
                "allowed_addresses", List.of("127.0.0.0/8"),
                "tags", List.of("a"),
                "budgets", List.of(Map.of("window", "day", "limit_usd", "5")),
                "rates", Map.of("requests_per_minute", 1_000));
        return Map.ofEntries(
                entry("GET /keys", this::managing),
                entry("POST /keys", () -> managing().saying(settings)),
                entry("GET /keys/{keyId}", this::managing),
                entry(
                        "PATCH /keys/{keyId}",
                        () -> managing().of("keyId", account.newKeyId()).saying(settings)),
                entry("DELETE /keys/{keyId}", () -> managing().of("keyId", account.newKeyId())),
                entry(
                        "POST /keys/{keyId}/rotation",
                        () -> managing().of("keyId", account.newKeyId()).saying(Map.of("overlap_seconds", 60))),
                entry("GET /members", this::managing),
                entry(
                        "PATCH /members/{member}",
                        () -> managing().of("member", account.newMember()).saying(Map.of("role", "billing"))),
                entry("GET /members/{member}/limits", this::managing),
                entry(
                        "PUT /members/{member}/limits",
                        () -> managing().of("member", account.newMember()).saying(Map.of("budgets", List.of()))),
                entry(
                        "POST /members/{member}/removal",
                        () -> managing().of("member", account.newMember()).saying(Map.of("keys", "revoke"))),
                entry("GET /invitations", this::managing),
                entry("POST /invitations", () -> managing()
                        .saying(Map.of("email", DocumentedAccount.unique() + "@example.com", "role", "viewer"))),
                entry("DELETE /invitations/{invitation}", () -> managing()
                        .of(
                                "invitation",
                                account.newInvitation().path("invitation_id").asString())));
    }

    /** Of an installation that sends no mail. */
    private Map<String, Supplier<DocumentedCall>> ofAlerts() {
        return Map.ofEntries(
                entry("GET /alerts", this::reading),
                entry("PUT /alerts", () -> reading().saying(Map.of("low_balance_usd", "1"))),
                entry("POST /alerts/test", () -> reading().saying(Map.of()).answeredWith(422)),
                entry(
                        "POST /alerts/confirmation",
                        () -> reading().saying(Map.of("code", "00000000")).answeredWith(422)),
                entry("GET /webhooks", () -> reading().of("webhookId", account.newWebhook())),
                entry("POST /webhooks", () -> reading()
                        .of("webhookId", account.newWebhook())
                        .saying(Map.of("url", "http://127.0.0.1:9/", "events", List.of("credit.low")))),
                entry("DELETE /webhooks/{webhookId}", () -> reading().of("webhookId", account.newWebhook())),
                entry(
                        "POST /webhooks/{webhookId}/test",
                        () -> reading().of("webhookId", account.newWebhook()).saying(Map.of())),
                entry(
                        "POST /webhooks/{webhookId}/rotation",
                        () -> reading().of("webhookId", account.newWebhook()).saying(Map.of("overlap_seconds", 60))),
                entry(
                        "POST /webhooks/{webhookId}/replay",
                        () -> reading().of("webhookId", account.newWebhook()).saying(Map.of("from_sequence", 0))),
                entry(
                        "POST /webhooks/{webhookId}/enable",
                        () -> reading().of("webhookId", account.newWebhook()).saying(Map.of())),
                entry("GET /webhooks/{webhookId}/deliveries", () -> reading()
                        .of("webhookId", account.testedWebhook())));
    }
}
