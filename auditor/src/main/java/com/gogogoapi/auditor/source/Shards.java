package com.gogogoapi.auditor.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.common.utils.Utils;

/** Which shard an account belongs to: Kafka's own rule for a record's key. */
public final class Shards {

    private Shards() {}

    public static int of(String accountId, int shards) {
        return Utils.toPositive(Utils.murmur2(accountId.getBytes(UTF_8))) % shards;
    }
}
