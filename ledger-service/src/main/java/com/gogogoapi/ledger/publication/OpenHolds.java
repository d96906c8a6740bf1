package com.gogogoapi.ledger.publication;

import com.gogogoapi.contracts.ledger.CreditExpired;
import com.gogogoapi.contracts.ledger.CreditGranted;
import com.gogogoapi.contracts.ledger.CreditRefused;
import com.gogogoapi.contracts.ledger.CreditReleased;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.CreditRevoked;
import com.gogogoapi.contracts.ledger.CreditSettled;
import com.gogogoapi.contracts.ledger.CreditTransferred;
import com.gogogoapi.contracts.ledger.InstallationEvent;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.ParkedAccountResumed;
import com.gogogoapi.contracts.ledger.intake.HoldExpiryDue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A shard's open holds in the order of the log, to know which are over and from where on the log must be read to know
 * them again after a restart.
 *
 * <p>That a hold is over is announced to the ledger's intake, where it is decided like everything else. An announcement
 * may get lost, or come too early by the broker's clock: it is repeated while the hold stays open.
 */
final class OpenHolds {

    /** How long an announcement is given to take effect. */
    static final Duration REPEAT_AFTER = Duration.ofSeconds(30);

    private record Open(long pos, HoldExpiryDue due, Instant announceAt) {}

    private final Map<UUID, Open> open = new LinkedHashMap<>();
    private long lastPos;

    OpenHolds(long doneUntilPos) {
        this.lastPos = doneUntilPos;
    }

    void follow(long pos, LedgerEvent event) {
        lastPos = pos;
        switch (event) {
            case CreditReserved reserved ->
                open.put(
                        reserved.requestId(),
                        new Open(
                                pos,
                                new HoldExpiryDue(reserved.accountId(), reserved.requestId(), reserved.expiresAt()),
                                reserved.expiresAt()));
            case CreditSettled settled -> open.remove(settled.requestId());
            case CreditReleased released -> open.remove(released.requestId());
            case CreditGranted granted -> {}
            case CreditExpired expired -> {}
            case CreditRevoked revoked -> {}
            case CreditTransferred transferred -> {}
            case CreditRefused refused -> {}
            case ParkedAccountResumed resumed -> {}
            case InstallationEvent done -> {}
        }
    }

    /** The holds to announce now; each comes again after {@link #REPEAT_AFTER} if it is still open. */
    List<HoldExpiryDue> takeDue(Instant now) {
        var due = new ArrayList<HoldExpiryDue>();
        for (var entry : open.entrySet()) {
            var hold = entry.getValue();
            if (!now.isBefore(hold.announceAt())) {
                due.add(hold.due());
                entry.setValue(new Open(hold.pos(), hold.due(), now.plus(REPEAT_AFTER)));
            }
        }
        return due;
    }

    /** The last position at and before which no hold is open. */
    long doneUntilPos() {
        return open.isEmpty() ? lastPos : open.values().iterator().next().pos() - 1;
    }

    int size() {
        return open.size();
    }
}
