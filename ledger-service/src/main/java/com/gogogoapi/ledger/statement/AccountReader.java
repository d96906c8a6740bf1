package com.gogogoapi.ledger.statement;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.ledger.account.EventIds;
import com.gogogoapi.ledger.log.LedgerLog;
import com.gogogoapi.ledger.log.LogUnavailableException;
import com.gogogoapi.ledger.log.StoredEvent;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Reads accounts straight from the log, so an answer is as new as the log is, on any instance. Every event states the
 * balance after it: the last one's is the account's.
 */
@Component
class AccountReader {

    private final LedgerLog ledgerLog;

    AccountReader(LedgerLog ledgerLog) {
        this.ledgerLog = ledgerLog;
    }

    /** The account's events before that sequence number, newest first. */
    List<StoredEvent> before(AccountId accountId, long seq, int limit) {
        try {
            return ledgerLog.accountBefore(accountId.value(), seq, limit);
        } catch (SQLException e) {
            throw new LogUnavailableException(e);
        }
    }

    /** The events of one of the account's requests, in order; none where the request is not this account's. */
    List<StoredEvent> request(AccountId accountId, UUID requestId) {
        try {
            return ledgerLog.request(accountId, requestId);
        } catch (SQLException e) {
            throw new LogUnavailableException(e);
        }
    }

    /** The account's event of that identity; none where the event is not this account's. */
    Optional<StoredEvent> event(AccountId accountId, UUID eventId) {
        return request(accountId, EventIds.requestListing(eventId)).stream()
                .filter(stored -> stored.eventId().equals(eventId))
                .findFirst();
    }
}
