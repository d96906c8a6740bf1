package com.gogogoapi.proxy.access;

import static com.gogogoapi.proxy.access.Who.AUDITOR;
import static com.gogogoapi.proxy.access.Who.INSTALLATION;
import static com.gogogoapi.proxy.access.Who.PRICES;
import static com.gogogoapi.proxy.access.Who.SUPPORT;
import static com.gogogoapi.proxy.access.Who.TREASURY;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who may call which route: the whole of it. A route that has no line answers nobody; {@code docs/openapi.yaml} says the
 * same, which a test holds against this, and another one walks every route as everybody.
 */
public final class RouteRules {

    private static final Map<String, Set<Who>> RULES = new HashMap<>();

    static {
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
        operators("GET /operator/usage/rebuild", SUPPORT, AUDITOR);
        operators("POST /operator/usage/rebuild", SUPPORT);

        operators("POST /operator/routes/{model}/prices", PRICES);
        operators("POST /operator/routes/{model}/costs", PRICES);
        operators("PUT /operator/routes/{model}/loss-policy", PRICES);
        operators("PUT /operator/routes/{model}/aliases", PRICES);
        operators("POST /operator/routes/import", PRICES);
        operators("GET /operator/margins", PRICES, AUDITOR);
    }

    private RouteRules() {}

    private static void operators(String route, Who... who) {
        add(route, who);
    }

    private static void add(String route, Who... who) {
        if (RULES.put(route, EnumSet.copyOf(List.of(who))) != null) {
            throw new IllegalStateException(route + " must have one rule.");
        }
    }

    /**
     * Who may call a route.
     *
     * @param route its method and path, without a prefix: {@code GET /operator/accounts}
     */
    static Optional<Set<Who>> of(String route) {
        return Optional.ofNullable(RULES.get(route));
    }

    /** All rules, by method and path. */
    public static Map<String, Set<Who>> all() {
        return Map.copyOf(RULES);
    }
}
