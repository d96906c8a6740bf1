package com.gogogoapi.pricing.book;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.pricing.LossPolicy;
import com.gogogoapi.contracts.pricing.PriceVersion;
import com.gogogoapi.contracts.pricing.RouteLimits;
import com.gogogoapi.contracts.pricing.RouteLossPolicySet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Adds versions to the book. A version never changes; a mistake is corrected by a new one.
 *
 * <p>A new price of a route that is sold already begins no sooner than the notice: by then every quote-service has heard of
 * it, and all of them turn to it at the same instant. What the upstream charges is a fact of its own and may be recorded
 * later than it began.
 */
@Service
public class Announcements {

    /** How far in the past an operator may ask a price to begin, and get the soonest possible: the time a request takes. */
    private static final Duration GRACE = Duration.ofMinutes(1);

    /** How many versions of one model may begin at the same instant; more is a loop, not a correction. */
    private static final int MAX_SAME_START = 1_000;

    private final PriceBook book;
    private final Duration notice;
    private final Clock clock;

    Announcements(PriceBook book, @Value("${gogogoapi.pricing.notice:2s}") Duration notice, Clock clock) {
        this.book = book;
        this.notice = notice;
        this.clock = clock;
    }

    /** The key and body of a request that must take effect once. */
    @SuppressWarnings("ArrayRecordComponent") // compared by content below
    public record Once(String idempotencyKey, byte[] requestHash) {}

    /**
     * Adds a version; the same request again gives the same version.
     *
     * @throws ApiError 404 for an unknown model without limits; 400 for a price that would begin in the past; 422 for a key
     *     that came with another body
     */
    @Transactional
    public PriceVersion announce(NewVersion asked, @Nullable Once once) {
        var earlier = earlier(asked, once);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        var limits = limits(asked);
        book.addRoute(asked.model(), limits);
        var now = now();
        var start = start(asked, now);
        for (var repetition = 1; repetition <= MAX_SAME_START; repetition++) {
            var name = asked.model() + "@" + start + (repetition == 1 ? "" : "#" + repetition);
            var version = asked.named(name, limits, start, now);
            if (book.add(
                    version, once == null ? null : once.idempotencyKey(), once == null ? null : once.requestHash())) {
                return version;
            }
            // Either the name is taken, or the same request was carried out a moment ago by another thread.
            var other = earlier(asked, once);
            if (other.isPresent()) {
                return other.get();
            }
        }
        throw ApiError.conflict(
                "too_many_versions",
                "valid_from",
                "valid_from must be an instant at which fewer than " + MAX_SAME_START + " versions begin.");
    }

    /** What the same request brought before. */
    private Optional<PriceVersion> earlier(NewVersion asked, @Nullable Once once) {
        if (once == null) {
            return Optional.empty();
        }
        var earlier = book.byIdempotencyKey(asked.announcedBy(), once.idempotencyKey());
        if (earlier.isPresent() && !Arrays.equals(earlier.get().requestHash(), once.requestHash())) {
            throw ApiError.conflict(
                    "idempotency_mismatch",
                    null,
                    "The Idempotency-Key must be a new one: it came with another body before.");
        }
        return earlier.map(PriceBook.KeyedVersion::version);
    }

    private RouteLimits limits(NewVersion asked) {
        var known = book.limitsOf(asked.model());
        if (known.isPresent()) {
            if (asked.limits() != null && !known.get().equals(asked.limits())) {
                throw ApiError.invalidRequest("limits", "limits must be left out, or be those that the route has.");
            }
            return known.get();
        }
        var limits = asked.limits();
        if (limits == null) {
            throw ApiError.modelNotFound(asked.model());
        }
        return limits;
    }

    private Instant start(NewVersion asked, Instant now) {
        var wanted = asked.validFrom() == null ? now : asked.validFrom().truncatedTo(ChronoUnit.MILLIS);
        if (asked.kind() == NewVersion.Kind.COST) {
            return wanted;
        }
        if (wanted.isBefore(now.minus(GRACE))) {
            throw ApiError.invalidRequest(
                    "valid_from", "valid_from must be now or later: what was valid stays as it was.");
        }
        var soonest = book.isSold(asked.model()) ? now.plus(notice) : now;
        return wanted.isBefore(soonest) ? soonest : wanted;
    }

    /**
     * Adds a version of the past exactly as it is stated: for a route that has none of its kind yet, so that no history is
     * rewritten. Where another instance was faster, nothing happens.
     */
    @Transactional
    public void addHistory(NewVersion first) {
        var limits = book.limitsOf(first.model()).orElse(first.limits());
        var start = first.validFrom();
        if (start == null || limits == null) {
            throw new IllegalArgumentException(
                    "A version of the past must say when it began, and its route must have limits.");
        }
        book.addRoute(first.model(), limits);
        book.add(first.named(first.model() + "@" + start, limits, start, start), null, null);
    }

    /** @throws ApiError 404 for an unknown route */
    @Transactional
    public RouteLossPolicySet setLossPolicy(String model, LossPolicy policy, String setBy, @Nullable String reason) {
        if (book.limitsOf(model).isEmpty()) {
            throw ApiError.modelNotFound(model);
        }
        var set = new RouteLossPolicySet(model, policy, setBy, now(), reason);
        book.add(set);
        return set;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
