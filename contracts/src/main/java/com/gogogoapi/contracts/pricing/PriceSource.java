package com.gogogoapi.contracts.pricing;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a price was read.
 *
 * @param url the page that states it
 * @param retrievedAt when it was read there
 * @param contentSha256 of what was seen there, hexadecimal; null where nobody kept it
 */
public record PriceSource(
        String url,
        Instant retrievedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String contentSha256) {

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    /** @throws IllegalArgumentException if the hash is not 64 hexadecimal digits in lower case */
    public PriceSource {
        if (contentSha256 != null && !SHA256.matcher(contentSha256).matches()) {
            throw new IllegalArgumentException("content_sha256 must be 64 hexadecimal digits in lower case.");
        }
    }

    public PriceSource(String url, Instant retrievedAt) {
        this(url, retrievedAt, null);
    }
}
