package com.gogogoapi.proxy.access;

import static com.gogogoapi.proxy.access.Who.ACCOUNT;
import static com.gogogoapi.proxy.access.Who.ADMIN;
import static com.gogogoapi.proxy.access.Who.AUDITOR;
import static com.gogogoapi.proxy.access.Who.BILLING;
import static com.gogogoapi.proxy.access.Who.DEVELOPER;
import static com.gogogoapi.proxy.access.Who.EVERYBODY;
import static com.gogogoapi.proxy.access.Who.INSTALLATION;
import static com.gogogoapi.proxy.access.Who.OWNER;
import static com.gogogoapi.proxy.access.Who.PRICES;
import static com.gogogoapi.proxy.access.Who.SUPPORT;
import static com.gogogoapi.proxy.access.Who.TREASURY;
import static com.gogogoapi.proxy.access.Who.VIEWER;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who may call which route: the whole of it. A route that has no line answers nobody; {@code docs/openapi.yaml} says the
 * same, which a test holds against this, and another one walks every route as everybody.
 */
public final class RouteRules {

    /** Which kind of key a route is called with. */
    enum Key {
        /** One that calls models. */
        CALLS,
        /** The same, or a browser that is signed in. */
        QUOTES,
        /** One that manages keys, or a browser that is signed in. */
        MANAGES,
        /** Any of them. */
        ANY,
        /** None. */
        NONE
    }

    /**
     * Who may call a route, and with which kind of key.
     *
     * @param stepUp whether a browser's person must have shown lately who he is
     */
    record Rule(Set<Who> who, Key key, boolean stepUp) {}

    /**
     * What hands out power, or changes who has it: who finds a browser that was left signed in gets no further with it. A key
     * that calls models spends, so to make one is such a thing too; what takes power away is none.
     */
    private static final Set<String> STEP_UP = Set.of(
            "POST /account/organisation",
            "PATCH /members/{member}",
            "POST /members/{member}/removal",
            "POST /invitations",
            "POST /keys",
            "POST /keys/{keyId}/rotation",
            "POST /webhooks",
            "POST /webhooks/{webhookId}/rotation",
            "POST /passkeys/options",
            "POST /passkeys",
            "DELETE /passkeys/{passkey}");

    private static final Who[] ALL_MEMBERS = {ACCOUNT, OWNER, ADMIN, BILLING, DEVELOPER, VIEWER};
    private static final Who[] WHO_CALL = {ACCOUNT, OWNER, ADMIN, DEVELOPER};
    private static final Who[] WHO_SEE_ALL = {ACCOUNT, OWNER, ADMIN, BILLING, VIEWER};
    private static final Who[] WHO_PAY = {ACCOUNT, OWNER, ADMIN, BILLING, DEVELOPER};
    private static final Who[] WHO_SEE_TO_MONEY = {ACCOUNT, OWNER, ADMIN, BILLING};

    private static final Map<String, Rule> RULES = new HashMap<>();

    static {
        everybody("GET /models");
        everybody("GET /models/{model}");
        everybody("GET /models/{owner}/{model}");
        everybody("GET /pricing");
        everybody("GET /pricing/{model}");
        everybody("GET /pricing/{model}/history");
        everybody("GET /pricing/changes.atom");
        everybody("GET /quote/accuracy");
        everybody("GET /ledger/keys");
        everybody("GET /openapi.yaml");
        everybody("POST /invitations/acceptance");

        // Of a browser's own session, which says itself whose it is.
        everybody("GET /session");
        everybody("DELETE /session");
        everybody("DELETE /sessions/{session}");
        everybody("POST /session/options");
        everybody("POST /session");
        everybody("POST /session/confirmation/options");
        everybody("POST /session/confirmation/code");
        everybody("POST /session/confirmation");
        everybody("POST /passkeys/options");
        everybody("POST /passkeys");
        everybody("DELETE /passkeys/{passkey}");
        // Pages.
        everybody("POST /pricing");
        everybody("GET /");
        everybody("GET /assets/{file}");
        everybody("GET /dashboard");
        everybody("GET /dashboard/{page}");
        everybody("GET /dashboard/{page}/{item}");
        everybody("GET /docs");
        everybody("GET /docs/{guide}");
        everybody("GET /status");
        everybody("GET /invitation");
        everybody("GET /sign-in");
        everybody("POST /sign-in");
        everybody("GET /sign-in/sent");
        everybody("GET /sign-in/link");
        everybody("POST /sign-in/link");
        everybody("GET /sign-in/provider");
        everybody("GET /sign-in/provider/callback");

        // The console, by the operators' door, and the session of an operator's browser.
        everybody("GET /operator");
        everybody("GET /operator/{page}");
        everybody("GET /operator/{page}/{item}");
        everybody("GET /operator/assets/{file}");
        everybody("GET /operator/session");
        everybody("POST /operator/session");
        everybody("DELETE /operator/session");

        keys(Key.CALLS, "POST /chat/completions", WHO_CALL);
        keys(Key.CALLS, "POST /chat/deepseek", WHO_CALL);
        keys(Key.CALLS, "POST /beta/chat/completions", WHO_CALL);
        keys(Key.CALLS, "POST /completions", WHO_CALL);
        keys(Key.CALLS, "POST /beta/completions", WHO_CALL);
        keys(Key.CALLS, "POST /messages", WHO_CALL);
        keys(Key.CALLS, "POST /messages/count_tokens", WHO_CALL);
        keys(Key.CALLS, "POST /responses", WHO_CALL);
        keys(Key.CALLS, "GET /responses/{response}", WHO_CALL);
        keys(Key.CALLS, "DELETE /responses/{response}", WHO_CALL);
        keys(Key.QUOTES, "POST /quote", WHO_CALL);

        keys(Key.ANY, "GET /key", ALL_MEMBERS);
        keys(Key.ANY, "GET /account", ALL_MEMBERS);
        keys(Key.ANY, "GET /credits", ALL_MEMBERS);
        keys(Key.ANY, "GET /credits/grants", WHO_SEE_ALL);
        keys(Key.ANY, "GET /credits/grants/{grantId}/receipt", WHO_SEE_TO_MONEY);
        keys(Key.ANY, "GET /statements/{month}", WHO_SEE_TO_MONEY);
        keys(Key.ANY, "GET /deposit-addresses", WHO_SEE_TO_MONEY);
        keys(Key.ANY, "POST /deposit-addresses/test-payments", WHO_SEE_TO_MONEY);
        keys(Key.ANY, "GET /deposits", WHO_SEE_ALL);
        keys(Key.ANY, "POST /top-ups", WHO_PAY);
        keys(Key.ANY, "GET /top-ups/{payment}", WHO_PAY);
        keys(Key.ANY, "GET /deposits/{depositId}", WHO_SEE_ALL);
        keys(Key.ANY, "GET /ledger", WHO_SEE_ALL);
        // Of these a developer sees what is his own.
        keys(Key.ANY, "GET /requests", ALL_MEMBERS);
        keys(Key.ANY, "GET /requests/{requestId}", ALL_MEMBERS);
        keys(Key.ANY, "GET /requests/{requestId}/receipt", ALL_MEMBERS);
        keys(Key.ANY, "GET /generation", ALL_MEMBERS);
        keys(Key.ANY, "GET /activity", ALL_MEMBERS);
        keys(Key.ANY, "GET /events", ALL_MEMBERS);

        keys(Key.ANY, "GET /alerts", WHO_SEE_ALL);
        keys(Key.ANY, "PUT /alerts", WHO_SEE_TO_MONEY);
        keys(Key.ANY, "POST /alerts/test", WHO_SEE_TO_MONEY);
        keys(Key.ANY, "POST /alerts/confirmation", WHO_SEE_TO_MONEY);
        keys(Key.ANY, "GET /webhooks", WHO_SEE_ALL);
        keys(Key.ANY, "POST /webhooks", WHO_SEE_TO_MONEY);
        keys(Key.ANY, "DELETE /webhooks/{webhookId}", WHO_SEE_TO_MONEY);
        keys(Key.ANY, "POST /webhooks/{webhookId}/test", WHO_SEE_TO_MONEY);
        keys(Key.ANY, "POST /webhooks/{webhookId}/rotation", WHO_SEE_TO_MONEY);
        keys(Key.ANY, "POST /webhooks/{webhookId}/replay", WHO_SEE_TO_MONEY);
        keys(Key.ANY, "POST /webhooks/{webhookId}/enable", WHO_SEE_TO_MONEY);
        keys(Key.ANY, "GET /webhooks/{webhookId}/deliveries", WHO_SEE_ALL);

        // And of these: a developer sees what is his own.
        keys(Key.MANAGES, "GET /keys", ALL_MEMBERS);
        keys(Key.MANAGES, "POST /keys", WHO_CALL);
        keys(Key.MANAGES, "GET /keys/{keyId}", ALL_MEMBERS);
        keys(Key.MANAGES, "PATCH /keys/{keyId}", WHO_CALL);
        keys(Key.MANAGES, "DELETE /keys/{keyId}", WHO_CALL);
        keys(Key.MANAGES, "POST /keys/{keyId}/rotation", WHO_CALL);

        keys(Key.MANAGES, "POST /account/organisation", OWNER);
        keys(Key.MANAGES, "GET /account/limits", WHO_SEE_ALL);
        keys(Key.MANAGES, "PUT /account/limits", WHO_SEE_TO_MONEY);
        keys(Key.MANAGES, "GET /members", WHO_SEE_ALL);
        keys(Key.MANAGES, "GET /members/{member}/limits", WHO_SEE_ALL);
        keys(Key.MANAGES, "PUT /members/{member}/limits", OWNER, ADMIN);
        keys(Key.MANAGES, "PATCH /members/{member}", OWNER, ADMIN);
        // Others' by owners and admins, everybody's own by himself.
        keys(Key.MANAGES, "POST /members/{member}/removal", OWNER, ADMIN, BILLING, DEVELOPER, VIEWER);
        keys(Key.MANAGES, "GET /invitations", OWNER, ADMIN);
        keys(Key.MANAGES, "POST /invitations", OWNER, ADMIN);
        keys(Key.MANAGES, "DELETE /invitations/{invitation}", OWNER, ADMIN);

        operators("GET /operator/accounts/{account}/profile", SUPPORT, TREASURY, AUDITOR);
        operators("POST /operator/accounts/{account}/organisation", SUPPORT);
        operators("GET /operator/accounts/{account}/members", SUPPORT, AUDITOR);
        operators("PATCH /operator/accounts/{account}/members/{member}", SUPPORT);
        operators("POST /operator/accounts/{account}/members/{member}/removal", SUPPORT);
        operators("GET /operator/accounts/{account}/members/{member}/limits", SUPPORT, AUDITOR);
        operators("PUT /operator/accounts/{account}/members/{member}/limits", SUPPORT);
        operators("GET /operator/accounts/{account}/invitations", SUPPORT, AUDITOR);
        operators("POST /operator/accounts/{account}/invitations", SUPPORT);
        operators("DELETE /operator/accounts/{account}/invitations/{invitation}", SUPPORT);
        operators("POST /operator/accounts/{account}/sign-in-links", INSTALLATION);

        operators("GET /operator/self", SUPPORT, PRICES, TREASURY, AUDITOR);
        operators("GET /operator/operators", AUDITOR);
        operators("POST /operator/operators", INSTALLATION);
        operators("PATCH /operator/operators/{name}", INSTALLATION);
        operators("DELETE /operator/operators/{name}", INSTALLATION);
        operators("POST /operator/operators/{name}/secret", INSTALLATION);
        operators("GET /operator/audit-trail", AUDITOR);

        operators("GET /operator/accounts", SUPPORT, TREASURY, AUDITOR);
        operators("POST /operator/accounts", SUPPORT);
        operators("GET /operator/accounts/{account}", SUPPORT, TREASURY, AUDITOR);
        operators("GET /operator/accounts/{account}/limits", SUPPORT, TREASURY, AUDITOR);
        operators("PUT /operator/accounts/{account}/limits", SUPPORT);
        operators("GET /operator/accounts/{account}/statement", SUPPORT, TREASURY, AUDITOR);
        operators("GET /operator/accounts/{account}/state", SUPPORT, TREASURY, AUDITOR);
        operators("GET /operator/accounts/{account}/requests/{requestId}/receipt", SUPPORT, TREASURY, AUDITOR);
        operators("GET /operator/accounts/{account}/keys", SUPPORT, AUDITOR);
        operators("POST /operator/accounts/{account}/keys", SUPPORT);
        operators("GET /operator/accounts/{account}/keys/{keyId}", SUPPORT, AUDITOR);
        operators("PATCH /operator/accounts/{account}/keys/{keyId}", SUPPORT);
        operators("DELETE /operator/accounts/{account}/keys/{keyId}", SUPPORT);
        operators("POST /operator/accounts/{account}/keys/{keyId}/rotation", SUPPORT);
        operators("POST /operator/keys/revocations", SUPPORT);

        operators("POST /operator/accounts/{account}/grants", TREASURY);
        operators("POST /operator/accounts/{account}/corrections", TREASURY);
        operators("POST /operator/accounts/{account}/transfers", TREASURY);
        operators("GET /operator/orders", TREASURY, AUDITOR);
        operators("GET /operator/orders/{order}", TREASURY, AUDITOR);
        operators("POST /operator/orders/{order}/approval", TREASURY);
        operators("POST /operator/orders/{order}/rejection", TREASURY);
        operators("GET /operator/parked", SUPPORT, TREASURY, AUDITOR);
        operators("GET /operator/accounts/{account}/parked", SUPPORT, TREASURY, AUDITOR);
        operators("POST /operator/accounts/{account}/parked/{offset}", TREASURY);

        operators("GET /operator/ledger/trial-balance", TREASURY, AUDITOR);
        operators("GET /operator/ledger/checkpoints", TREASURY, AUDITOR);
        operators("GET /operator/ledger/checkpoints/latest", TREASURY, AUDITOR);
        operators("GET /operator/ledger/intake-gaps", TREASURY, AUDITOR);
        operators("POST /operator/ledger/intake-gaps/{shard}", TREASURY);
        operators("GET /operator/ledger/signing-keys", TREASURY, AUDITOR);
        operators("POST /operator/ledger/signing-keys", INSTALLATION);
        operators("POST /operator/ledger/signing-keys/{key}/revocation", INSTALLATION);
        operators("GET /operator/deposit-addresses", TREASURY, AUDITOR);
        operators("GET /operator/sweeps", TREASURY, AUDITOR);
        operators("GET /operator/sweeps/proposals", TREASURY, AUDITOR);
        operators("PUT /operator/sweeps/{chain}/{transaction}/{log}/explanation", TREASURY);
        operators("GET /operator/usage/rebuild", SUPPORT, AUDITOR);
        operators("POST /operator/usage/rebuild", SUPPORT);

        operators("GET /operator/routes", PRICES, AUDITOR);
        operators("GET /operator/routes/{model}", PRICES, AUDITOR);
        operators("POST /operator/routes/{model}/prices/preview", PRICES);
        operators("POST /operator/routes/{model}/prices", PRICES);
        operators("POST /operator/routes/{model}/costs", PRICES);
        operators("PUT /operator/routes/{model}/loss-policy", PRICES);
        operators("PUT /operator/routes/{model}/aliases", PRICES);
        operators("POST /operator/routes/import", PRICES);
        operators("GET /operator/margins", PRICES, AUDITOR);
        operators("GET /operator/upstreams", SUPPORT, PRICES, TREASURY, AUDITOR);
        operators("GET /operator/chains", SUPPORT, TREASURY, AUDITOR);
        operators("GET /operator/deposits", SUPPORT, TREASURY, AUDITOR);
        operators("GET /operator/token-stops", SUPPORT, TREASURY, AUDITOR);
        operators("PUT /operator/token-stops/{chainId}/{token}", TREASURY);
        operators("DELETE /operator/token-stops/{chainId}/{token}", TREASURY);
    }

    private RouteRules() {}

    private static void everybody(String route) {
        add(route, Key.NONE, EVERYBODY);
    }

    private static void keys(Key key, String route, Who... who) {
        add(route, key, who);
    }

    private static void operators(String route, Who... who) {
        add(route, Key.NONE, who);
    }

    private static void add(String route, Key key, Who... who) {
        if (RULES.put(route, new Rule(EnumSet.copyOf(List.of(who)), key, STEP_UP.contains(route))) != null) {
            throw new IllegalStateException(route + " must have one rule.");
        }
    }

    /**
     * Who may call a route.
     *
     * @param route its method and path, without a prefix: {@code GET /operator/accounts}
     */
    static Optional<Rule> of(String route) {
        return Optional.ofNullable(RULES.get(route));
    }

    /** Which routes are for browsers only whose person has shown lately who he is. */
    public static Set<String> stepUp() {
        return STEP_UP;
    }

    /** Who may call each route, by its method and path. */
    public static Map<String, Set<Who>> all() {
        return RULES.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, rule -> rule.getValue()
                .who()));
    }
}
