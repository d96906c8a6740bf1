package com.gogogoapi.contracts.pricing;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.gogogoapi.contracts.messaging.Event;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Under which other names a route answers, all of them; of several such events of a route the one set last counts.
 *
 * <p>An alias is a name that callers may use, and nothing more: quotes, holds, charges and receipts name the route.
 */
public record RouteAliasesSet(
        String model,
        List<String> aliases,
        String setBy,
        Instant setAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String reason)
        implements Event {

    public static final int MAX_ALIASES = 32;

    /** @throws IllegalArgumentException for too many, twice the same, the route's own name, or what is no model's name */
    public RouteAliasesSet {
        if (aliases.size() > MAX_ALIASES) {
            throw new IllegalArgumentException("A route must have at most " + MAX_ALIASES + " aliases.");
        }
        if (!aliases.stream().allMatch(ModelName::isValid)) {
            throw new IllegalArgumentException("Every alias must be " + ModelName.FORM + ".");
        }
        if (new HashSet<>(aliases).size() < aliases.size() || aliases.contains(model)) {
            throw new IllegalArgumentException("Every alias must be a name of its own, and not the route's.");
        }
        aliases = List.copyOf(aliases);
    }
}
