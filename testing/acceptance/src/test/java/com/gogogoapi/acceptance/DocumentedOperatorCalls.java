package com.gogogoapi.acceptance;

import static java.util.Map.entry;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** How each route of operators is called so that it does what it is for. */
final class DocumentedOperatorCalls {

    private final DocumentedAccount account;
    private final DocumentedCall call;

    DocumentedOperatorCalls(DocumentedAccount account) {
        this.account = account;
        this.call = DocumentedCall.by(account.operator());
    }

    Map<String, Supplier<DocumentedCall>> all() {
        var calls = new HashMap<String, Supplier<DocumentedCall>>();
        calls.putAll(ofOperators());
        calls.putAll(ofAccounts());
        calls.putAll(ofMembers());
        calls.putAll(ofTheLedger());
        calls.putAll(ofRoutes());
        return calls;
    }

    private Map<String, Supplier<DocumentedCall>> ofOperators() {
        return Map.ofEntries(
                entry("GET /operator/self", () -> call),
                entry("GET /operator/operators", () -> call),
                entry(
                        "POST /operator/operators",
                        () -> call.saying(Map.of("name", DocumentedAccount.unique(), "roles", List.of("auditor")))),
                entry("PATCH /operator/operators/{name}", () -> call.of("name", account.newOperatorName())
                        .saying(Map.of("roles", List.of("prices")))),
                entry("DELETE /operator/operators/{name}", () -> call.of("name", account.newOperatorName())),
                entry("POST /operator/operators/{name}/secret", () -> call.of("name", account.newOperatorName())
                        .saying(Map.of())),
                entry("GET /operator/audit-trail", () -> call),
                entry("GET /operator/orders", () -> call.of("order", account.newOrder())),
                entry("GET /operator/orders/{order}", () -> call.of("order", account.newOrder())),
                entry("POST /operator/orders/{order}/approval", () -> call.of("order", account.newOrder())
                        .saying(Map.of())),
                entry("POST /operator/orders/{order}/rejection", () -> call.of("order", account.newOrder())
                        .saying(Map.of("reason", "a test"))));
    }

    private Map<String, Supplier<DocumentedCall>> ofAccounts() {
        var reference = Map.of("amount_usd", "1", "reason", "a test");
        return Map.ofEntries(
                entry("GET /operator/accounts", () -> call),
                entry("POST /operator/accounts", () -> call.saying(Map.of("name", "documented"))),
                entry("GET /operator/accounts/{account}", () -> call),
                entry("GET /operator/accounts/{account}/profile", () -> call),
                entry(
                        "POST /operator/accounts/{account}/organisation",
                        () -> call.of("account", account.anotherAccount()).saying(Map.of("name", "documented"))),
                entry("GET /operator/accounts/{account}/limits", () -> call),
                entry("PUT /operator/accounts/{account}/limits", () -> call.saying(Map.of("budgets", List.of()))),
                entry("GET /operator/accounts/{account}/statement", () -> call),
                entry("GET /operator/accounts/{account}/state", () -> call),
                entry("GET /operator/accounts/{account}/requests/{requestId}/receipt", () -> call),
                entry(
                        "POST /operator/accounts/{account}/grants",
                        () -> call.saying(with(
                                reference,
                                "granted_by",
                                "a test",
                                "priority",
                                50,
                                "expires_at",
                                DocumentedAccount.inAMonth()))),
                entry(
                        "POST /operator/accounts/{account}/transfers",
                        () -> call.saying(with(reference, "to", account.anotherAccount()))),
                entry(
                        "POST /operator/accounts/{account}/corrections",
                        () -> call.saying(with(
                                reference,
                                "corrects",
                                account.event(),
                                "corrected_by",
                                "a test",
                                "direction",
                                "take"))),
                entry("GET /operator/accounts/{account}/keys", () -> call),
                entry(
                        "POST /operator/accounts/{account}/keys",
                        () -> call.saying(Map.of(
                                "label", "documented", "member", account.owner().id()))),
                entry("GET /operator/accounts/{account}/keys/{keyId}", () -> call),
                entry("PATCH /operator/accounts/{account}/keys/{keyId}", () -> call.of("keyId", account.newKeyId())
                        .saying(Map.of("disabled", true))),
                entry("DELETE /operator/accounts/{account}/keys/{keyId}", () -> call.of("keyId", account.newKeyId())),
                entry(
                        "POST /operator/accounts/{account}/keys/{keyId}/rotation",
                        () -> call.of("keyId", account.newKeyId()).saying(Map.of("overlap_seconds", 0))),
                entry(
                        "POST /operator/keys/revocations",
                        () -> call.saying(Map.of(
                                "api_key", account.newKey().path("api_key").asString()))));
    }

    private static Map<String, Object> with(Map<String, String> some, Object... more) {
        var body = new HashMap<String, Object>(some);
        body.put("reference", DocumentedAccount.unique());
        for (var i = 0; i < more.length; i += 2) {
            body.put(String.valueOf(more[i]), more[i + 1]);
        }
        return body;
    }

    private Map<String, Supplier<DocumentedCall>> ofMembers() {
        return Map.ofEntries(
                entry("GET /operator/accounts/{account}/members", () -> call),
                entry(
                        "PATCH /operator/accounts/{account}/members/{member}",
                        () -> call.of("member", account.newMember()).saying(Map.of("role", "billing"))),
                entry("GET /operator/accounts/{account}/members/{member}/limits", () -> call),
                entry(
                        "PUT /operator/accounts/{account}/members/{member}/limits",
                        () -> call.of("member", account.newMember()).saying(Map.of("budgets", List.of()))),
                entry(
                        "POST /operator/accounts/{account}/members/{member}/removal",
                        () -> call.of("member", account.newMember()).saying(Map.of("keys", "revoke"))),
                entry("GET /operator/accounts/{account}/invitations", () -> call),
                entry(
                        "POST /operator/accounts/{account}/invitations",
                        () -> call.saying(
                                Map.of("email", DocumentedAccount.unique() + "@example.com", "role", "viewer"))),
                entry(
                        "DELETE /operator/accounts/{account}/invitations/{invitation}",
                        () -> call.of(
                                "invitation",
                                account.newInvitation().path("invitation_id").asString())));
    }

    private Map<String, Supplier<DocumentedCall>> ofTheLedger() {
        return Map.ofEntries(
                entry("GET /operator/ledger/trial-balance", () -> call),
                entry("GET /operator/ledger/checkpoints", () -> call.asking("?limit=5")),
                entry("GET /operator/ledger/checkpoints/latest", () -> call),
                entry("GET /operator/ledger/intake-gaps", () -> call),
                entry("POST /operator/ledger/intake-gaps/{shard}", () -> call.of("shard", "0")
                        .saying(Map.of("expected_offset", 0, "accepted_by", "a test", "reason", "a test"))
                        .answeredWith(404)),
                entry("GET /operator/ledger/signing-keys", () -> call.of("key", account.newSigningKey())),
                entry("POST /operator/ledger/signing-keys", () -> call.saying(Map.of(
                                "name", "documented",
                                "public_key", DocumentedAccount.newPublicKey(),
                                "roles", List.of("FUNDING"),
                                "trusted_by", "a test",
                                "reason", "a test"))
                        .answeredWith(202)),
                entry("POST /operator/ledger/signing-keys/{key}/revocation", () -> call.of(
                                "key", account.newSigningKey())
                        .saying(Map.of("revoked_by", "a test", "reason", "a test"))
                        .answeredWith(202)),
                entry("GET /operator/deposit-addresses", () -> call),
                entry("GET /operator/sweeps", () -> call.asking("?chain_id=eip155:31337")),
                entry("GET /operator/sweeps/proposals", () -> call.asking("?chain_id=eip155:31337&token=USDC")
                        .answeredWith(503)),
                entry("PUT /operator/sweeps/{chain}/{transaction}/{log}/explanation", () -> call.of(
                                "chain", "eip155:31337")
                        .of("transaction", "0x" + "0".repeat(64))
                        .of("log", "0")
                        .saying(Map.of("reason", "a test"))
                        .answeredWith(404)),
                entry("GET /operator/usage/rebuild", () -> call),
                entry("POST /operator/usage/rebuild", () -> call.saying(Map.of("reason", ""))
                        .answeredWith(400)),
                entry("GET /operator/parked", () -> call),
                entry("GET /operator/accounts/{account}/parked", () -> call),
                entry("POST /operator/accounts/{account}/parked/{offset}", () -> call.of(
                                "account", account.anotherAccount())
                        .of("offset", "0")
                        .saying(Map.of("action", "retry", "reason", "a test"))
                        .answeredWith(202)));
    }

    private Map<String, Supplier<DocumentedCall>> ofRoutes() {
        return Map.ofEntries(
                entry("POST /operator/routes/{model}/prices", () -> call.of("model", DocumentedAccount.unique())
                        .saying(DocumentedAccount.newVersion())),
                entry("POST /operator/routes/{model}/costs", () -> call.of("model", account.newRoute())
                        .saying(DocumentedAccount.newVersion())),
                entry("PUT /operator/routes/{model}/loss-policy", () -> call.of("model", account.newRoute())
                        .saying(Map.of("policy", "suspend", "reason", "a test"))),
                entry("PUT /operator/routes/{model}/aliases", () -> call.of("model", account.newRoute())
                        .saying(Map.of("aliases", List.of(DocumentedAccount.unique()), "reason", "a test"))),
                entry("POST /operator/routes/import", () -> call.asking("?dry_run=true")
                        .saying(Map.of(
                                "routes",
                                List.of(Map.of(
                                        "model", DocumentedAccount.unique(),
                                        "limits", TestRoute.LIMITS,
                                        "aliases", List.of(DocumentedAccount.unique()),
                                        "on_loss", "suspend",
                                        "prices", List.of(DocumentedAccount.newVersion()),
                                        "costs", List.of(DocumentedAccount.newVersion())))))),
                entry("GET /operator/routes", () -> call),
                entry("GET /operator/routes/{model}", () -> call.of("model", account.newRoute())),
                entry("POST /operator/routes/{model}/prices/preview", () -> call.of("model", "deepseek-v4-flash")
                        .asking("?days=1")
                        .saying(DocumentedAccount.newVersion())),
                entry("GET /operator/upstreams", () -> call),
                entry("GET /operator/chains", () -> call),
                entry("GET /operator/deposits", () -> call.asking("?limit=10&chain_id=eip155:31337")),
                entry("GET /operator/token-stops", () -> call),
                entry("PUT /operator/token-stops/{chainId}/{token}", () -> ofAToken(call, "NONE")
                        .saying(Map.of("reason", "a test"))
                        .answeredWith(404)),
                entry("DELETE /operator/token-stops/{chainId}/{token}", () -> ofAToken(call, "USDT")),
                entry("GET /operator/margins", () -> call));
    }

    private static DocumentedCall ofAToken(DocumentedCall call, String token) {
        return call.of("chainId", "eip155:31337").of("token", token);
    }
}
