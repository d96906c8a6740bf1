package com.gogogoapi.funding.api;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.funding.chains.Chains;
import com.gogogoapi.funding.deposits.DepositState;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which deposits a page is to have. */
record DepositFilter(
        @Nullable DepositState state,
        @Nullable String chainId,
        @Nullable UUID before,
        int limit) {

    private static final int MAX_LIMIT = 100;

    /**
     * @param cursor where the page before ended
     * @throws ApiError 400 that says which of them must be another
     */
    static DepositFilter read(
            Chains chains, String limit, @Nullable String cursor, @Nullable String state, @Nullable String chainId) {
        return new DepositFilter(state(state), chainId(chains, chainId), cursor(cursor), limit(limit));
    }

    private static @Nullable DepositState state(@Nullable String text) {
        for (var state : DepositState.values()) {
            if (state.wireName().equals(text)) {
                return state;
            }
        }
        if (text == null) {
            return null;
        }
        throw ApiError.invalidRequest(
                "state",
                "state must be one of "
                        + Stream.of(DepositState.values())
                                .map(DepositState::wireName)
                                .collect(Collectors.joining(", "))
                        + ".");
    }

    private static @Nullable String chainId(Chains chains, @Nullable String text) {
        if (text == null || chains.knownIds().contains(text)) {
            return text;
        }
        throw ApiError.invalidRequest(
                "chain_id", "chain_id must be one of " + String.join(", ", chains.knownIds()) + ".");
    }

    private static int limit(String text) {
        try {
            var limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException e) {
            throw limitMust();
        }
        throw limitMust();
    }

    private static ApiError limitMust() {
        return ApiError.invalidRequest("limit", "limit must be a whole number from 1 to " + MAX_LIMIT + ".");
    }

    private static @Nullable UUID cursor(@Nullable String text) {
        try {
            return text == null ? null : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw ApiError.invalidRequest("cursor", "cursor must be the next_cursor of the page before.");
        }
    }
}
