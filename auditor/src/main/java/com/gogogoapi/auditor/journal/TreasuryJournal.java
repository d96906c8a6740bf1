package com.gogogoapi.auditor.journal;

import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/**
 * What became of deposits on their chains, as a journal of plain text accounting beside those of the ledger's shards: what was swept to the
 * treasury, what arrived and is not credited, what of a credited amount is below a trillionth of a dollar. One USD for each token. With the
 * shards' journals {@code assets:deposits-clearing} is then what lies at the customers' addresses.
 */
public final class TreasuryJournal {

    private static final String CLEARING = "assets:deposits-clearing";
    private static final int NAME_WIDTH = 70;

    private final Writer out;
    private final Map<String, BigDecimal> balances = new HashMap<>();
    private final Map<String, LocalDate> dates = new HashMap<>();
    private long transactions;

    /** @param decimals the most that a token has */
    public TreasuryJournal(Writer out, int decimals) throws IOException {
        this.out = out;
        out.write("commodity 1000." + "0".repeat(Math.max(12, decimals)) + " USD\n");
    }

    /** Where a token of a chain is booked. @param chainId as CAIP-2 has it */
    public record Place(String chainId, String token) {

        private String name() {
            return chainId.replace(':', '-') + ":" + token.replaceAll("[^A-Za-z0-9._-]", "_");
        }
    }

    public void swept(Place place, String reference, Instant at, BigDecimal amount) throws IOException {
        write(place, "sweep", reference, at, amount, "assets:treasury:" + place.name(), clearing(place, "swept"));
    }

    /** To somewhere else than the treasury. */
    public void leftElsewhere(Place place, String reference, Instant at, BigDecimal amount) throws IOException {
        write(place, "left", reference, at, amount, "assets:left-elsewhere:" + place.name(), clearing(place, "swept"));
    }

    public void uncredited(Place place, String reference, Instant at, BigDecimal amount) throws IOException {
        write(
                place,
                "uncredited deposit",
                reference,
                at,
                amount,
                clearing(place, "uncredited"),
                "liabilities:deposits-uncredited:" + place.name());
    }

    /** What of a credited amount is less than can be credited. */
    public void leftOut(Place place, String reference, Instant at, BigDecimal amount) throws IOException {
        write(
                place,
                "below a trillionth",
                reference,
                at,
                amount,
                clearing(place, "left-out"),
                "income:deposits-left-out:" + place.name());
    }

    private static String clearing(Place place, String what) {
        return CLEARING + ":" + place.name() + ":" + what;
    }

    private void write(
            Place place, String what, String reference, Instant at, BigDecimal amount, String debit, String credit)
            throws IOException {
        if (amount.signum() == 0) {
            return;
        }
        var day = at.atOffset(ZoneOffset.UTC).toLocalDate();
        // A balance is asserted in the order of dates, and blocks' times may go back.
        var date = dates.merge(place.chainId(), day, (before, now) -> now.isAfter(before) ? now : before);
        for (var account : new String[] {debit, credit}) {
            if (balances.putIfAbsent(account, BigDecimal.ZERO) == null) {
                out.write("account " + account + "\n");
            }
        }
        out.write("\n" + date + " * " + what + " | " + reference + "  ; at:" + at + "\n");
        posting(debit, amount);
        posting(credit, amount.negate());
        transactions++;
    }

    private void posting(String account, BigDecimal amount) throws IOException {
        var balance = balances.merge(account, amount, BigDecimal::add);
        out.write("    " + account + " ".repeat(Math.max(2, NAME_WIDTH - account.length())) + amount.toPlainString()
                + " USD = " + balance.toPlainString() + " USD\n");
    }

    public long transactions() {
        return transactions;
    }
}
