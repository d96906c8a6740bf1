package com.gogogoapi.auditor.source;

/** Where a shard's row says that its log ends. */
@SuppressWarnings("ArrayRecordComponent") // compared with Arrays.equals where it is recomputed
public record ShardEnd(long lastPos, byte[] head) {}
