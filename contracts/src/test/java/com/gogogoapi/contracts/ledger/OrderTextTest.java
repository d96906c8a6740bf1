package com.gogogoapi.contracts.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.intake.Correction;
import com.gogogoapi.contracts.ledger.intake.GrantRequested;
import com.gogogoapi.contracts.ledger.intake.GrantTerms;
import com.gogogoapi.contracts.ledger.intake.ParkedResumeRequested;
import com.gogogoapi.contracts.money.Usd;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is signed is for ever: signatures of years ago are checked against it. */
class OrderTextTest {

    private static final AccountId ACCOUNT = new AccountId("acct_1");
    private static final Instant AT = Instant.parse("2026-11-26T12:00:00.250Z");

    @Test
    void ofAGrant() {
        var grant = GrantRequested.byOperator(
                ACCOUNT,
                Usd.usd("5.00"),
                new GrantTerms(10, Instant.parse("2027-01-31T00:00:00Z")),
                "ticket 17",
                "j.doe",
                "thank you, \u20ac",
                AT);
        assertThat(grant.text(AT)).isEqualTo("""
                gogogoapi-order-v1
                order:5:grant
                account:6:acct_1
                request:36:%s
                signed_at:24:2026-11-26T12:00:00.250Z
                amount_usd:4:5.00
                source:14:OPERATOR_GRANT
                reference:9:ticket 17
                by:5:j.doe
                priority:2:10
                expires_at:20:2027-01-31T00:00:00Z
                reason:14:thank you, \u20ac
                """.formatted(grant.requestId()));
    }

    @Test
    void ofACorrection() {
        var corrected = UUID.fromString("01a21049-56f2-7d46-8bdb-053a606b9931");
        var grant = GrantRequested.correcting(
                new Correction(corrected, "charged twice"), ACCOUNT, Usd.usd("0.01"), "ticket 18", "j.doe", AT);
        assertThat(grant.text(AT)).endsWith("""
                source:10:CORRECTION
                reference:9:ticket 18
                by:5:j.doe
                corrects:36:01a21049-56f2-7d46-8bdb-053a606b9931
                correction_reason:13:charged twice
                """);
    }

    /** Whatever somebody writes into a text, it does not become another field. */
    @Test
    void noTextPassesForAnotherField() {
        var skip = resume("not ours\naction:5:RETRY");
        assertThat(skip).contains("reason:23:not ours\naction:5:RETRY\n");
        assertThat(skip).isNotEqualTo(resume("not ours"));
    }

    private static String resume(String reason) {
        return new ParkedResumeRequested(ACCOUNT, 7, ParkedResumeRequested.Action.SKIP, "j.doe", reason, AT, null)
                .text(AT);
    }
}
