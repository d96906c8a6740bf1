package com.gogogoapi.evidence.books;

import static com.gogogoapi.contracts.money.Usd.usd;
import static com.gogogoapi.fixtures.Events.expired;
import static com.gogogoapi.fixtures.Events.granted;
import static com.gogogoapi.fixtures.Events.reserved;
import static com.gogogoapi.fixtures.Events.revoked;
import static com.gogogoapi.fixtures.Events.settled;
import static com.gogogoapi.fixtures.Grants.aTransferOf;
import static com.gogogoapi.fixtures.Requests.ACCOUNT;
import static com.gogogoapi.fixtures.Requests.NOON;
import static com.gogogoapi.fixtures.Requests.aQuoteOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.Balance;
import com.gogogoapi.contracts.ledger.CreditGranted;
import com.gogogoapi.contracts.ledger.CreditRefused;
import com.gogogoapi.contracts.ledger.CreditReleased;
import com.gogogoapi.contracts.ledger.CreditTransferred;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.RefusalReason;
import com.gogogoapi.contracts.ledger.intake.CreditTransferRequested;
import com.gogogoapi.contracts.ledger.intake.GrantSource;
import com.gogogoapi.contracts.ledger.intake.GrantTerms;
import com.gogogoapi.contracts.ledger.intake.Outcome;
import com.gogogoapi.contracts.ledger.intake.QuoteRequested;
import com.gogogoapi.contracts.ledger.intake.TransferSide;
import com.gogogoapi.contracts.money.Usd;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Promise 7: debits equal credits. */
class PostingsTest {

    private static final UUID REQUEST = UUID.randomUUID();
    private static final AccountId OTHER = new AccountId("acct_other");

    private static CreditGranted grantFrom(GrantSource source) {
        return granted(REQUEST, "5", source, GrantTerms.USUAL);
    }

    /** Of 0.28. */
    private static QuoteRequested quote() {
        return aQuoteOf(REQUEST, 1_000_000);
    }

    private static CreditReleased released() {
        return new CreditReleased(ACCOUNT, REQUEST, Outcome.HOLD_EXPIRED, usd("0.28"), NOON, Balance.NONE);
    }

    private static CreditRefused refused() {
        return CreditRefused.of(quote(), RefusalReason.INSUFFICIENT_CREDIT, NOON, Balance.NONE);
    }

    private static CreditTransferred transferred(CreditTransferRequested transfer) {
        return CreditTransferred.of(
                transfer, NOON, Balance.NONE, transfer.side() == TransferSide.OUT ? List.of() : null);
    }

    private static List<String> postings(LedgerEvent event) {
        return Postings.of(event).stream()
                .map(posting -> posting.account().journalName(3) + " " + posting.amountUsd())
                .toList();
    }

    @Test
    void booksEachKindOfEvent() {
        assertThat(postings(grantFrom(GrantSource.STABLECOIN_DEPOSIT)))
                .containsExactly(
                        "assets:deposits-clearing:shard-03 5.00", "liabilities:credit-available:acct_test -5.00");
        assertThat(postings(grantFrom(GrantSource.OPERATOR_GRANT)))
                .contains("expenses:promotional-grants:shard-03 5.00");
        assertThat(postings(grantFrom(GrantSource.CORRECTION))).contains("expenses:corrections:shard-03 5.00");
        assertThat(postings(reserved(quote())))
                .containsExactly(
                        "liabilities:credit-available:acct_test 0.28", "liabilities:credit-held:acct_test -0.28");
        assertThat(postings(released()))
                .containsExactly(
                        "liabilities:credit-held:acct_test 0.28", "liabilities:credit-available:acct_test -0.28");
        assertThat(postings(expired(REQUEST, 1, "0.28", NOON)))
                .containsExactly("liabilities:credit-available:acct_test 0.28", "income:expired-grants:shard-03 -0.28");
        assertThat(postings(revoked(REQUEST, "0.28", REQUEST)))
                .containsExactly("liabilities:credit-available:acct_test 0.28", "expenses:corrections:shard-03 -0.28");
        assertThat(postings(transferred(aTransferOf(ACCOUNT, OTHER, "0.28", "moved", NOON))))
                .containsExactly("liabilities:credit-available:acct_test 0.28", "liabilities:transfers:shard-03 -0.28");
        assertThat(postings(transferred(
                        aTransferOf(OTHER, ACCOUNT, "0.28", "moved", NOON).otherEnd())))
                .containsExactly("liabilities:transfers:shard-03 0.28", "liabilities:credit-available:acct_test -0.28");
        assertThat(postings(refused())).isEmpty();
        assertThat(postings(settled("0.28", "0.10", "0")))
                .containsExactly(
                        "liabilities:credit-held:acct_test 0.28",
                        "liabilities:credit-available:acct_test -0.18",
                        "income:revenue:deepseek-v4-flash:shard-03 -0.10");
        assertThat(postings(settled("0.28", "0.30", "0.05")))
                .containsExactly(
                        "liabilities:credit-held:acct_test 0.28",
                        "expenses:write-offs:shard-03 0.05",
                        "liabilities:credit-available:acct_test 0.02",
                        "income:revenue:deepseek-v4-flash:shard-03 -0.35");
        assertThat(postings(settled("0", "0.30", "0")))
                .as("a late settlement")
                .containsExactly(
                        "liabilities:credit-available:acct_test 0.30",
                        "income:revenue:deepseek-v4-flash:shard-03 -0.30");
    }

    @Test
    void everyEventAddsUpToZero() {
        var all = List.of(
                grantFrom(GrantSource.OPERATOR_GRANT),
                grantFrom(GrantSource.STABLECOIN_DEPOSIT),
                reserved(quote()),
                refused(),
                transferred(aTransferOf(ACCOUNT, OTHER, "0.28", "moved", NOON)),
                transferred(aTransferOf(ACCOUNT, OTHER, "0.28", "moved", NOON).otherEnd()),
                released(),
                settled("0.28", "0.10", "0"),
                settled("0.28", "0.30", "0.05"),
                settled("0", "0.30", "0.000000000001"));
        for (var event : all) {
            assertThat(Postings.of(event).stream().map(Posting::amountUsd).reduce(Usd.ZERO, Usd::plus))
                    .as("%s", event)
                    .isEqualTo(Usd.ZERO);
        }
        var sum = new TrialBalance.Sum(TrialBalance.EMPTY);
        all.forEach(sum::add);
        assertThat(sum.soFar().isBalanced()).isTrue();
        assertThat(sum.soFar().totals())
                .containsEntry("assets:deposits-clearing", usd("5"))
                .containsEntry("expenses:upstream-cost", Usd.ZERO)
                .containsEntry("income:revenue:deepseek-v4-flash", usd("-0.750000000001"));
    }

    /** The mutant: a posting that is a trillionth of a dollar off does not pass. */
    @Test
    void aTrialBalanceThatIsOffByTheSmallestAmountIsNotBalanced() {
        var sum = new TrialBalance.Sum(TrialBalance.EMPTY);
        sum.add(grantFrom(GrantSource.OPERATOR_GRANT));
        sum.add(List.of(new Posting(BookAccount.of(Title.WRITE_OFFS), usd("0.000000000001"))));
        assertThat(sum.soFar().isBalanced()).isFalse();
        assertThat(sum.soFar().difference()).isEqualTo(usd("0.000000000001"));
    }
}
