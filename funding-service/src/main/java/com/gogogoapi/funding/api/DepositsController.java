package com.gogogoapi.funding.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.funding.deposits.Deposits;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Everything that reached an account's addresses. */
@RestController
@RequestMapping("/internal/deposits")
class DepositsController {

    private static final int MAX_LIMIT = 100;

    private final Deposits deposits;

    DepositsController(Deposits deposits) {
        this.deposits = deposits;
    }

    /** @param notListed arrivals of worthless tokens beyond 1,000 a day */
    record Page(
            String object,
            List<DepositView> data,
            @JsonProperty("next_cursor") @Nullable UUID nextCursor,
            @JsonProperty("not_listed") long notListed) {}

    /** The newest first. @param cursor where the page before ended */
    @GetMapping
    Page list(
            HttpServletRequest request,
            @RequestParam(defaultValue = "50") String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var most = limit(limit);
        var account = Accounts.of(request);
        var found = deposits.of(account, cursor(cursor), most + 1);
        var shown = found.size() > most ? found.subList(0, most) : found;
        return new Page(
                "list",
                shown.stream().map(DepositView::of).toList(),
                found.size() > most ? shown.getLast().id() : null,
                deposits.passedOver(account));
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
