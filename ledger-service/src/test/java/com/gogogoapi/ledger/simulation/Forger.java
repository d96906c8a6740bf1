package com.gogogoapi.ledger.simulation;

import static com.gogogoapi.fixtures.Grants.aGrantOf;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.intake.GrantRequested;
import com.gogogoapi.contracts.ledger.intake.GrantTerms;
import com.gogogoapi.contracts.messaging.EventMetadata;
import com.gogogoapi.contracts.wire.EventRecords;
import com.gogogoapi.contracts.wire.IntakeAuthor;
import com.gogogoapi.contracts.wire.Topics;
import com.gogogoapi.fixtures.Authentic;
import com.gogogoapi.fixtures.OrderKey;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Whoever reaches the broker, and may even have one service's secret: nothing of what is sent by them must change anything. */
final class Forger {

    /** The ledger does not look at it; the model does. */
    private static final String MARK = "forged";

    private static final OrderKey STRANGER = OrderKey.generate();

    private final SimulatedKafka kafka;
    private final SimulatedClock clock;
    private final Chance chance;
    private int forged;

    Forger(SimulatedKafka kafka, SimulatedClock clock, Chance chance) {
        this.kafka = kafka;
        this.clock = clock;
        this.chance = chance;
    }

    static boolean made(Headers headers) {
        return headers.lastHeader(MARK) != null;
    }

    /** @param seen what authentic records there are to copy from */
    void act(AccountId account, List<ProducerRecord<String, byte[]>> seen) {
        var grant = aGrantOf(account, "1000.00", "forged " + ++forged, GrantTerms.USUAL, clock.instant());
        var signed = Authentic.OPERATOR.signed(grant);
        switch (chance.below(9)) {
            case 0 -> send(record(signed, null));
            case 1 -> send(record(signed, IntakeAuthor.QUOTE_SERVICE));
            case 2 -> send(record(grant, IntakeAuthor.PROXY_SERVICE));
            case 3 -> send(record(STRANGER.signed(grant), IntakeAuthor.PROXY_SERVICE));
            case 4 -> send(record(moreThanSigned(signed), IntakeAuthor.PROXY_SERVICE));
            case 5 -> send(garbage(account));
            case 6 -> copy(seen, original -> copied(original, null, account.value(), original.value()));
            case 7 ->
                copy(seen, original -> copied(original, elsewhere(original.key()), original.key(), original.value()));
            default -> copy(seen, original -> copied(original, null, original.key(), changed(original.value())));
        }
    }

    private static GrantRequested moreThanSigned(GrantRequested signed) {
        return new GrantRequested(
                signed.accountId(),
                signed.requestId(),
                signed.amountUsd().plus(signed.amountUsd()),
                signed.source(),
                signed.reference(),
                signed.grantedBy(),
                signed.requestedAt(),
                signed.correction(),
                signed.priority(),
                signed.expiresAt(),
                signed.reason(),
                signed.signature());
    }

    private ProducerRecord<String, byte[]> record(GrantRequested grant, @Nullable IntakeAuthor as) {
        var record = EventRecords.record(
                Topics.LEDGER_INTAKE,
                null,
                grant.accountId().value(),
                grant,
                EventMetadata.of(chance.uuid(), "/proxy-service", clock.instant()));
        if (as != null) {
            Authentic.secret(as).seal(record);
        }
        return record;
    }

    private ProducerRecord<String, byte[]> garbage(AccountId account) {
        var record = new ProducerRecord<>(Topics.LEDGER_INTAKE, account.value(), "{".getBytes(UTF_8));
        record.headers().add("ce_type", "com.gogogoapi.GrantRequested.v1".getBytes(UTF_8));
        record.headers().add("ce_id", chance.uuid().toString().getBytes(UTF_8));
        return record;
    }

    private interface Copying {
        ProducerRecord<String, byte[]> of(ProducerRecord<String, byte[]> original);
    }

    private void copy(List<ProducerRecord<String, byte[]>> seen, Copying how) {
        if (!seen.isEmpty()) {
            var original = chance.of(seen);
            var copy = how.of(original);
            // One that is the very same is a repeat, which anybody may send.
            if (!copy.key().equals(original.key())
                    || copy.partition() != null
                    || !Arrays.equals(copy.value(), original.value())) {
                send(copy);
            }
        }
    }

    private static ProducerRecord<String, byte[]> copied(
            ProducerRecord<String, byte[]> original, @Nullable Integer partition, String key, byte[] value) {
        return new ProducerRecord<>(original.topic(), partition, key, value, original.headers());
    }

    private int elsewhere(String key) {
        return (kafka.shardOf(key) + 1) % kafka.shards();
    }

    private static byte[] changed(byte[] value) {
        return new String(value, UTF_8)
                .replace("\"requestedAt\":\"2", "\"requestedAt\":\"3")
                .getBytes(UTF_8);
    }

    private void send(ProducerRecord<String, byte[]> record) {
        record.headers().add(MARK, new byte[0]);
        kafka.append(record);
    }
}
