package com.gogogoapi.auditor.deposits;

import com.gogogoapi.auditor.source.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Why a deposit may not be credited: it is too new, or the auditor knows of it. */
final class Explained {

    private final Map<String, String> reasons = new HashMap<>();
    private final Instant newSince;

    /** @param within how long a deposit may take to be credited, from its block's time on */
    Explained(Duration within, Instant now) {
        newSince = now.minus(within);
    }

    /** Lines of a reference, a comma and the reason. */
    void read(Path file) throws IOException {
        for (var line : Files.readAllLines(file)) {
            var comma = line.indexOf(',');
            if (comma > 0 && comma < line.length() - 1) {
                reasons.put(
                        line.substring(0, comma).strip(),
                        line.substring(comma + 1).strip());
            } else if (!line.isBlank()) {
                throw new SourceException(
                        file + " must have lines of a reference, a comma and a reason, and has: " + line);
            }
        }
    }

    Optional<String> why(String reference, Instant at) {
        var reason = reasons.get(reference);
        return reason == null && at.isAfter(newSince)
                ? Optional.of("it may be credited yet")
                : Optional.ofNullable(reason);
    }
}
