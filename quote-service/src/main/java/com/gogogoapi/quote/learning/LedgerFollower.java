package com.gogogoapi.quote.learning;

import com.gogogoapi.chassis.kafka.DeadLetters;
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
import com.gogogoapi.contracts.messaging.MalformedEventException;
import com.gogogoapi.contracts.wire.EventRecords;
import com.gogogoapi.contracts.wire.EventRecords.Decoded;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.stereotype.Component;

/**
 * Follows the ledger's events and brings together what was held for a request and what it came to. Starts so many records
 * before the end, which is what an instance that starts late knows.
 */
@Component
class LedgerFollower implements MessageListener<String, byte[]> {

    static final String NAME = "ledger-follower";

    /** Read again at a start, of all partitions together: some tens of thousands of requests, in about a second. */
    static final long REPLAYED_RECORDS = 100_000;

    private static final Logger log = LoggerFactory.getLogger(LedgerFollower.class);

    /** Holds under way; of more the oldest are not learned from. */
    private static final int MAX_OPEN = 100_000;

    private final Experience experience;
    private final FollowedShards shards;
    private final DeadLetters deadLetters;
    private final SequencedMap<UUID, CreditReserved> open = new LinkedHashMap<>();

    LedgerFollower(Experience experience, FollowedShards shards, DeadLetters deadLetters) {
        this.experience = experience;
        this.shards = shards;
        this.deadLetters = deadLetters;
    }

    @Override
    public void onMessage(ConsumerRecord<String, byte[]> record) {
        try {
            shards.take(record).forEach(this::readInTurn);
        } catch (MalformedEventException e) {
            deadLetters.setAside(record, "malformed", String.valueOf(e.getMessage()));
        }
    }

    private void readInTurn(ConsumerRecord<String, byte[]> record) {
        switch (EventRecords.decode(record.headers(), record.value())) {
            case Decoded.Known(LedgerEvent event, var metadata) -> follow(event);
            case Decoded.Known known -> deadLetters.setAside(record, "malformed", "not a ledger event");
            case Decoded.UnknownType unknown -> log.debug("nothing to learn from {}", unknown.wireName());
            case Decoded.Malformed malformed -> deadLetters.setAside(record, "malformed", malformed.reason());
        }
    }

    private void follow(LedgerEvent event) {
        switch (event) {
            case CreditReserved reserved -> {
                if (open.size() == MAX_OPEN) {
                    open.pollFirstEntry();
                }
                open.put(reserved.requestId(), reserved);
            }
            case CreditSettled settled -> {
                var reserved = open.remove(settled.requestId());
                if (reserved != null) {
                    experience.learn(reserved, settled);
                }
            }
            case CreditReleased released -> open.remove(released.requestId());
            case CreditRefused refused -> log.trace("nothing was held for {}", refused.requestId());
            case CreditRevoked revoked -> log.trace("nothing was asked by {}", revoked.requestId());
            case CreditTransferred transferred -> log.trace("nothing was asked by {}", transferred.requestId());
            case CreditExpired expired -> log.trace("nothing was asked by {}", expired.requestId());
            case CreditGranted granted -> log.trace("nothing was asked by {}", granted.requestId());
            case ParkedAccountResumed resumed -> log.trace("nothing was asked by {}", resumed.requestId());
            case InstallationEvent done -> log.trace("nothing was asked by {}", done.requestId());
        }
    }
}
