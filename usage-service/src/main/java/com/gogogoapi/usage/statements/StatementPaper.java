package com.gogogoapi.usage.statements;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.usage.activity.DailyCharges.DailyCharge;
import com.gogogoapi.usage.balance.CreditEntry;
import com.gogogoapi.usage.balance.EntryType;
import com.gogogoapi.usage.balance.StatedBalance;
import com.gogogoapi.usage.papers.Paper;
import com.gogogoapi.usage.papers.Paper.Block;
import com.gogogoapi.usage.papers.Paper.Column;
import com.gogogoapi.usage.papers.Paper.Fact;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** A statement as people file it. Amounts are exact: nothing is rounded. */
final class StatementPaper {

    private static final DateTimeFormatter AT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xxx", Locale.ROOT);

    private final Statement statement;
    private final ZoneId zone;

    private StatementPaper(Statement statement) {
        this.statement = statement;
        this.zone = statement.month().zone();
    }

    static Paper of(Statement statement, AccountId account, Paper.Parties parties) {
        return new StatementPaper(statement).paper(account, parties);
    }

    private Paper paper(AccountId account, Paper.Parties parties) {
        var month = statement.month();
        var name = month.month().getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH) + " "
                + month.month().getYear();
        var blocks = new ArrayList<Block>();
        blocks.add(parties);
        blocks.add(new Paper.Text("From " + at(month.from()) + " up to " + at(month.to())
                + ", not included, in the zone " + zone.getId() + "."
                + (statement.isFinal() ? "" : " It is not final: this is how it stood at " + at(until()) + ".")));
        blocks.add(summary());
        blocks.add(new Paper.Text(
                "Credit is what is available and what requests in flight hold. A hold and its release change neither: what was held and not charged, "
                        + statement.total(DailyCharge::refunded)
                        + " USD in this time, came back as it ended. Beyond it, "
                        + statement.total(DailyCharge::writtenOff)
                        + " USD of what requests cost was written off and is owed by nobody."));
        if (!statement.entries().isEmpty()) {
            blocks.add(entries());
        } else if (!statement.listsEntries()) {
            blocks.add(
                    new Paper.Text(
                            "The entries beside charges are too many to be listed; all of them are in the sums above, and in GET /api/v1/ledger."));
        }
        if (!statement.charges().isEmpty()) {
            blocks.add(charges());
        }
        blocks.addAll(checks(account));
        return new Paper("Statement of " + name, until(), blocks);
    }

    private Block summary() {
        var facts = new ArrayList<Fact>();
        facts.add(new Fact("Opening balance", statement.opening().credit().toString(), true));
        facts.add(new Fact("Granted and bought", "+" + statement.total(EntryType.GRANT)));
        facts.add(new Fact("Transferred in", "+" + statement.total(EntryType.TRANSFER_IN)));
        facts.add(new Fact(
                "Charged for " + statement.requests() + " requests", "−" + statement.total(DailyCharge::charged)));
        facts.add(new Fact("Expired", "−" + statement.total(EntryType.EXPIRY)));
        facts.add(new Fact("Taken back", "−" + statement.total(EntryType.REVOCATION)));
        facts.add(new Fact("Transferred out", "−" + statement.total(EntryType.TRANSFER_OUT)));
        facts.add(new Fact("Closing balance", statement.closing().credit().toString(), true));
        facts.add(new Fact(
                "of it held by requests in flight", held(statement.closing()).toString()));
        return new Paper.Facts("Summary, in US dollars", facts);
    }

    private static Usd held(StatedBalance stated) {
        return stated.balance().heldUsd();
    }

    private Block entries() {
        return new Paper.Table(
                "Grants, transfers, expiries and corrections",
                List.of(
                        Column.text("At"),
                        Column.text("What"),
                        Column.text("Reference"),
                        Column.number("Event"),
                        Column.number("USD")),
                statement.entries().stream().map(this::line).toList(),
                List.of());
    }

    private List<String> line(CreditEntry entry) {
        var reference = new ArrayList<String>();
        if (entry.reference() != null) {
            reference.add(entry.reference());
        }
        if (entry.reason() != null) {
            reference.add(entry.reason());
        }
        if (entry.expiresAt() != null) {
            reference.add("expires " + at(entry.expiresAt()));
        }
        return List.of(
                at(entry.at()),
                GrantPaper.words(entry),
                String.join("; ", reference),
                Long.toString(entry.sequence()),
                (entry.type().adds() ? "+" : "−") + entry.amount());
    }

    private Block charges() {
        return new Paper.Table(
                "Charges by day and route",
                List.of(
                        Column.text("Day"),
                        Column.text("Route"),
                        Column.number("Requests"),
                        Column.number("Prompt tokens"),
                        Column.number("Completion tokens"),
                        Column.number("Released, USD"),
                        Column.number("Charged, USD")),
                statement.charges().stream().map(StatementPaper::line).toList(),
                List.of(
                        "Sum",
                        "",
                        Long.toString(statement.requests()),
                        "",
                        "",
                        statement.total(DailyCharge::refunded).toString(),
                        statement.total(DailyCharge::charged).toString()));
    }

    private static List<String> line(DailyCharge charge) {
        return List.of(
                charge.day(),
                charge.model() == null ? "all" : charge.model(),
                Long.toString(charge.requests()),
                Long.toString(charge.promptTokens()),
                Long.toString(charge.completionTokens()),
                charge.refunded().toString(),
                charge.charged().toString());
    }

    private List<Block> checks(AccountId account) {
        var asOf = statement.asOf();
        var opening = statement.opening().sequence();
        var closing = statement.closing().sequence();
        return List.of(
                new Paper.Heading("How to check it"),
                new Paper.Text(
                        "The opening balance is true after event " + opening + " of the ledger’s shard "
                                + asOf.shard() + ", the closing balance after event " + closing
                                + "; events were read up to number " + asOf.sequence()
                                + ". All that changed the account’s credit between the two is in the sums. The ledger states the closing balance itself:"),
                new Paper.Typed("GET /api/v1/ledger?limit=1&at=" + lastInstant()),
                new Paper.Text("With read access to the ledger’s database, from outside, recomputed from all events:"),
                new Paper.Typed("./gogogo audit state " + account + " --at " + lastInstant()),
                new Paper.Text("A signed checkpoint covers this statement if it names event " + closing
                        + " or a later one of shard " + asOf.shard()
                        + "; with a checkpoint that was kept elsewhere, and the public key of GET /api/v1/ledger/keys, "
                        + "the same program’s verify shows that nothing before it was changed since."));
    }

    /** The last millisecond, which is as exact as the ledger is. */
    private Instant lastInstant() {
        return statement.isFinal() ? until().minusMillis(1) : until();
    }

    /** Its end, or up to where it is known. */
    private Instant until() {
        var month = statement.month();
        return statement.isFinal()
                ? month.to()
                : Objects.requireNonNullElse(statement.asOf().at(), month.from());
    }

    private String at(Instant at) {
        return AT.format(at.atZone(zone));
    }
}
