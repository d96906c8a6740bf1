package com.gogogoapi.funding.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.funding.chains.Chains;
import com.gogogoapi.funding.deposits.Deposit;
import com.gogogoapi.funding.deposits.Deposits;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What arrived, whoever it is for; for operators. */
@RestController
class EveryAccountsDepositsController {

    private final Deposits deposits;
    private final Chains chains;

    EveryAccountsDepositsController(Deposits deposits, Chains chains) {
        this.deposits = deposits;
        this.chains = chains;
    }

    record Page(
            String object,
            List<Line> data,
            @JsonProperty("next_cursor") @Nullable UUID nextCursor) {}

    record Line(
            @JsonProperty("account_id") String accountId,
            @JsonUnwrapped DepositView deposit) {}

    /** The newest first. @param account only those of that account */
    @GetMapping("/internal/all-deposits")
    Page list(
            @RequestParam(defaultValue = "50") String limit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(name = "chain_id", required = false) @Nullable String chainId,
            @RequestParam(required = false) @Nullable String account) {
        var filter = DepositFilter.read(chains, limit, cursor, state, chainId);
        var found =
                deposits.found(account(account), filter.state(), filter.chainId(), filter.before(), filter.limit() + 1);
        var shown = found.size() > filter.limit() ? found.subList(0, filter.limit()) : found;
        return new Page(
                "list",
                shown.stream().map(this::line).toList(),
                found.size() > filter.limit() ? shown.getLast().id() : null);
    }

    private Line line(Deposit deposit) {
        return new Line(deposit.account().value(), DepositView.of(deposit, chains));
    }

    private static @Nullable AccountId account(@Nullable String text) {
        if (text == null) {
            return null;
        }
        if (!AccountId.isValid(text)) {
            throw ApiError.invalidRequest("account", "account must be the id of an account.");
        }
        return new AccountId(text);
    }
}
