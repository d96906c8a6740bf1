package com.gogogoapi.auditor.journal;

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
import com.gogogoapi.evidence.books.Postings;
import com.gogogoapi.evidence.log.LogRow;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/**
 * One shard's books as a journal of plain text accounting, which {@code hledger check --strict} accepts. Every posting
 * asserts its account's balance after it.
 *
 * <p>hledger checks assertions in the order of dates. A broker's clock that went back over midnight would put events out of
 * order, so a date never goes back; each transaction's exact time is in its comment.
 */
public final class JournalWriter {

    private static final int NAME_WIDTH = 60;

    private final Writer out;
    private final int shard;
    private final Map<String, Usd> balances = new HashMap<>();
    private LocalDate date = LocalDate.MIN;
    private long transactions;

    public JournalWriter(Writer out, int shard) throws IOException {
        this.out = out;
        this.shard = shard;
        // hledger takes amounts for balanced that agree to the commodity's decimals: so all twelve are declared.
        out.write("commodity 1000.000000000000 USD\n\n");
    }

    public void write(LogRow row, LedgerEvent event) throws IOException {
        var postings = Postings.of(event);
        if (postings.isEmpty()) {
            return;
        }
        var at = Instant.ofEpochMilli(row.atMillis());
        var day = at.atOffset(ZoneOffset.UTC).toLocalDate();
        date = day.isAfter(date) ? day : date;
        for (var posting : postings) {
            var name = nameOf(posting.account().journalName(shard));
            if (balances.putIfAbsent(name, Usd.ZERO) == null) {
                out.write("account " + name + "\n");
            }
        }
        out.write("\n" + date + " * " + what(event) + " | request " + event.requestId() + "  ; sequence:" + row.pos()
                + ", at:" + at + "\n");
        for (var posting : postings) {
            var name = nameOf(posting.account().journalName(shard));
            var balance = balances.merge(name, posting.amountUsd(), Usd::plus);
            out.write("    " + name + " ".repeat(Math.max(2, NAME_WIDTH - name.length())) + posting.amountUsd()
                    + " USD = " + balance + " USD\n");
        }
        transactions++;
    }

    public long transactions() {
        return transactions;
    }

    /** Route names come from outside; in a journal some characters mean something else. */
    private static String nameOf(String account) {
        return account.replaceAll("[^A-Za-z0-9._:-]", "_");
    }

    private static String what(LedgerEvent event) {
        return switch (event) {
            case CreditGranted granted -> "grant";
            case CreditReserved reserved -> "hold";
            case CreditRefused refused -> "refusal";
            case CreditRevoked revoked -> "revocation";
            case CreditTransferred transfer -> EventCsv.kindOf(transfer) + " " + transfer.transferId();
            case CreditExpired expired -> "expiry, part " + expired.part();
            case ParkedAccountResumed resumed -> EventCsv.kindOf(resumed);
            case InstallationEvent done -> "installation";
            case CreditReleased released -> "release " + released.outcome();
            case CreditSettled settled -> (settled.late() ? "late charge " : "charge ") + settled.outcome();
        };
    }
}
