package com.gogogoapi.ledger.checkpoint;

import com.gogogoapi.evidence.log.LogRow;
import com.gogogoapi.ledger.log.StoredEvent;

/** The log's rows as outsiders know them. */
public final class EvidenceRows {

    private EvidenceRows() {}

    public static LogRow of(StoredEvent stored) {
        return new LogRow(
                stored.shard(),
                stored.pos(),
                stored.accountId(),
                stored.seq(),
                stored.eventId(),
                stored.type(),
                stored.payload(),
                stored.causationId(),
                stored.traceParent(),
                stored.atMillis());
    }
}
