package com.gogogoapi.contracts.pricing;

import static java.util.Comparator.comparing;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;

/**
 * Which route answers to which name; the one rule of it, for every service that is given a name by a caller.
 *
 * <p>A route answers to its own name and to its aliases, and no name is two routes'. While an alias passes from one route to
 * another, a reader of the topic can for a moment have heard of both: then the route that was given it last has it.
 */
public final class RouteNames {

    private final Map<String, String> routesOfAliases;

    private RouteNames(Map<String, String> routesOfAliases) {
        this.routesOfAliases = Map.copyOf(routesOfAliases);
    }

    /** The names of these routes, whatever their order. */
    public static RouteNames of(Collection<Route> routes) {
        var own = new HashSet<String>();
        var ofAliases = new HashMap<String, String>();
        routes.stream()
                .sorted(comparing(RouteNames::setAt).thenComparing(Route::model))
                .forEach(route -> {
                    if (!route.prices().isEmpty()) {
                        own.add(route.model());
                    }
                    route.aliases().forEach(alias -> ofAliases.put(alias, route.model()));
                });
        ofAliases.keySet().removeAll(own);
        return new RouteNames(ofAliases);
    }

    private static Instant setAt(Route route) {
        var set = route.aliasesSet();
        return set == null ? Instant.MIN : set.setAt();
    }

    /** The route's own name; a name that nothing is known of stays as it is. */
    public String routeOf(String name) {
        return routesOfAliases.getOrDefault(name, name);
    }
}
