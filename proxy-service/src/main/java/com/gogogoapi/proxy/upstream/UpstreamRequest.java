package com.gogogoapi.proxy.upstream;

/**
 * A request as it is sent.
 *
 * @param model whose bulkhead and circuit breaker count
 * @param path relative to the upstream's base address
 * @param body its JSON
 * @param streamed whether the answer comes in pieces; one in one piece makes no progress until it is there
 */
@SuppressWarnings("ArrayRecordComponent") // sent, never compared
public record UpstreamRequest(String model, String path, byte[] body, boolean streamed) {}
