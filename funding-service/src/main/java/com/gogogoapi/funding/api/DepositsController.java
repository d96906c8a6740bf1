package com.gogogoapi.funding.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.funding.chains.Chains;
import com.gogogoapi.funding.deposits.Deposits;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.UUID;
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
        var filter = DepositFilter.read(chains, limit, cursor, state, chainId);
        var account = Accounts.of(request);
        var found = deposits.found(account, filter.state(), filter.chainId(), filter.before(), filter.limit() + 1);
        var shown = found.size() > filter.limit() ? found.subList(0, filter.limit()) : found;
        return new Page(
                "list",
                !chains.all().isEmpty(),
                chains.explanation(),
                shown.stream().map(deposit -> DepositView.of(deposit, chains)).toList(),
                found.size() > filter.limit() ? shown.getLast().id() : null,
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
}
