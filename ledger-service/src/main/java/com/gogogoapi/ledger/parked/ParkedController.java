package com.gogogoapi.ledger.parked;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.ledger.parked.ParkedReader.ParkedAccount;
import com.gogogoapi.ledger.parked.ParkedReader.ParkedEntry;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows the parked accounts and their records. That one goes on is asked for on the intake, like all that has an order. */
@RestController
class ParkedController {

    private static final int MAX_ROWS = 1_000;

    private final ParkedReader reader;

    ParkedController(ParkedReader reader) {
        this.reader = reader;
    }

    record Accounts(List<AccountLine> data) {}

    record AccountLine(
            @JsonProperty("account_id") String accountId,
            int shard,
            int records,
            long offset,
            Instant since,
            String why) {

        static AccountLine of(ParkedAccount parked) {
            return new AccountLine(
                    parked.accountId(),
                    parked.shard(),
                    parked.records(),
                    parked.offset(),
                    parked.since(),
                    parked.why());
        }
    }

    record Records(
            List<RecordLine> data,
            @JsonProperty("next_offset") @Nullable Long nextOffset) {}

    record RecordLine(
            long offset,
            String type,
            Instant at,
            String content,
            String why,
            String state,
            @JsonProperty("ended_by") @Nullable String endedBy,
            @JsonProperty("ended_reason") @Nullable String endedReason,
            @JsonProperty("ended_at") @Nullable Instant endedAt) {

        static RecordLine of(ParkedEntry entry) {
            return new RecordLine(
                    entry.offset(),
                    entry.type(),
                    entry.at(),
                    entry.content(),
                    entry.why(),
                    entry.state(),
                    entry.endedBy(),
                    entry.endedReason(),
                    entry.endedAt());
        }
    }

    /** The accounts that wait, the longest waiting first, at most {@value #MAX_ROWS}. */
    @GetMapping("/internal/parked")
    Accounts accounts() {
        return new Accounts(
                reader.accounts(MAX_ROWS).stream().map(AccountLine::of).toList());
    }

    /** One account's records that are or were parked, in the order of the intake, 100 a page. */
    @GetMapping("/internal/accounts/{account}/parked")
    Records records(@PathVariable String account, @RequestParam(name = "from_offset", defaultValue = "0") long from) {
        if (!AccountId.isValid(account)) {
            throw ApiError.invalidRequest("account_id", "account_id must be an account id.");
        }
        var entries = reader.entries(account, from, 101);
        return new Records(
                entries.stream().limit(100).map(RecordLine::of).toList(),
                entries.size() > 100 ? entries.getLast().offset() : null);
    }
}
