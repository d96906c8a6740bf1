package com.gogogoapi.pricing.api;

import com.gogogoapi.contracts.pricing.Route;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Optional;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;

/** How long an answer may be kept, and how a client asks whether it still has the newest. */
public final class Caching {

    /** An operator's new version is to be seen about as soon as it is valid. */
    private static final Duration AT_MOST = Duration.ofSeconds(5);

    private Caching() {}

    /** Never beyond the next turn of a price that the answer shows. */
    public static CacheControl until(Collection<Route> shown, Instant now) {
        var left = shown.stream()
                .map(route -> route.turnAfter(now))
                .flatMap(Optional::stream)
                .map(turn -> Duration.between(now, turn))
                .filter(duration -> duration.compareTo(AT_MOST) < 0)
                .min(Duration::compareTo)
                .orElse(AT_MOST);
        return CacheControl.maxAge(left).cachePublic();
    }

    /** @param identity the same text for answers that say the same */
    static <T> ResponseEntity<T> answer(T body, String identity, CacheControl rule) {
        return ResponseEntity.ok().cacheControl(rule).eTag(tag(identity)).body(body);
    }

    /** Weak: the answer also says when it was given, which is no change. */
    public static String tag(String identity) {
        try {
            var sha = MessageDigest.getInstance("SHA-256").digest(identity.getBytes(StandardCharsets.UTF_8));
            return "W/\"" + HexFormat.of().formatHex(sha, 0, 16) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform must have SHA-256.", e);
        }
    }
}
