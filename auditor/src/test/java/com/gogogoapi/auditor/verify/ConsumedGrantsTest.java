package com.gogogoapi.auditor.verify;

import static com.gogogoapi.contracts.money.Usd.usd;
import static com.gogogoapi.fixtures.Events.expired;
import static com.gogogoapi.fixtures.Events.granted;
import static com.gogogoapi.fixtures.Events.revoked;
import static com.gogogoapi.fixtures.Events.settledFrom;
import static com.gogogoapi.fixtures.Grants.consumed;
import static com.gogogoapi.fixtures.Requests.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.gogogoapi.contracts.ledger.GrantConsumed;
import com.gogogoapi.contracts.ledger.intake.GrantSource;
import com.gogogoapi.contracts.ledger.intake.GrantTerms;
import com.gogogoapi.evidence.state.CanonicalState;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The auditor sees a charge that consumed grants out of turn, too many, or too few. */
class ConsumedGrantsTest {

    private static final UUID USUAL = new UUID(0, 1);
    private static final UUID URGENT = new UUID(0, 2);
    private static final UUID YOUNGER = new UUID(0, 3);
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
        var granted = granted(id, "1", GrantSource.OPERATOR_GRANT, new GrantTerms(priority, expiresAt));
        grants.add(granted, Pico.of(granted.amountUsd()));
    }

    private void charge(String charged, @Nullable List<GrantConsumed> consumed) throws Discrepancy {
        var settled = settledFrom(consumed, charged);
        grants.consume(settled, Pico.of(settled.chargedUsd()));
    }

    @Test
    void inTurn() {
        assertThatCode(() -> {
                    charge("1.5", List.of(consumed(URGENT, "1"), consumed(USUAL, "0.5")));
                    charge("0.25", null);
                    charge("1.25", List.of(consumed(USUAL, "0.25"), consumed(YOUNGER, "1")));
                    charge("0", null);
                })
                .doesNotThrowAnyException();
    }

    @Test
    void outOfTurn() {
        assertThatThrownBy(() -> charge("1.5", List.of(consumed(USUAL, "0.5"), consumed(URGENT, "1"))))
                .isInstanceOf(Discrepancy.class)
                .hasMessageContaining("whose turn it was");
    }

    @Test
    void theYoungerBeforeTheOlder() {
        assertThatThrownBy(() -> charge("1.5", List.of(consumed(URGENT, "1"), consumed(YOUNGER, "0.5"))))
                .isInstanceOf(Discrepancy.class);
    }

    @Test
    void otherAmounts() {
        assertThatThrownBy(() -> charge("1.5", List.of(consumed(URGENT, "0.9"), consumed(USUAL, "0.6"))))
                .isInstanceOf(Discrepancy.class);
    }

    @Test
    void moreOrFewerThanPaid() {
        assertThatThrownBy(() -> charge("0.5", List.of(consumed(URGENT, "0.5"), consumed(USUAL, "0.5"))))
                .isInstanceOf(Discrepancy.class)
                .hasMessageContaining("no more grants");
        assertThatThrownBy(() -> charge("1", List.of(consumed(URGENT, "0.5")))).isInstanceOf(Discrepancy.class);
    }

    private void expire(UUID grant, int part, String amount, String available, Instant at) throws Discrepancy {
        var expired = expired(grant, part, amount, at);
        grants.expire(expired, Pico.of(expired.amountUsd()), Pico.of(usd(available)));
    }

    @Test
    void theSoonestToExpireIsConsumedFirstAndWhatIsLeftExpiresInParts() {
        var soon = new UUID(0, 4);
        var later = new UUID(0, 5);
        assertThatCode(() -> {
                    grant(later, 100, NOON.plusSeconds(20));
                    grant(soon, 100, NOON.plusSeconds(10));
                    charge("1.5", List.of(consumed(URGENT, "1"), consumed(soon, "0.5")));
                    // Behind it there are 3.00, so of 3.30 that are available 0.30 are its own; holds stand on the
                    // rest.
                    expire(soon, 1, "0.3", "3.3", NOON.plusSeconds(10));
                    charge("0.1", List.of(consumed(soon, "0.1")));
                    expire(soon, 2, "0.1", "3.1", NOON.plusSeconds(40));
                    charge("1.5", List.of(consumed(later, "1"), consumed(USUAL, "0.5")));
                })
                .doesNotThrowAnyException();
        assertThat(grants.left()).extracting(CanonicalState.Grant::leftUsd).containsExactly("0.50", "1.00");
    }

    @Test
    void anExpiryThatTheRulesDoNotAllow() throws Discrepancy {
        var soon = new UUID(0, 4);
        grant(soon, 100, NOON.plusSeconds(10));
        assertThatThrownBy(() -> expire(soon, 1, "1", "4", NOON)).hasMessageContaining("is over at");
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
        var revoked = revoked(UUID.randomUUID(), amount, event, consumed);
        grants.revoke(revoked, Pico.of(revoked.amountUsd()));
    }

    @Test
    void aRevocationTakesOfTheCorrectedGrantFirst() {
        assertThatCode(() -> {
                    revoke(YOUNGER, "0.5", consumed(YOUNGER, "0.5"));
                    revoke(YOUNGER, "1.6", consumed(YOUNGER, "0.5"), consumed(URGENT, "1"), consumed(USUAL, "0.1"));
                    revoke(YOUNGER, "0.1", consumed(USUAL, "0.1"));
                })
                .doesNotThrowAnyException();
        assertThat(grants.left()).extracting(CanonicalState.Grant::leftUsd).containsExactly("0.80");
    }

    @Test
    void aRevocationOutOfTurn() {
        assertThatThrownBy(() -> revoke(YOUNGER, "0.5", consumed(URGENT, "0.5")))
                .hasMessageContaining("whose turn it was");
    }

    @Test
    void moreThanIsLeft() {
        assertThatThrownBy(() -> charge("3.000000000001", null)).isInstanceOf(Discrepancy.class);
    }
}
