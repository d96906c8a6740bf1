package com.gogogoapi.contracts.pricing;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one rule of which price applies when; every service that needs it asks here.
 *
 * <p>Of one route's versions, the one with the latest {@code validFrom} that is not in the future is in force; of two with
 * the same {@code validFrom} the one announced later; of two announced at once the one whose name sorts last. Within it
 * the first window that applies decides, and outside all windows the version's own prices.
 */
public final class PriceVersions {

    /** The version that would be in force first; total, so that every instance agrees. */
    public static final Comparator<PriceVersion> IN_FORCE_FIRST = Comparator.comparing(PriceVersion::validFrom)
            .thenComparing(PriceVersion::announcedAt)
            .thenComparing(PriceVersion::version)
            .reversed();

    private PriceVersions() {}

    /** The version in force, whatever the order of those given. */
    public static <V extends PriceVersion> Optional<V> inForce(Collection<V> versions, Instant at) {
        return versions.stream()
                .filter(version -> !version.validFrom().isAfter(at))
                .min(IN_FORCE_FIRST);
    }

    /** When the next version after that instant begins. */
    public static Optional<Instant> nextStart(Collection<? extends PriceVersion> versions, Instant at) {
        return versions.stream()
                .map(PriceVersion::validFrom)
                .filter(start -> start.isAfter(at))
                .min(Comparator.naturalOrder());
    }

    /** @param versions all known ones of one route; empty before the first is valid */
    public static Optional<PriceAt> at(Collection<? extends PriceVersion> versions, Instant at) {
        return inForce(versions, at)
                .map(version -> within(version, at, nextStart(versions, at).orElse(null)));
    }

    private static PriceAt within(PriceVersion version, Instant at, @Nullable Instant nextStart) {
        var schedule = version.schedule();
        if (schedule == null) {
            return new PriceAt(version.version(), null, version.prices(), nextStart);
        }
        var window = schedule.windowAt(at);
        return new PriceAt(
                version.version(),
                window.map(PriceWindow::name).orElse(null),
                window.map(PriceWindow::prices).orElse(version.prices()),
                schedule.changeAfter(at, nextStart).orElse(nextStart));
    }
}
