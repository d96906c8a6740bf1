package com.gogogoapi.auditor.verify;

import com.gogogoapi.auditor.source.Export;
import com.gogogoapi.auditor.source.LogSource;
import com.gogogoapi.auditor.source.TopicSource;
import com.gogogoapi.evidence.signing.VerifyingKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that one verification holds against each other.
 *
 * @param keys by which checkpoints may be signed; without any, signatures are not checked
 * @param orderKeys keys that may be trusted by the ledger's own word; if there are none, any may
 * @param givenCheckpoints files of checkpoints that the auditor brought along
 * @param prices as they were published; without them no hold's prices can be checked
 * @param storedStates accounts with a stored snapshot, and of which event
 */
public record Evidence(
        LogSource log,
        Optional<TopicSource> topic,
        List<VerifyingKey> keys,
        List<VerifyingKey> orderKeys,
        List<Path> givenCheckpoints,
        Optional<PublishedPrices> prices,
        Map<String, Long> storedStates,
        LiveStates live) {

    /**
     * All that these sources have.
     *
     * @param pricedWithin how long before its hold a request may have been priced
     */
    public static Evidence of(
            LogSource log,
            Optional<TopicSource> topic,
            List<VerifyingKey> keys,
            List<VerifyingKey> orderKeys,
            List<Path> givenCheckpoints,
            Duration pricedWithin,
            LiveStates live) {
        return new Evidence(
                log,
                topic,
                keys,
                orderKeys,
                givenCheckpoints,
                topic.map(brokers -> new PublishedPrices(brokers.prices(), pricedWithin)),
                log.storedStates(),
                live);
    }

    /** The series of checkpoints to walk along with a shard: those that were brought first, they are trusted more. */
    List<CheckpointTrack> tracks(int shard) {
        var tracks = new ArrayList<CheckpointTrack>();
        for (var file : givenCheckpoints) {
            tracks.add(new CheckpointTrack(Export.readSigned(file), shard, "the given checkpoint"));
        }
        tracks.add(new CheckpointTrack(log.checkpoints(), shard, "checkpoint"));
        return tracks;
    }
}
