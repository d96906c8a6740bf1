package com.gogogoapi.ledger.history;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.evidence.state.CanonicalState;
import java.sql.SQLException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** An account's state, now, at an instant, or after one of its events. */
@RestController
@RequestMapping("/internal/accounts/{account}/state")
class StateController {

    private final AccountHistory history;

    StateController(AccountHistory history) {
        this.history = history;
    }

    /**
     * The answer.
     *
     * @param state the canonical text, of which {@code state_hash} is the SHA-256
     */
    record StateView(
            @JsonProperty("account_id") String accountId,
            long sequence,
            @JsonProperty("available_usd") String availableUsd,
            @JsonProperty("held_usd") String heldUsd,
            @JsonProperty("charged_usd") String chargedUsd,
            @JsonProperty("granted_usd") String grantedUsd,
            @JsonProperty("expired_usd") String expiredUsd,
            @JsonProperty("revoked_usd") String revokedUsd,
            @JsonProperty("open_holds") int openHolds,
            String state,
            @JsonProperty("state_hash") String stateHash) {

        static StateView of(CanonicalState state) {
            return new StateView(
                    state.account(),
                    state.sequence(),
                    state.available(),
                    state.held(),
                    state.charged(),
                    state.granted(),
                    state.expired(),
                    state.revoked(),
                    state.holds().size(),
                    state.text(),
                    state.hashHex());
        }
    }

    @GetMapping
    StateView state(
            @PathVariable String account,
            @RequestParam(required = false) @Nullable String at,
            @RequestParam(required = false) @Nullable Long seq) {
        try {
            var accountId = new AccountId(account);
            return sequence(accountId, at, seq)
                    .flatMap(sequence -> stateAfter(accountId, sequence))
                    .map(StateView::of)
                    .orElseThrow(() -> ApiError.notFound("The account had no event by then."));
        } catch (IllegalArgumentException e) {
            throw ApiError.invalidRequest("account_id", "account_id must be an account id.");
        } catch (DataAccessException e) {
            throw away(e);
        }
    }

    private Optional<Long> sequence(AccountId account, @Nullable String at, @Nullable Long seq) {
        if (at != null && seq != null) {
            throw ApiError.invalidRequest("at", "at and seq must not both be given.");
        }
        if (at != null) {
            try {
                return history.sequenceAt(account, Instant.parse(at));
            } catch (DateTimeParseException e) {
                throw ApiError.invalidRequest("at", "at must be an instant such as 2026-11-23T12:00:00Z.");
            }
        }
        if (seq != null && seq < 0) {
            throw ApiError.invalidRequest("seq", "seq must be 0 or more.");
        }
        return seq != null ? Optional.of(seq) : history.lastSequence(account);
    }

    private Optional<CanonicalState> stateAfter(AccountId account, long sequence) {
        try {
            return history.stateAfter(account, sequence);
        } catch (SQLException e) {
            throw away(e);
        }
    }

    private static ApiError away(Exception cause) {
        return ApiError.unavailable("ledger_unavailable", "The ledger's database does not answer.")
                .becauseOf(cause);
    }
}
