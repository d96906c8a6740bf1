package com.gogogoapi.account.keys;

import com.gogogoapi.contracts.access.AddressRange;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What whoever makes a key chooses, and can change later. */
public record KeySettings(
        String label,
        @Nullable Instant expiresAt,
        List<String> routes,
        List<AddressRange> addressRanges,
        List<String> tags,
        Limits limits) {

    public static final int MAX_LABEL_CHARS = 200;

    /** A key that may do everything. */
    public static KeySettings labelled(String label) {
        return new KeySettings(label, null, List.of(), List.of(), List.of(), Limits.NONE);
    }

    /** The same until then at the latest. */
    KeySettings expiringBy(Instant at) {
        var end = expiresAt == null || at.isBefore(expiresAt) ? at : expiresAt;
        return new KeySettings(label, end, routes, addressRanges, tags, limits);
    }
}
