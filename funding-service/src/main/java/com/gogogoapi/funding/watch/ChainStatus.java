package com.gogogoapi.funding.watch;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.gogogoapi.funding.treasury.ReconciledToken;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a chain stands; for operators.
 *
 * @param test whether its tokens are worth nothing
 * @param tokens what is credited there, by its symbols
 * @param finalHeight up to where everything final is recorded; null before the first look
 * @param targetHeight up to where all is final, as the nodes said last
 * @param behind how many final blocks are still to be read
 * @param headHeight the newest block that is known
 * @param nodes how each stands
 * @param reconciled what lies at the addresses, as it was reconciled the last time
 * @param alarms why somebody should look; empty where all is well
 */
record ChainStatus(
        @JsonProperty("chain_id") String chainId,
        String name,
        boolean test,
        List<String> tokens,
        @JsonProperty("final_height") @Nullable Long finalHeight,
        @JsonProperty("target_height") @Nullable Long targetHeight,
        @Nullable Long behind,
        @JsonProperty("native_height") @Nullable Long nativeHeight,
        @JsonProperty("began_at_height") @Nullable Long beganAtHeight,
        @JsonProperty("head_height") @Nullable Long headHeight,
        @JsonProperty("head_changed_at") @Nullable Instant headChangedAt,
        @JsonProperty("looked_at") @Nullable Instant lookedAt,
        @JsonRawValue @Nullable String nodes,
        List<ReconciledToken> reconciled,
        List<String> alarms) {}
