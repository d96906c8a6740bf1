package com.gogogoapi.funding.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.funding.chains.Chains;
import com.gogogoapi.funding.deposits.DepositState;
import com.gogogoapi.funding.deposits.Deposits;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Everything that reached an account's addresses. */
@RestController
@RequestMapping("/internal/deposits")
class DepositsController {

    private static final int MAX_LIMIT = 100;

    private final Deposits deposits;
    private final Chains chains;

    DepositsController(Deposits deposits, Chains chains) {
        this.deposits = deposits;
        this.chains = chains;
    }

    /**
     * @param enabled whether deposits are taken; {@code explanation} says it in words
     * @param notListed arrivals of worthless tokens beyond 1,000 a day
     */
    record Page(
            String object,
            boolean enabled,
            String explanation,
            List<DepositView> data,
            @JsonProperty("next_cursor") @Nullable UUID nextCursor,
            @JsonProperty("not_listed") long notListed) {}

    /**
     * The newest first.
     *
     * @param cursor where the page before ended
     * @param state only those that are so far
     * @param chainId only those of that chain
     */
    @GetMapping
    Page list(
            HttpServletRequest request,
            @RequestParam(defaultValue = "50") String limit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(name = "chain_id", required = false) @Nullable String chainId) {
        var most = limit(limit);
        var account = Accounts.of(request);
        var found = deposits.of(account, state(state), chainId(chainId), cursor(cursor), most + 1);
        var shown = found.size() > most ? found.subList(0, most) : found;
        return new Page(
                "list",
                !chains.all().isEmpty(),
                chains.explanation(),
                shown.stream().map(deposit -> DepositView.of(deposit, chains)).toList(),
                found.size() > most ? shown.getLast().id() : null,
                deposits.passedOver(account));
    }

    @GetMapping("/{id}")
    DepositView one(@PathVariable String id, HttpServletRequest request) {
        return deposits.one(Accounts.of(request), id(id))
                .map(deposit -> DepositView.of(deposit, chains))
                .orElseThrow(DepositsController::isNone);
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw isNone();
        }
    }

    private static ApiError isNone() {
        return ApiError.notFound("This account has no such deposit.");
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

    private @Nullable String chainId(@Nullable String text) {
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
