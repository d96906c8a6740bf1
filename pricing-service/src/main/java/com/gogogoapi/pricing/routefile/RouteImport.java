package com.gogogoapi.pricing.routefile;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.pricing.PriceSchedule;
import com.gogogoapi.contracts.pricing.PriceVersion;
import com.gogogoapi.contracts.pricing.PriceVersions;
import com.gogogoapi.contracts.pricing.Route;
import com.gogogoapi.contracts.pricing.TokenPrices;
import com.gogogoapi.pricing.book.Announcements;
import com.gogogoapi.pricing.book.NewVersion;
import com.gogogoapi.pricing.book.PriceBook;
import com.gogogoapi.pricing.wording.StatedPrices;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Brings the book to what a route file says, all of it or nothing, and tells beforehand what that would change.
 *
 * <p>What the file states and the book has already stays; what the book has and the file does not state stays too, since
 * nothing is ever taken back. A version that would change the past is refused, except for a route that has none of its kind
 * yet: that is its history, not a rewriting of it.
 */
@Service
public class RouteImport {

    private final PriceBook book;
    private final Announcements announcements;
    private final Clock clock;

    RouteImport(PriceBook book, Announcements announcements, Clock clock) {
        this.book = book;
        this.announcements = announcements;
        this.clock = clock;
    }

    /** What becomes of one version that the file states. */
    enum Action {
        /** The book says the same already. */
        UNCHANGED,
        /** It is added. */
        ADD,
        /** It is added as part of the history of a route that is new here. */
        ADD_HISTORY,
        /** It begins when a scheduled version begins and takes its place. */
        CORRECT,
        /** It would change what was valid. */
        REFUSE
    }

    /**
     * One line of the difference.
     *
     * @param before what would apply at that time without it; null for nothing
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Change(
            String model,
            String kind,
            String action,
            @JsonProperty("valid_from") @Nullable Instant validFrom,
            @Nullable Terms before,
            @Nullable Terms after,
            @Nullable String message) {}

    /** Prices and, in words enough for a difference, their windows. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Terms(StatedPrices prices, int windows) {
        static Terms of(TokenPrices prices, @Nullable PriceSchedule schedule) {
            return new Terms(
                    StatedPrices.of(prices),
                    schedule == null ? 0 : schedule.windows().size());
        }
    }

    /** @param applied whether the book now says so */
    public record Difference(@JsonProperty("dry_run") boolean dryRun, boolean applied, List<Change> changes) {}

    /** What the import would do. */
    @Transactional(readOnly = true)
    public Difference compare(RouteFile file) {
        return new Difference(true, false, changes(file, clock.instant()));
    }

    /** @throws ApiError 422 if any of it would change the past; then nothing is changed */
    @Transactional
    public Difference apply(RouteFile file) {
        var now = clock.instant();
        var changes = changes(file, now);
        var refused = changes.stream()
                .filter(change -> change.action().equals(name(Action.REFUSE)))
                .toList();
        if (!refused.isEmpty()) {
            throw ApiError.conflict(
                            "import_refused",
                            null,
                            "The file must not change the past: " + refused.size()
                                    + " of its changes would, so nothing was imported.")
                    .withDetail("changes", refused);
        }
        for (var entry : file.routes()) {
            var route = book.route(entry.model());
            entry.prices().forEach(version -> add(version, route.prices(), now));
            entry.costs().forEach(version -> add(version, route.costs(), now));
            var policy = entry.onLoss();
            if (policy != null && policy != route.onLoss()) {
                announcements.setLossPolicy(entry.model(), policy, "import", null);
            }
        }
        return new Difference(false, true, changes);
    }

    private void add(NewVersion version, List<? extends PriceVersion> known, Instant now) {
        switch (action(version, known, now)) {
            case ADD, CORRECT -> announcements.announce(version, null);
            case ADD_HISTORY -> announcements.addHistory(version);
            case UNCHANGED, REFUSE -> {
                // Nothing to add; a refused one has ended the import before.
            }
        }
    }

    private List<Change> changes(RouteFile file, Instant now) {
        var changes = new ArrayList<Change>();
        for (var entry : file.routes()) {
            var route = book.route(entry.model());
            var limits = book.limitsOf(entry.model());
            if (limits.isPresent() && !limits.get().equals(entry.limits())) {
                changes.add(new Change(
                        entry.model(),
                        "limits",
                        name(Action.REFUSE),
                        null,
                        null,
                        null,
                        "limits must be those that the route has."));
            }
            entry.prices().forEach(version -> changes.add(change(version, route.prices(), now)));
            entry.costs().forEach(version -> changes.add(change(version, route.costs(), now)));
            policyChange(entry, route, changes);
        }
        return changes;
    }

    private static void policyChange(RouteFile.Entry entry, Route route, Collection<Change> changes) {
        var policy = entry.onLoss();
        if (policy != null && policy != route.onLoss()) {
            changes.add(new Change(
                    entry.model(),
                    "on_loss",
                    name(Action.ADD),
                    null,
                    null,
                    null,
                    (route.onLoss() + " becomes " + policy).toLowerCase(Locale.ROOT)));
        }
    }

    private static Change change(NewVersion version, List<? extends PriceVersion> known, Instant now) {
        var action = action(version, known, now);
        var start = version.validFrom() == null ? now : version.validFrom();
        var before = PriceVersions.inForce(known, start)
                .map(other -> Terms.of(other.prices(), other.schedule()))
                .orElse(null);
        return new Change(
                version.model(),
                version.kind().name().toLowerCase(Locale.ROOT),
                name(action),
                version.validFrom(),
                before,
                Terms.of(version.prices(), version.schedule()),
                action == Action.REFUSE ? "valid_from must be in the future: what was valid stays as it was." : null);
    }

    private static Action action(NewVersion version, List<? extends PriceVersion> known, Instant now) {
        var start = version.validFrom();
        if (start == null) {
            var inForce = PriceVersions.inForce(known, now);
            return inForce.isPresent() && version.saysTheSameAs(inForce.get()) ? Action.UNCHANGED : Action.ADD;
        }
        var sameStart =
                known.stream().filter(other -> other.validFrom().equals(start)).min(PriceVersions.IN_FORCE_FIRST);
        if (sameStart.isPresent() && version.saysTheSameAs(sameStart.get())) {
            return Action.UNCHANGED;
        }
        if (start.isAfter(now)) {
            return sameStart.isPresent() ? Action.CORRECT : Action.ADD;
        }
        if (known.isEmpty()) {
            return Action.ADD_HISTORY;
        }
        // What the upstream charges is a fact, also one learned late; it was no customer's price.
        return version.kind() == NewVersion.Kind.COST ? Action.ADD : Action.REFUSE;
    }

    private static String name(Action action) {
        return action.name().toLowerCase(Locale.ROOT);
    }
}
