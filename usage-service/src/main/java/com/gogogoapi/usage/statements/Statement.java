package com.gogogoapi.usage.statements;

import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.usage.activity.DailyCharges.DailyCharge;
import com.gogogoapi.usage.api.AsOf;
import com.gogogoapi.usage.balance.Balances.EntrySum;
import com.gogogoapi.usage.balance.CreditEntry;
import com.gogogoapi.usage.balance.EntryType;
import com.gogogoapi.usage.balance.StatedBalance;
import java.util.List;
import java.util.function.Function;

/**
 * A month of an account's credit. It adds up, or there is none: what the ledger stated at its beginning, and what was granted,
 * transferred, charged, expired and taken back since, is what the ledger stated at its end; and each of them is by how much
 * the ledger's own sum of it grew. Holds and what came back of them change no credit.
 *
 * @param opening the ledger's balance right before the month's first instant
 * @param closing the same of the next month's, or so far
 * @param entries what changed the credit other than by requests, oldest first; empty where they are too many to be listed
 * @param entrySums the same, all of them, for each type
 * @param charges by day and route
 */
record Statement(
        StatementMonth month,
        StatedBalance opening,
        StatedBalance closing,
        List<CreditEntry> entries,
        List<EntrySum> entrySums,
        List<DailyCharge> charges,
        AsOf asOf) {

    /** What is kept here is not what the ledger decided. */
    static final class DoesNotAddUp extends RuntimeException {

        private static final long serialVersionUID = 1;

        private DoesNotAddUp(String message) {
            super(message);
        }
    }

    /** @throws DoesNotAddUp if it does not */
    Statement {
        entries = List.copyOf(entries);
        entrySums = List.copyOf(entrySums);
        charges = List.copyOf(charges);
        var before = opening.balance();
        var after = closing.balance();
        var charged = sum(charges, DailyCharge::charged);
        var added = sum(entrySums, EntryType.GRANT).plus(sum(entrySums, EntryType.TRANSFER_IN));
        var expired = sum(entrySums, EntryType.EXPIRY);
        var taken = sum(entrySums, EntryType.REVOCATION).plus(sum(entrySums, EntryType.TRANSFER_OUT));
        requireEqual("charges", charged, after.chargedUsd().minus(before.chargedUsd()));
        requireEqual("what was added", added, after.grantedUsd().minus(before.grantedUsd()));
        requireEqual("expiries", expired, after.expiredOrZero().minus(before.expiredOrZero()));
        requireEqual("what was taken", taken, after.revokedOrZero().minus(before.revokedOrZero()));
        requireEqual(
                "the closing balance",
                opening.credit().plus(added).minus(charged).minus(expired).minus(taken),
                closing.credit());
    }

    private static void requireEqual(String what, Usd sum, Usd stated) {
        if (!sum.equals(stated)) {
            throw new DoesNotAddUp(
                    "A statement must add up: " + what + " come to " + sum + ", and the ledger states " + stated + ".");
        }
    }

    /**
     * Whether nothing of the month can come any more. The clock does not tell: what came in before the month's end may be decided,
     * or read, later. Events of a shard are decided in the order in which their requests came in, so one from after the
     * end says that all before it are there; a shard in which nothing happens since has no final statement yet.
     */
    boolean isFinal() {
        var at = asOf.at();
        return at != null && !at.isBefore(month.to());
    }

    Usd total(EntryType type) {
        return sum(entrySums, type);
    }

    /** Of all days and routes. */
    Usd total(Function<DailyCharge, Usd> amount) {
        return sum(charges, amount);
    }

    long requests() {
        return charges.stream().mapToLong(DailyCharge::requests).sum();
    }

    /** Whether all entries are listed. */
    boolean listsEntries() {
        return entries.size() == entrySums.stream().mapToLong(EntrySum::count).sum();
    }

    private static Usd sum(List<DailyCharge> charges, Function<DailyCharge, Usd> amount) {
        return charges.stream().map(amount).reduce(Usd.ZERO, Usd::plus);
    }

    private static Usd sum(List<EntrySum> sums, EntryType type) {
        return sums.stream()
                .filter(sum -> sum.type() == type)
                .map(EntrySum::amount)
                .reduce(Usd.ZERO, Usd::plus);
    }
}
