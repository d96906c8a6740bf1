package com.gogogoapi.usage.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * As of which event of the ledger an answer is true: all of the account's up to this one, and none after it.
 *
 * @param shard the account's
 * @param sequence the event's number in it; 0 before the first
 * @param at when that event was decided
 * @param rebuilding whether everything is just being read anew, so that more was shown before
 */
public record AsOf(
        int shard,
        long sequence,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant at,
        boolean rebuilding) {}
