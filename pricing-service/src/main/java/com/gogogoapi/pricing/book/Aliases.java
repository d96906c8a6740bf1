package com.gogogoapi.pricing.book;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.pricing.RouteAliasesSet;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Under which other names routes answer. All of a route's aliases are set at once, and the database itself lets no name be
 * two routes', so that what a caller asks for is never a matter of chance.
 */
@Service
public class Aliases {

    private final PriceBook book;
    private final AliasRows rows;
    private final Clock clock;

    Aliases(PriceBook book, AliasRows rows, Clock clock) {
        this.book = book;
        this.rows = rows;
        this.clock = clock;
    }

    /**
     * Sets a route's aliases; the same again changes nothing.
     *
     * @throws ApiError 404 for an unknown route; 400 for what cannot be its aliases; 422 for a name that is another route's
     */
    @Transactional
    public RouteAliasesSet set(String model, List<String> aliases, String setBy, @Nullable String reason) {
        if (book.limitsOf(model).isEmpty()) {
            throw ApiError.modelNotFound(model);
        }
        rows.lock(model);
        var before = rows.latestOf(model);
        if (before.isPresent() && before.get().aliases().equals(aliases)) {
            return before.get();
        }
        var set = checked(model, aliases, setBy, after(before), reason);
        rows.releaseAllBut(aliases, model);
        // In one order, so that two who want the same names wait for each other instead of both.
        for (var alias : aliases.stream().sorted().toList()) {
            if (!rows.claim(alias, model)) {
                throw ApiError.conflict(
                        "alias_taken",
                        "aliases",
                        "Every alias must be a name that no other route has: " + alias + " is "
                                + rows.ownerOf(alias)
                                        .map(owner -> "one of " + owner + ".")
                                        .orElse("taken."));
            }
        }
        rows.add(set);
        return set;
    }

    /** Gives up whatever names of a route are not among those, so that others can take them in the same transaction. */
    @Transactional
    public void release(String model, List<String> kept) {
        rows.lock(model);
        rows.releaseAllBut(kept, model);
    }

    /** What was set last, if ever anything was. */
    public Optional<RouteAliasesSet> latestOf(String model) {
        return rows.latestOf(model);
    }

    /** The route that has that name, as its own or as an alias. */
    public Optional<String> ownerOf(String name) {
        return rows.ownerOf(name);
    }

    private static RouteAliasesSet checked(
            String model, List<String> aliases, String setBy, Instant at, @Nullable String reason) {
        try {
            return new RouteAliasesSet(model, aliases, setBy, at, reason);
        } catch (IllegalArgumentException e) {
            throw ApiError.invalidRequest("aliases", String.valueOf(e.getMessage()));
        }
    }

    /** Later than what was set before, whatever the clock does: the latest counts. */
    private Instant after(Optional<RouteAliasesSet> before) {
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return before.map(RouteAliasesSet::setAt)
                .filter(last -> !last.isBefore(now))
                .map(last -> last.plusMillis(1))
                .orElse(now);
    }
}
