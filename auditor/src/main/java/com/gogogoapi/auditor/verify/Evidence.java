package com.gogogoapi.auditor.verify;

import com.gogogoapi.auditor.source.Export;
import com.gogogoapi.auditor.source.LogSource;
import com.gogogoapi.auditor.source.TopicSource;
import com.gogogoapi.contracts.pricing.TokenPrices;
import com.gogogoapi.evidence.signing.VerifyingKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that one verification holds against each other.
 *
 * @param keys by which checkpoints may be signed; without any, signatures are not checked
 * @param givenCheckpoints files of checkpoints that the auditor brought along
 * @param storedStates accounts with a stored snapshot, and of which event
 */
public record Evidence(
        LogSource log,
        Optional<TopicSource> topic,
        List<VerifyingKey> keys,
        List<Path> givenCheckpoints,
        Map<String, TokenPrices> prices,
        Map<String, Long> storedStates,
        LiveStates live) {

    public static Evidence of(
            LogSource log,
            Optional<TopicSource> topic,
            List<VerifyingKey> keys,
            List<Path> givenCheckpoints,
            LiveStates live) {
        return new Evidence(
                log,
                topic,
                keys,
                givenCheckpoints,
                topic.map(TopicSource::prices).orElse(Map.of()),
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
