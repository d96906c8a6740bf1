package com.gogogoapi.acceptance.chaos;

import com.gogogoapi.contracts.ledger.Balance;
import com.gogogoapi.contracts.ledger.CreditExpired;
import com.gogogoapi.contracts.ledger.CreditGranted;
import com.gogogoapi.contracts.ledger.CreditRefused;
import com.gogogoapi.contracts.ledger.CreditReleased;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.CreditRevoked;
import com.gogogoapi.contracts.ledger.CreditSettled;
import com.gogogoapi.contracts.ledger.CreditTransferred;
import com.gogogoapi.contracts.ledger.GrantConsumed;
import com.gogogoapi.contracts.ledger.InstallationEvent;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.ParkedAccountResumed;
import com.gogogoapi.contracts.pricing.TokenPrices;
import com.gogogoapi.contracts.pricing.TokenUsage;
import com.gogogoapi.ledger.log.StoredEvent;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One account by itself, kept by hand: six amounts and the open holds, moved by what each event says happened, and
 * compared with the balance that the event states. Charges are rated again from tokens and prices.
 */
final class AccountBooks {

    private final String account;
    private final BiConsumer<Check, String> violations;
    private final Map<UUID, BigDecimal> holds = new HashMap<>();
    private BigDecimal available = BigDecimal.ZERO;
    private BigDecimal charged = BigDecimal.ZERO;
    private BigDecimal granted = BigDecimal.ZERO;
    private BigDecimal expired = BigDecimal.ZERO;
    private BigDecimal revoked = BigDecimal.ZERO;

    AccountBooks(String account, BiConsumer<Check, String> violations) {
        this.account = account;
        this.violations = violations;
    }

    void check(List<StoredEvent> story) {
        var seq = 0L;
        for (var stored : story) {
            if (stored.seq() != seq) {
                report(Check.NO_GAP, stored, "where " + seq + " is due");
            }
            seq = stored.seq() + 1;
            book(stored, stored.event());
            compare(stored, stored.event().balance());
        }
    }

    private void book(StoredEvent stored, LedgerEvent event) {
        switch (event) {
            case CreditGranted grant -> {
                granted = granted.add(grant.amountUsd().amount());
                available = available.add(grant.amountUsd().amount());
            }
            case CreditReserved hold -> {
                holds.put(hold.requestId(), hold.heldUsd().amount());
                available = available.subtract(hold.heldUsd().amount());
            }
            case CreditReleased release -> available = available.add(takeHold(release.requestId()));
            case CreditSettled settlement -> {
                var charge = settlement.chargedUsd().amount();
                available = available.add(takeHold(settlement.requestId())).subtract(charge);
                charged = charged.add(charge);
                if (differ(sum(settlement.consumed()), charge)) {
                    report(Check.BALANCES_ADD_UP, stored, "was charged " + charge + " and consumed other grants");
                }
                var cost = cost(settlement.prices(), settlement.usage());
                if (cost.compareTo(charge.add(settlement.overrunUsd().amount())) != 0) {
                    report(Check.BALANCES_ADD_UP, stored, "cost " + cost + " and was charged " + charge);
                }
            }
            case CreditRevoked back -> {
                var amount = back.amountUsd().amount();
                available = available.subtract(amount);
                revoked = revoked.add(amount);
                if (differ(sum(back.consumed()), amount)) {
                    report(Check.BALANCES_ADD_UP, stored, "took back " + amount + " and consumed other grants");
                }
            }
            case CreditTransferred transfer -> {
                var amount = transfer.amountUsd().amount();
                switch (transfer.side()) {
                    case OUT -> {
                        available = available.subtract(amount);
                        revoked = revoked.add(amount);
                        if (differ(sum(transfer.consumed()), amount)) {
                            report(Check.BALANCES_ADD_UP, stored, "gave " + amount + " and consumed other grants");
                        }
                    }
                    case IN -> {
                        available = available.add(amount);
                        granted = granted.add(amount);
                    }
                }
            }
            case CreditExpired over -> {
                available = available.subtract(over.amountUsd().amount());
                expired = expired.add(over.amountUsd().amount());
            }
            case CreditRefused refused -> {
                // Nothing moves.
            }
            case ParkedAccountResumed resumed -> {
                // Nothing moves.
            }
            case InstallationEvent done -> {
                // Nothing moves.
            }
        }
    }

    private static BigDecimal sum(@Nullable List<GrantConsumed> consumed) {
        return consumed == null
                ? BigDecimal.ZERO
                : consumed.stream().map(part -> part.amountUsd().amount()).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private BigDecimal takeHold(UUID request) {
        var hold = holds.remove(request);
        return hold == null ? BigDecimal.ZERO : hold;
    }

    private static BigDecimal cost(TokenPrices prices, TokenUsage usage) {
        return cost(prices.input().price(), usage.promptTokens() - usage.cachedPromptTokens())
                .add(cost(prices.cachedInput().price(), usage.cachedPromptTokens()))
                .add(cost(prices.output().price(), usage.completionTokens()));
    }

    private static BigDecimal cost(BigDecimal perMillion, long tokens) {
        return perMillion.multiply(BigDecimal.valueOf(tokens)).movePointLeft(6);
    }

    private void compare(StoredEvent stored, Balance stated) {
        var held = holds.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        if (available.signum() < 0 || held.signum() < 0) {
            report(Check.NEVER_NEGATIVE, stored, "leaves " + available + " available and " + held + " held");
        }
        if (differ(stated.availableUsd().amount(), available)
                || differ(stated.heldUsd().amount(), held)
                || differ(stated.chargedUsd().amount(), charged)
                || differ(stated.grantedUsd().amount(), granted)
                || differ(stated.expiredOrZero().amount(), expired)
                || differ(stated.revokedOrZero().amount(), revoked)
                || stated.openHolds() != holds.size()) {
            report(Check.BALANCES_ADD_UP, stored, "states " + stated);
        }
        if (differ(granted, available.add(held).add(charged).add(expired).add(revoked))) {
            report(Check.BALANCES_ADD_UP, stored, "leaves a trial balance that is not zero");
        }
    }

    private static boolean differ(BigDecimal one, BigDecimal other) {
        return one.compareTo(other) != 0;
    }

    private void report(Check check, StoredEvent stored, String what) {
        violations.accept(check, account + "/" + stored.seq() + " " + what);
    }
}
