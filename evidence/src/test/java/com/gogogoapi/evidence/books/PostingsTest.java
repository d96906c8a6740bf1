package com.gogogoapi.evidence.books;

import static com.gogogoapi.contracts.money.Usd.usd;
import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.Balance;
import com.gogogoapi.contracts.ledger.CreditExpired;
import com.gogogoapi.contracts.ledger.CreditGranted;
import com.gogogoapi.contracts.ledger.CreditRefused;
import com.gogogoapi.contracts.ledger.CreditReleased;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.CreditRevoked;
import com.gogogoapi.contracts.ledger.CreditSettled;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.RefusalReason;
import com.gogogoapi.contracts.ledger.intake.Correction;
import com.gogogoapi.contracts.ledger.intake.GrantSource;
import com.gogogoapi.contracts.ledger.intake.Outcome;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.money.UsdPerMillion;
import com.gogogoapi.contracts.pricing.TokenPrices;
import com.gogogoapi.contracts.pricing.TokenUsage;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Promise 7: debits equal credits. */
class PostingsTest {

    private static final AccountId ACCOUNT = new AccountId("acct_test");
    private static final UUID REQUEST = UUID.randomUUID();
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final TokenPrices FLASH =
            new TokenPrices(UsdPerMillion.parse("0.14"), UsdPerMillion.parse("0.0028"), UsdPerMillion.parse("0.28"));

    private static CreditGranted granted(GrantSource source) {
        return new CreditGranted(ACCOUNT, REQUEST, usd("5"), source, "ref", "op", NOON, Balance.NONE);
    }

    private static CreditReserved reserved() {
        return new CreditReserved(
                ACCOUNT, REQUEST, "q", "flash", "v1", FLASH, 0, 10, usd("0.28"), NOON, NOON, Balance.NONE);
    }

    private static CreditSettled settled(String held, String charged, String overrun) {
        return new CreditSettled(
                ACCOUNT,
                REQUEST,
                Outcome.COMPLETED,
                "flash",
                "v1",
                FLASH,
                new TokenUsage(0, 0, 1),
                false,
                usd(held),
                usd(charged),
                usd(held).minus(usd(charged)).max(Usd.ZERO),
                usd(overrun),
                false,
                NOON,
                Balance.NONE,
                null);
    }

    private static CreditReleased released() {
        return new CreditReleased(ACCOUNT, REQUEST, Outcome.HOLD_EXPIRED, usd("0.28"), NOON, Balance.NONE);
    }

    private static CreditRefused refused() {
        return new CreditRefused(ACCOUNT, REQUEST, RefusalReason.INSUFFICIENT_CREDIT, usd("0.28"), NOON, Balance.NONE);
    }

    private static List<String> postings(LedgerEvent event) {
        return Postings.of(event).stream()
                .map(posting -> posting.account().journalName(3) + " " + posting.amountUsd())
                .toList();
    }

    @Test
    void booksEachKindOfEvent() {
        assertThat(postings(granted(GrantSource.STABLECOIN_DEPOSIT)))
                .containsExactly(
                        "assets:deposits-clearing:shard-03 5.00", "liabilities:credit-available:acct_test -5.00");
        assertThat(postings(granted(GrantSource.OPERATOR_GRANT))).contains("expenses:promotional-grants:shard-03 5.00");
        assertThat(postings(granted(GrantSource.CORRECTION))).contains("expenses:corrections:shard-03 5.00");
        assertThat(postings(reserved()))
                .containsExactly(
                        "liabilities:credit-available:acct_test 0.28", "liabilities:credit-held:acct_test -0.28");
        assertThat(postings(released()))
                .containsExactly(
                        "liabilities:credit-held:acct_test 0.28", "liabilities:credit-available:acct_test -0.28");
        assertThat(postings(new CreditExpired(ACCOUNT, REQUEST, 1, usd("0.28"), NOON, Balance.NONE)))
                .containsExactly("liabilities:credit-available:acct_test 0.28", "income:expired-grants:shard-03 -0.28");
        var correction = new Correction(REQUEST, "it was a mistake");
        assertThat(postings(new CreditRevoked(
                        ACCOUNT, REQUEST, usd("0.28"), "ref", "op", correction, NOON, Balance.NONE, List.of())))
                .containsExactly("liabilities:credit-available:acct_test 0.28", "expenses:corrections:shard-03 -0.28");
        assertThat(postings(refused())).isEmpty();
        assertThat(postings(settled("0.28", "0.10", "0")))
                .containsExactly(
                        "liabilities:credit-held:acct_test 0.28",
                        "liabilities:credit-available:acct_test -0.18",
                        "income:revenue:flash:shard-03 -0.10");
        assertThat(postings(settled("0.28", "0.30", "0.05")))
                .containsExactly(
                        "liabilities:credit-held:acct_test 0.28",
                        "expenses:write-offs:shard-03 0.05",
                        "liabilities:credit-available:acct_test 0.02",
                        "income:revenue:flash:shard-03 -0.35");
        assertThat(postings(settled("0", "0.30", "0")))
                .as("a late settlement")
                .containsExactly("liabilities:credit-available:acct_test 0.30", "income:revenue:flash:shard-03 -0.30");
    }

    @Test
    void everyEventAddsUpToZero() {
        var all = List.of(
                granted(GrantSource.OPERATOR_GRANT),
                granted(GrantSource.STABLECOIN_DEPOSIT),
                reserved(),
                refused(),
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
                .containsEntry("income:revenue:flash", usd("-0.750000000001"));
    }

    /** The mutant: a posting that is a trillionth of a dollar off does not pass. */
    @Test
    void aTrialBalanceThatIsOffByTheSmallestAmountIsNotBalanced() {
        var sum = new TrialBalance.Sum(TrialBalance.EMPTY);
        sum.add(granted(GrantSource.OPERATOR_GRANT));
        sum.add(List.of(new Posting(BookAccount.of(Title.WRITE_OFFS), usd("0.000000000001"))));
        assertThat(sum.soFar().isBalanced()).isFalse();
        assertThat(sum.soFar().difference()).isEqualTo(usd("0.000000000001"));
    }
}
