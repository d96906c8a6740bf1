package com.gogogoapi.ledger.books;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.evidence.books.TrialBalance;
import java.sql.SQLException;
import java.util.SortedMap;
import org.springframework.dao.DataAccessException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The trial balance for whoever may see all of it. */
@RestController
@RequestMapping("/internal/ledger")
class BooksController {

    private final TrialBalances balances;

    BooksController(TrialBalances balances) {
        this.balances = balances;
    }

    /**
     * The answer.
     *
     * @param lines debits positive, credits negative
     * @param sequences how far each shard's log is in it
     */
    record TrialBalanceView(
            String object,
            boolean balanced,
            @JsonProperty("difference_usd") Usd differenceUsd,
            @JsonProperty("lines_usd") TrialBalance lines,
            @JsonProperty("shard_sequences") SortedMap<Integer, Long> sequences) {}

    @GetMapping("/trial-balance")
    TrialBalanceView trialBalance() {
        try {
            var now = balances.now();
            return new TrialBalanceView(
                    "trial_balance",
                    now.balance().isBalanced(),
                    now.balance().difference(),
                    now.balance(),
                    now.sequences());
        } catch (SQLException | DataAccessException e) {
            throw ApiError.unavailable("ledger_unavailable", "The ledger's database does not answer.")
                    .becauseOf(e);
        }
    }
}
