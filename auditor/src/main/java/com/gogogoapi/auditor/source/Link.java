package com.gogogoapi.auditor.source;

/** One link of a shard's hash chain as it is stored: the batch from {@code firstPos} to {@code lastPos} and its hash. */
@SuppressWarnings("ArrayRecordComponent") // compared with Arrays.equals where it is recomputed
public record Link(long firstPos, long lastPos, byte[] hash) {}
