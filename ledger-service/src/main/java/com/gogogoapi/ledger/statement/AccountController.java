package com.gogogoapi.ledger.statement;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.Balance;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.wire.ServiceHeaders;
import com.gogogoapi.ledger.history.AccountHistory;
import com.gogogoapi.ledger.log.LogUnavailableException;
import com.gogogoapi.ledger.log.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What other services ask of an account, always straight from the log. */
@RestController
@RequestMapping("/internal/accounts/{account}")
class AccountController {

    static final int MAX_LINES = 1_000;

    private final AccountReader reader;
    private final AccountHistory history;

    AccountController(AccountReader reader, AccountHistory history) {
        this.reader = reader;
        this.history = history;
    }

    record BalanceAnswer(
            @JsonProperty("account_id") AccountId accountId,
            @JsonProperty("available_usd") Usd availableUsd,
            @JsonProperty("held_usd") Usd heldUsd,
            @JsonProperty("charged_usd") Usd chargedUsd,
            @JsonProperty("granted_usd") Usd grantedUsd,
            @JsonProperty("expired_usd") Usd expiredUsd,
            @JsonProperty("revoked_usd") Usd revokedUsd,
            @JsonProperty("open_holds") int openHolds,
            @Nullable Long sequence) {

        /** @param sequence of the event after which it is so; null before the first */
        static BalanceAnswer of(AccountId accountId, Balance balance, @Nullable Long sequence) {
            return new BalanceAnswer(
                    accountId,
                    balance.availableUsd(),
                    balance.heldUsd(),
                    balance.chargedUsd(),
                    balance.grantedUsd(),
                    balance.expiredOrZero(),
                    balance.revokedOrZero(),
                    balance.openHolds(),
                    sequence);
        }
    }

    record Statement(
            String object,
            List<StatementLine> data,
            @JsonProperty("next_cursor") @Nullable String nextCursor) {}

    record RequestEvents(List<RequestEvent> data) {}

    record RequestEvent(
            String type,
            @JsonProperty("event_id") UUID eventId,
            int shard,
            long position,
            @JsonRawValue String event) {

        static RequestEvent of(StoredEvent stored) {
            return new RequestEvent(
                    stored.type(),
                    stored.eventId(),
                    stored.shard(),
                    stored.pos(),
                    new String(stored.payload(), StandardCharsets.UTF_8));
        }
    }

    @GetMapping("/balance")
    BalanceAnswer balance(@PathVariable String account) {
        var accountId = accountId(account);
        return reader.before(accountId, Long.MAX_VALUE, 1).stream()
                .findFirst()
                .map(last -> BalanceAnswer.of(accountId, last.event().balance(), last.seq()))
                .orElseGet(() -> BalanceAnswer.of(accountId, Balance.NONE, null));
    }

    @GetMapping(value = "/statement", produces = MediaType.APPLICATION_JSON_VALUE)
    Statement statement(
            @PathVariable String account,
            @RequestParam(defaultValue = "100") String limit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable String at,
            @RequestParam(required = false) @Nullable String seq) {
        return page(account, limit, before(account, cursor, at, seq));
    }

    @GetMapping(value = "/statement", produces = "text/csv")
    ResponseEntity<String> statementAsCsv(
            @PathVariable String account,
            @RequestParam(defaultValue = "1000") String limit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable String at,
            @RequestParam(required = false) @Nullable String seq) {
        var page = page(account, limit, before(account, cursor, at, seq));
        var answer = ResponseEntity.ok().contentType(new MediaType("text", "csv", StandardCharsets.UTF_8));
        if (page.nextCursor() != null) {
            answer.header(ServiceHeaders.NEXT_CURSOR, page.nextCursor());
        }
        return answer.body(StatementCsv.of(page.data()));
    }

    /** Where a page begins: before the cursor, and no later than the instant or event as of which it is asked for. */
    private long before(String account, @Nullable String cursor, @Nullable String at, @Nullable String seq) {
        var before = cursor == null ? Long.MAX_VALUE : number("cursor", cursor, 0, Long.MAX_VALUE);
        if (seq != null) {
            before = Math.min(before, number("seq", seq, 0, Long.MAX_VALUE - 1) + 1);
        }
        if (at != null) {
            before = Math.min(
                    before, history.sequenceAt(accountId(account), instant(at)).orElse(-1L) + 1);
        }
        return before;
    }

    private static Instant instant(String at) {
        try {
            return Instant.parse(at);
        } catch (DateTimeParseException e) {
            throw ApiError.invalidRequest("at", "at must be an instant such as 2026-11-23T12:00:00Z.");
        }
    }

    private Statement page(String account, String limit, long before) {
        var lines = (int) number("limit", limit, 1, MAX_LINES);
        // One more than asked for tells whether there is a next page.
        var events = reader.before(accountId(account), before, lines + 1);
        var data = events.stream().limit(lines).map(StatementLine::of).toList();
        var next = events.size() > lines ? Long.toString(data.getLast().sequence()) : null;
        return new Statement("list", data, next);
    }

    @GetMapping("/requests/{requestId}")
    RequestEvents request(@PathVariable String account, @PathVariable String requestId) {
        try {
            return new RequestEvents(reader.request(accountId(account), UUID.fromString(requestId)).stream()
                    .map(RequestEvent::of)
                    .toList());
        } catch (IllegalArgumentException e) {
            throw ApiError.invalidRequest("request_id", "request_id must be a UUID.");
        }
    }

    @GetMapping("/events/{eventId}")
    RequestEvent event(@PathVariable String account, @PathVariable String eventId) {
        try {
            return reader.event(accountId(account), UUID.fromString(eventId))
                    .map(RequestEvent::of)
                    .orElseThrow(() -> ApiError.notFound("This account has no such event."));
        } catch (IllegalArgumentException e) {
            throw ApiError.invalidRequest("event_id", "event_id must be a UUID.");
        }
    }

    @ExceptionHandler
    ResponseEntity<Object> unavailable(LogUnavailableException e) {
        var error = ApiError.unavailable("ledger_unavailable", "The ledger's database does not answer.")
                .becauseOf(e);
        org.slf4j.LoggerFactory.getLogger(AccountController.class).warn("the log cannot be read", e);
        return ResponseEntity.status(error.status()).body(error.body());
    }

    private static AccountId accountId(String text) {
        try {
            return new AccountId(text);
        } catch (IllegalArgumentException e) {
            throw ApiError.invalidRequest(
                    "account_id", "account_id must have 1 to 64 lower-case letters, digits or underscores.");
        }
    }

    private static long number(String param, String text, long min, long max) {
        try {
            var number = Long.parseLong(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw ApiError.invalidRequest(param, param + " must be a whole number.");
        }
        throw ApiError.invalidRequest(param, param + " must be from " + min + " to " + max + ".");
    }
}
