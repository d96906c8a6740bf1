package com.gogogoapi.proxy.execution;

import com.gogogoapi.contracts.ledger.CreditReleased;
import com.gogogoapi.contracts.ledger.CreditSettled;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.money.Usd;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;

/** The headers that tell a client what it paid. */
final class ChargeHeaders {

    private ChargeHeaders() {}

    static void held(HttpServletResponse response, HeldRequest hold) {
        response.setHeader("x-quote-id", hold.quoteId());
        response.setHeader("x-price-version", hold.reserved().priceVersion());
        response.setHeader("x-credit-held-usd", hold.reserved().heldUsd().toString());
        response.setHeader("x-completion-limit", Long.toString(hold.reserved().maxCompletionTokens()));
        if (hold.reserved().maxCompletionTokens() < hold.quotedLimit()) {
            response.setHeader("x-completion-limit-shrunk-from", Long.toString(hold.quotedLimit()));
        }
    }

    /** What it came to; empty for what ends no hold. */
    static Optional<Usd> cost(LedgerEvent end) {
        return switch (end) {
            case CreditSettled settled -> Optional.of(settled.chargedUsd());
            case CreditReleased released -> Optional.of(Usd.ZERO);
            case LedgerEvent other -> Optional.empty();
        };
    }

    static void ended(HttpServletResponse response, LedgerEvent end) {
        if (end instanceof CreditSettled settled) {
            response.setHeader("x-cost-usd", settled.chargedUsd().toString());
            response.setHeader("x-credit-refunded-usd", settled.releasedUsd().toString());
        } else if (end instanceof CreditReleased released) {
            response.setHeader("x-cost-usd", "0.00");
            response.setHeader("x-credit-refunded-usd", released.releasedUsd().toString());
        }
    }
}
