package com.gogogoapi.ledger.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.CreditGranted;
import com.gogogoapi.contracts.ledger.CreditTransferred;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.intake.TransferSide;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.ledger.account.EventIds;
import com.gogogoapi.ledger.account.GrantLots.Lot;
import com.gogogoapi.ledger.account.GrantLots.Place;
import com.gogogoapi.ledger.log.LedgerLog;
import com.gogogoapi.ledger.log.StoredEvent;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What is left of each grant, in the order in which charges consume them. */
@RestController
@RequestMapping("/internal/accounts/{account}/grants")
class GrantsController {

    /** Of more, the rest is one sum: what is listed is looked up in the log. */
    private static final int MOST = 100;

    private final AccountHistory history;
    private final LedgerLog log;

    GrantsController(AccountHistory history, LedgerLog log) {
        this.history = history;
        this.log = log;
    }

    /**
     * The answer.
     *
     * @param availableUsd and {@code heldUsd} are together what is left of all grants
     * @param othersLeftUsd what is left of grants that are not listed
     * @param sequence of the account's last event in it; null before the first
     */
    record Open(
            String object,
            List<Grant> data,
            long others,
            @JsonProperty("others_left_usd") Usd othersLeftUsd,
            @JsonProperty("available_usd") Usd availableUsd,
            @JsonProperty("held_usd") Usd heldUsd,

            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable
            Long sequence) {}

    /**
     * A grant of which something is left.
     *
     * @param amountUsd what was granted; more may be left, where grants joined it that are consumed under its name
     * @param expiresAt null for never
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Grant(
            @JsonProperty("grant_id") UUID grantId,
            @JsonProperty("left_usd") Usd leftUsd,
            @JsonProperty("amount_usd") Usd amountUsd,
            @JsonProperty("granted_at") Instant grantedAt,
            int priority,
            @JsonProperty("expires_at") @Nullable Instant expiresAt,
            String source,
            String reference) {}

    @GetMapping
    Open open(@PathVariable AccountId account) {
        try {
            var state = history.ledgerStateAfter(
                    account, history.lastSequence(account).orElse(-1L));
            var lots = state.state().lots().open();
            var listed = lots.values().stream().limit(MOST).map(Lot::grantId).toList();
            var events = log.requests(account, listed).stream()
                    .collect(Collectors.toMap(StoredEvent::eventId, StoredEvent::event));
            var data = new ArrayList<Grant>();
            var others = Usd.ZERO;
            for (var lot : lots.entrySet()) {
                if (data.size() < MOST) {
                    data.add(grant(events, lot.getKey(), lot.getValue()));
                } else {
                    others = others.plus(lot.getValue().leftUsd());
                }
            }
            var balance = state.state().balance();
            return new Open(
                    "list",
                    data,
                    lots.size() - data.size(),
                    others,
                    balance.availableUsd(),
                    balance.heldUsd(),
                    state.sequence() < 0 ? null : Long.valueOf(state.sequence()));
        } catch (SQLException | DataAccessException e) {
            throw ApiError.unavailable("ledger_unavailable", "The ledger's database does not answer.")
                    .becauseOf(e);
        }
    }

    private static Grant grant(Map<UUID, LedgerEvent> events, Place place, Lot lot) {
        return EventIds.ofRequest(lot.grantId()).stream()
                .flatMap(id -> Stream.ofNullable(events.get(id)))
                .flatMap(event -> granted(event, place, lot).stream())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The log must have grant " + lot.grantId() + "."));
    }

    /** Empty of what did not add credit. */
    private static Optional<Grant> granted(LedgerEvent event, Place place, Lot lot) {
        if (event instanceof CreditGranted granted) {
            return Optional.of(grant(
                    place, lot, granted.amountUsd(), granted, granted.source().name(), granted.reference()));
        }
        if (event instanceof CreditTransferred moved && moved.side() == TransferSide.IN) {
            return Optional.of(grant(place, lot, moved.amountUsd(), moved, "TRANSFER", moved.reference()));
        }
        return Optional.empty();
    }

    private static Grant grant(Place place, Lot lot, Usd amount, LedgerEvent event, String source, String reference) {
        return new Grant(
                lot.grantId(),
                lot.leftUsd(),
                amount,
                event.decidedAt(),
                place.priority(),
                place.expiresAt(),
                source,
                reference);
    }
}
