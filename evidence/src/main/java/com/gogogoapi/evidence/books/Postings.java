package com.gogogoapi.evidence.books;

import com.gogogoapi.contracts.ledger.CreditExpired;
import com.gogogoapi.contracts.ledger.CreditGranted;
import com.gogogoapi.contracts.ledger.CreditRefused;
import com.gogogoapi.contracts.ledger.CreditReleased;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.CreditRevoked;
import com.gogogoapi.contracts.ledger.CreditSettled;
import com.gogogoapi.contracts.ledger.CreditTransferred;
import com.gogogoapi.contracts.ledger.InstallationEvent;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.ParkedAccountResumed;
import com.gogogoapi.contracts.money.Usd;
import java.util.ArrayList;
import java.util.List;

/**
 * How each kind of event is booked. The postings of an event add up to zero.
 *
 * <pre>
 *                 debit                                      credit
 * granted         deposits | promotional grants | corrections available
 * reserved        available                                  held
 * released        held                                       available
 * settled         held, write-offs (the overrun)             available (the rest of the hold), revenue (the whole cost)
 * revoked         available                                  corrections
 * expired         available                                  expired grants
 * transferred out available                                  transfers
 * transferred in  transfers                                  available
 * refused         —                                          —
 * </pre>
 *
 * Where a charge is above its hold, available is debited by the difference.
 */
public final class Postings {

    private Postings() {}

    /** The event's postings, those of zero left out; none for an event that moves nothing. */
    public static List<Posting> of(LedgerEvent event) {
        var postings = new Postings.Builder();
        var customer = event.accountId();
        var available = BookAccount.of(Title.CREDIT_AVAILABLE, customer);
        var held = BookAccount.of(Title.CREDIT_HELD, customer);
        switch (event) {
            case CreditGranted granted ->
                postings.debit(sourceOf(granted), granted.amountUsd()).credit(available, granted.amountUsd());
            case CreditReserved reserved ->
                postings.debit(available, reserved.heldUsd()).credit(held, reserved.heldUsd());
            case CreditRefused refused -> {
                // Nothing moved.
            }
            case ParkedAccountResumed resumed -> {
                // Nothing moved: what was decided after it has events of its own.
            }
            case InstallationEvent done -> {
                // Nobody's credit.
            }
            case CreditRevoked revoked ->
                postings.debit(available, revoked.amountUsd())
                        .credit(BookAccount.of(Title.CORRECTIONS), revoked.amountUsd());
            case CreditTransferred transferred -> {
                var inTransit = BookAccount.of(Title.TRANSFERS);
                switch (transferred.side()) {
                    case OUT ->
                        postings.debit(available, transferred.amountUsd()).credit(inTransit, transferred.amountUsd());
                    case IN ->
                        postings.debit(inTransit, transferred.amountUsd()).credit(available, transferred.amountUsd());
                }
            }
            case CreditExpired expired ->
                postings.debit(available, expired.amountUsd())
                        .credit(BookAccount.of(Title.EXPIRED_GRANTS), expired.amountUsd());
            case CreditReleased released ->
                postings.debit(held, released.releasedUsd()).credit(available, released.releasedUsd());
            case CreditSettled settled ->
                postings.debit(held, settled.heldUsd())
                        .debit(BookAccount.of(Title.WRITE_OFFS), settled.overrunUsd())
                        .credit(available, settled.heldUsd().minus(settled.chargedUsd()))
                        .credit(
                                BookAccount.revenueOf(settled.model()),
                                settled.chargedUsd().plus(settled.overrunUsd()));
        }
        return postings.all;
    }

    private static BookAccount sourceOf(CreditGranted granted) {
        return BookAccount.of(
                switch (granted.source()) {
                    case STABLECOIN_DEPOSIT -> Title.DEPOSITS_CLEARING;
                    case OPERATOR_GRANT -> Title.PROMOTIONAL_GRANTS;
                    case CORRECTION -> Title.CORRECTIONS;
                });
    }

    private static final class Builder {

        private final List<Posting> all = new ArrayList<>(4);

        Builder debit(BookAccount account, Usd amount) {
            if (!amount.isZero()) {
                all.add(new Posting(account, amount));
            }
            return this;
        }

        Builder credit(BookAccount account, Usd amount) {
            return debit(account, Usd.ZERO.minus(amount));
        }
    }
}
