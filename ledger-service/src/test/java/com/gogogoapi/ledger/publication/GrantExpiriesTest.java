package com.gogogoapi.ledger.publication;

import static com.gogogoapi.contracts.ledger.intake.GrantTerms.until;
import static com.gogogoapi.fixtures.Grants.aGrantOf;
import static com.gogogoapi.fixtures.Requests.ACCOUNT;
import static com.gogogoapi.fixtures.Requests.NOON;
import static com.gogogoapi.ledger.account.Accounts.eventOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.contracts.ledger.Balance;
import com.gogogoapi.contracts.ledger.CreditExpired;
import com.gogogoapi.contracts.ledger.intake.GrantExpiryDue;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.ledger.account.AccountState;
import com.gogogoapi.ledger.account.Decision.Ignored.Reason;
import com.gogogoapi.ledger.log.LedgerDatabase;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which grants are announced as over, and how often. They are kept in a real PostgreSQL. */
@Tag("integration")
class GrantExpiriesTest {

    private static final int SHARD = 3;
    private static final List<Integer> OWNED = List.of(SHARD);
    private static final Instant OVER = NOON.plusSeconds(60);

    private final DataSource postgres = LedgerDatabase.empty("expiries");
    private GrantExpiries expiries = newOwner();

    private GrantExpiries newOwner() {
        return new GrantExpiries(new PostgresExpiringGrants(postgres));
    }

    private UUID granted(int shard, String reference, Instant expiresAt) {
        var grant = aGrantOf("1.00", reference, until(expiresAt));
        expiries.follow(shard, eventOf(AccountState.NEW, grant, NOON));
        return grant.requestId();
    }

    private List<UUID> announced(Instant now) throws SQLException {
        return expiries.takeDue(OWNED, now).stream()
                .map(GrantExpiryDue::requestId)
                .toList();
    }

    private void answer(UUID grantId, Reason reason) {
        expiries.ignored(SHARD, new GrantExpiryDue(ACCOUNT, grantId, OVER), reason);
    }

    @Test
    void announcesWhatIsOverOfTheOwnedShardsTheSoonestFirst() throws SQLException {
        var later = granted(SHARD, "later", OVER);
        var sooner = granted(SHARD, "sooner", OVER.minusSeconds(1));
        granted(SHARD + 1, "of another shard", OVER);
        granted(SHARD, "not yet", OVER.plusMillis(1));
        expiries.save();
        assertThat(announced(OVER)).containsExactly(sooner, later);
    }

    @Test
    void announcesAgainWhatStaysAndNeverWhatIsOver() throws SQLException {
        var held = granted(SHARD, "held", OVER);
        var gone = granted(SHARD, "gone", OVER);
        expiries.save();
        assertThat(announced(OVER)).containsExactlyInAnyOrder(held, gone);
        answer(held, Reason.ALL_HELD);
        answer(gone, Reason.NOTHING_LEFT);
        expiries.save();

        assertThat(announced(OVER.plus(GrantExpiries.LOOK_EVERY))).isEmpty();
        assertThat(announced(OVER.plus(GrantExpiries.REPEAT_AFTER))).containsExactly(held);
        expiries.follow(SHARD, new CreditExpired(ACCOUNT, held, 1, Usd.usd("0.10"), OVER, Balance.NONE));
        assertThat(announced(OVER.plus(GrantExpiries.REPEAT_AFTER).plus(GrantExpiries.LOOK_EVERY)))
                .as("a part ended: whether that was all of it is asked at once")
                .containsExactly(held);
    }

    @Test
    void theNextOwnerKnowsWhatWasSavedAndWhatItReadsAgain() throws SQLException {
        var saved = granted(SHARD, "saved", OVER);
        expiries.save();
        expiries = newOwner();
        assertThat(granted(SHARD, "saved", OVER)).isEqualTo(saved);
        var unsaved = granted(SHARD, "not saved by the last owner", OVER);
        expiries.save();
        assertThat(announced(OVER)).containsExactlyInAnyOrder(saved, unsaved);
    }

    @Test
    void soManyAtOnceAreUnansweredAndNoneKeepsTheOthersWaitingForEver() throws SQLException {
        var all = GrantExpiries.AT_ONCE + 300;
        for (var i = 0; i < all; i++) {
            granted(SHARD, "grant " + i, OVER);
        }
        expiries.save();
        var first = announced(OVER);
        assertThat(first).hasSize(GrantExpiries.AT_ONCE);
        assertThat(announced(OVER.plusMillis(500))).as("nothing is answered").isEmpty();

        first.subList(0, 100).forEach(id -> answer(id, Reason.NOTHING_LEFT));
        expiries.save();
        var second = announced(OVER.plusSeconds(1));
        assertThat(second).hasSize(100).doesNotContainAnyElementsOf(first);
        assertThat(announced(OVER.plus(GrantExpiries.REPEAT_AFTER)))
                .as("the others before those that were announced and stay")
                .hasSize(200)
                .doesNotContainAnyElementsOf(first)
                .doesNotContainAnyElementsOf(second);
        assertThat(announced(OVER.plus(GrantExpiries.REPEAT_AFTER).plus(GrantExpiries.LOOK_EVERY)))
                .as("and then those again")
                .containsAnyElementsOf(first)
                .doesNotContainAnyElementsOf(first.subList(0, 100));
    }
}
