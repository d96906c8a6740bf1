package com.gogogoapi.usage.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.CreditReleased;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.CreditSettled;
import com.gogogoapi.fixtures.MadeHistory;
import com.gogogoapi.fixtures.MadeHistory.Account;
import com.gogogoapi.fixtures.MadeHistory.Made;
import com.gogogoapi.usage.api.Asker;
import com.gogogoapi.usage.live.OwnRequests.Sight;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OwnRequestsTest {

    private static final AccountId ACCOUNT = new AccountId("acct_own");
    private static final UUID MEMBER = new UUID(0x7002L, 1L << 63 | 1);
    private static final Instant FROM = Instant.parse("2026-05-01T00:00:00Z");

    private final List<UUID> askedFor = new ArrayList<>();
    private final OwnRequests own = new OwnRequests(new Asker(ACCOUNT, MEMBER), requestId -> {
        askedFor.add(requestId);
        return Optional.of(MEMBER.toString());
    });

    @Test
    void onlyWhatWasHeldBeforeIsAskedFor() {
        var events = MadeHistory.of(1, List.of(new Account(ACCOUNT, 1)), 200, FROM, FROM.plusSeconds(86_400)).stream()
                .map(Made::event)
                .toList();
        var before = new HashSet<UUID>();
        var others = 0;
        for (var event : events) {
            if (event instanceof CreditReserved hold && before.size() < 20) {
                before.add(hold.requestId());
                continue;
            }
            var sight = own.sightOf(event);
            if (event instanceof CreditReserved hold) {
                assertThat(before).doesNotContain(hold.requestId());
                others += sight == Sight.HIDDEN ? 1 : 0;
            }
        }
        assertThat(others).as("holds of others").isPositive();
        assertThat(events).anyMatch(CreditSettled.class::isInstance).anyMatch(CreditReleased.class::isInstance);
        assertThat(askedFor).isNotEmpty();
        assertThat(before).containsAll(askedFor);
    }
}
