package com.gogogoapi.auditor.verify;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.AboveHold;
import com.gogogoapi.contracts.ledger.Balance;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.CreditSettled;
import com.gogogoapi.contracts.ledger.GrantConsumed;
import com.gogogoapi.contracts.ledger.intake.GrantRequested;
import com.gogogoapi.contracts.ledger.intake.Outcome;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.pricing.TokenPrices;
import com.gogogoapi.contracts.pricing.TokenUsage;
import com.gogogoapi.fixtures.Grants;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A charge while it is written: of a hold what its usage costs, of the account's first grant, until something is changed. */
final class WrittenCharge {

    /** The reference of the grant that pays where nothing else is said. */
    static final String FIRST_GRANT = "first";

    AccountId account;
    UUID request;
    Outcome outcome = Outcome.COMPLETED;
    String model;
    String priceVersion;
    TokenPrices prices;
    TokenUsage usage;
    Usd held;
    Usd charged;
    Usd overrun = Usd.ZERO;

    @Nullable
    Usd released;

    boolean late;
    Instant at;

    @Nullable
    List<GrantConsumed> consumed;

    @Nullable
    AboveHold aboveHold;

    WrittenCharge(CreditReserved hold, TokenUsage usage) {
        this.account = hold.accountId();
        this.request = hold.requestId();
        this.model = hold.model();
        this.priceVersion = hold.priceVersion();
        this.prices = hold.prices();
        this.usage = usage;
        this.held = hold.heldUsd();
        this.charged = hold.prices().costOf(usage);
        this.at = hold.decidedAt().plusSeconds(5);
    }

    CreditSettled event(Balance before) {
        var of = consumed == null && charged.isPositive()
                ? List.of(Grants.consumed(GrantRequested.requestIdOf(account, FIRST_GRANT), charged.toString()))
                : consumed;
        return new CreditSettled(
                account,
                request,
                outcome,
                model,
                priceVersion,
                prices,
                usage,
                false,
                held,
                charged,
                released == null ? held.minus(charged).max(Usd.ZERO) : released,
                overrun,
                late,
                at,
                before.settled(held, charged, late),
                of,
                aboveHold,
                null,
                null);
    }
}
