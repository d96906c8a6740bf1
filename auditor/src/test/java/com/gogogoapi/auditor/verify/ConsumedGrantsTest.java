package com.gogogoapi.auditor.verify;

import static com.gogogoapi.contracts.money.Usd.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.Balance;
import com.gogogoapi.contracts.ledger.CreditExpired;
import com.gogogoapi.contracts.ledger.CreditGranted;
import com.gogogoapi.contracts.ledger.CreditRevoked;
import com.gogogoapi.contracts.ledger.CreditSettled;
import com.gogogoapi.contracts.ledger.GrantConsumed;
import com.gogogoapi.contracts.ledger.intake.Correction;
import com.gogogoapi.contracts.ledger.intake.GrantSource;
import com.gogogoapi.contracts.ledger.intake.Outcome;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.money.UsdPerMillion;
import com.gogogoapi.contracts.pricing.TokenPrices;
import com.gogogoapi.contracts.pricing.TokenUsage;
import com.gogogoapi.evidence.state.CanonicalState;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The auditor sees a charge that consumed grants out of turn, too many, or too few. */
class ConsumedGrantsTest {

    private static final AccountId ACCOUNT = new AccountId("acct_test");
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final UUID USUAL = new UUID(0, 1);
    private static final UUID URGENT = new UUID(0, 2);
    private static final UUID YOUNGER = new UUID(0, 3);
    private static final TokenPrices PRICES =
            new TokenPrices(UsdPerMillion.parse("1"), UsdPerMillion.parse("1"), UsdPerMillion.parse("1"));

    private final ConsumedGrants grants = new ConsumedGrants();

    @BeforeEach
    void grant() throws Discrepancy {
        grant(USUAL, null);
        grant(URGENT, 0);
        grant(YOUNGER, 100);
    }

    private void grant(UUID id, @Nullable Integer priority) throws Discrepancy {
        grant(id, priority, null);
    }

    private void grant(UUID id, @Nullable Integer priority, @Nullable Instant expiresAt) throws Discrepancy {
        var granted = new CreditGranted(
                ACCOUNT,
                id,
                usd("1"),
                GrantSource.OPERATOR_GRANT,
                "ref",
                "op",
                NOON,
                Balance.NONE,
                null,
                priority,
                expiresAt,
                null);
        grants.add(granted, Pico.of(granted.amountUsd()));
    }

    private void charge(String charged, @Nullable List<GrantConsumed> consumed) throws Discrepancy {
        var settled = new CreditSettled(
                ACCOUNT,
                UUID.randomUUID(),
                Outcome.COMPLETED,
                "flash",
                "v1",
                PRICES,
                new TokenUsage(0, 0, 1),
                false,
                Usd.ZERO,
                usd(charged),
                Usd.ZERO,
                Usd.ZERO,
                false,
                NOON,
                Balance.NONE,
                consumed);
        grants.consume(settled, Pico.of(settled.chargedUsd()));
    }

    private static GrantConsumed of(UUID grant, String amount) {
        return new GrantConsumed(grant, usd(amount));
    }

    @Test
    void inTurn() {
        assertThatCode(() -> {
                    charge("1.5", List.of(of(URGENT, "1"), of(USUAL, "0.5")));
                    charge("0.25", null);
                    charge("1.25", List.of(of(USUAL, "0.25"), of(YOUNGER, "1")));
                    charge("0", null);
                })
                .doesNotThrowAnyException();
    }

    @Test
    void outOfTurn() {
        assertThatThrownBy(() -> charge("1.5", List.of(of(USUAL, "0.5"), of(URGENT, "1"))))
                .isInstanceOf(Discrepancy.class)
                .hasMessageContaining("whose turn it was");
    }

    @Test
    void theYoungerBeforeTheOlder() {
        assertThatThrownBy(() -> charge("1.5", List.of(of(URGENT, "1"), of(YOUNGER, "0.5"))))
                .isInstanceOf(Discrepancy.class);
    }

    @Test
    void otherAmounts() {
        assertThatThrownBy(() -> charge("1.5", List.of(of(URGENT, "0.9"), of(USUAL, "0.6"))))
                .isInstanceOf(Discrepancy.class);
    }

    @Test
    void moreOrFewerThanPaid() {
        assertThatThrownBy(() -> charge("0.5", List.of(of(URGENT, "0.5"), of(USUAL, "0.5"))))
                .isInstanceOf(Discrepancy.class)
                .hasMessageContaining("more grants");
        assertThatThrownBy(() -> charge("1", List.of(of(URGENT, "0.5")))).isInstanceOf(Discrepancy.class);
    }

    private void expire(UUID grant, int part, String amount, String available, Instant at) throws Discrepancy {
        var expired = new CreditExpired(ACCOUNT, grant, part, usd(amount), at, Balance.NONE);
        grants.expire(expired, Pico.of(expired.amountUsd()), Pico.of(usd(available)));
    }

    @Test
    void theSoonestToExpireIsConsumedFirstAndWhatIsLeftExpiresInParts() {
        var soon = new UUID(0, 4);
        var later = new UUID(0, 5);
        assertThatCode(() -> {
                    grant(later, 100, NOON.plusSeconds(20));
                    grant(soon, 100, NOON.plusSeconds(10));
                    charge("1.5", List.of(of(URGENT, "1"), of(soon, "0.5")));
                    // Behind it there are 3.00, so of 3.30 that are available 0.30 are its own; holds stand on the
                    // rest.
                    expire(soon, 1, "0.3", "3.3", NOON.plusSeconds(10));
                    charge("0.1", List.of(of(soon, "0.1")));
                    expire(soon, 2, "0.1", "3.1", NOON.plusSeconds(40));
                    charge("1.5", List.of(of(later, "1"), of(USUAL, "0.5")));
                })
                .doesNotThrowAnyException();
        assertThat(grants.left()).extracting(CanonicalState.Grant::leftUsd).containsExactly("0.50", "1.00");
    }

    @Test
    void anExpiryThatTheRulesDoNotAllow() throws Discrepancy {
        var soon = new UUID(0, 4);
        grant(soon, 100, NOON.plusSeconds(10));
        assertThatThrownBy(() -> expire(soon, 1, "1", "4", NOON)).hasMessageContaining("which is over at");
        assertThatThrownBy(() -> expire(USUAL, 1, "1", "4", NOON.plusSeconds(10)))
                .hasMessageContaining("over at no time");
        assertThatThrownBy(() -> expire(soon, 2, "1", "4", NOON.plusSeconds(10)))
                .hasMessageContaining("part 2");
        assertThatThrownBy(() -> expire(soon, 1, "0.9", "4", NOON.plusSeconds(10)))
                .hasMessageContaining("is left of grant");
        assertThatThrownBy(() -> expire(soon, 1, "1", "2.3", NOON.plusSeconds(10)))
                .as("a hold would consume 0.70 of it")
                .hasMessageContaining("0.30 of that is free");
        expire(soon, 1, "1", "4", NOON.plusSeconds(10));
        assertThatThrownBy(() -> expire(soon, 2, "1", "4", NOON.plusSeconds(10)))
                .hasMessageContaining("nothing is left");
    }

    private void revoke(UUID grant, String amount, GrantConsumed... consumed) throws Discrepancy {
        var event = new UUID(grant.getMostSignificantBits(), grant.getLeastSignificantBits() ^ 1);
        var revoked = new CreditRevoked(
                ACCOUNT,
                UUID.randomUUID(),
                usd(amount),
                "ref",
                "op",
                new Correction(event, "a mistake"),
                NOON,
                Balance.NONE,
                List.of(consumed));
        grants.revoke(revoked, Pico.of(revoked.amountUsd()));
    }

    @Test
    void aRevocationTakesOfTheCorrectedGrantFirst() {
        assertThatCode(() -> {
                    revoke(YOUNGER, "0.5", of(YOUNGER, "0.5"));
                    revoke(YOUNGER, "1.6", of(YOUNGER, "0.5"), of(URGENT, "1"), of(USUAL, "0.1"));
                    revoke(YOUNGER, "0.1", of(USUAL, "0.1"));
                })
                .doesNotThrowAnyException();
        assertThat(grants.left()).extracting(CanonicalState.Grant::leftUsd).containsExactly("0.80");
    }

    @Test
    void aRevocationOutOfTurn() {
        assertThatThrownBy(() -> revoke(YOUNGER, "0.5", of(URGENT, "0.5"))).hasMessageContaining("whose turn it was");
    }

    @Test
    void moreThanIsLeft() {
        assertThatThrownBy(() -> charge("3.000000000001", null)).isInstanceOf(Discrepancy.class);
    }
}
