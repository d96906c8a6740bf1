package com.gogogoapi.ledger.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.contracts.identity.TimeOrderedIds;
import org.junit.jupiter.api.Test;

class EventIdsTest {

    @Test
    void anyEventOfARequestIsFoundByItsOwnIdentity() {
        assertThat(EventIds.ofRequest(TimeOrderedIds.next()))
                .hasSize(15)
                .doesNotHaveDuplicates()
                .allSatisfy(eventId -> assertThat(EventIds.ofRequest(EventIds.requestListing(eventId)))
                        .contains(eventId));
    }
}
