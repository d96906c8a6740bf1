package com.gogogoapi.usage.statements;

import com.gogogoapi.usage.balance.CreditEntry;
import com.gogogoapi.usage.papers.Paper;
import com.gogogoapi.usage.papers.Paper.Fact;
import java.util.ArrayList;
import java.util.List;

/** The receipt of credit that was bought or granted. */
final class GrantPaper {

    private GrantPaper() {}

    static Paper of(Statements.Added added, Paper.Parties parties) {
        var entry = added.entry();
        var facts = new ArrayList<Fact>();
        facts.add(new Fact("What", words(entry)));
        facts.add(new Fact("At", entry.at().toString()));
        facts.add(new Fact("Grant", entry.grantId().toString()));
        if (entry.reference() != null) {
            facts.add(new Fact("Reference", entry.reference()));
        }
        if (entry.reason() != null) {
            facts.add(new Fact("Reason", entry.reason()));
        }
        facts.add(new Fact(
                "Expires",
                entry.expiresAt() == null ? "never" : entry.expiresAt().toString()));
        facts.add(new Fact("Event of the ledger", entry.sequence() + " of shard " + entry.shard()));
        facts.add(new Fact("Amount, USD", entry.amount().toString(), true));
        return new Paper(
                "Receipt for credit",
                entry.at(),
                List.of(
                        parties,
                        new Paper.Facts("Credit", facts),
                        new Paper.Text("Credit pays for requests by their tokens; it is not paid out."),
                        new Paper.Text(
                                "The same receipt for programs, and the statement of the month that has it as an entry:"),
                        new Paper.Typed("GET /api/v1/credits/grants/" + entry.grantId() + "/receipt")));
    }

    /** What an entry is called. */
    static String words(CreditEntry entry) {
        var source = entry.source();
        return switch (entry.type()) {
            case GRANT ->
                source == null
                        ? "Grant"
                        : switch (source) {
                            case OPERATOR_GRANT -> "Grant";
                            case STABLECOIN_DEPOSIT -> "Deposit";
                            case CORRECTION -> "Correction";
                        };
            case TRANSFER_IN -> "Transfer from " + entry.counterpart();
            case TRANSFER_OUT -> "Transfer to " + entry.counterpart();
            case EXPIRY -> "Expiry of grant " + entry.grantId();
            case REVOCATION -> "Taken back";
        };
    }
}
