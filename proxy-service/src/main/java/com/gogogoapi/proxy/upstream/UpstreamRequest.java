package com.gogogoapi.proxy.upstream;

import com.gogogoapi.contracts.identity.AccountId;
import java.time.Duration;

/**
 * A request as it is sent.
 *
 * @param account whose it is: no account's requests alone can open a circuit breaker
 * @param model whose bulkhead and circuit breaker count
 * @param path relative to the upstream's base address
 * @param body its JSON
 * @param streamed whether the answer comes in pieces; one in one piece makes no progress until it is there
 * @param atMost how long it may take in all, from now: the life of its hold
 */
@SuppressWarnings("ArrayRecordComponent") // sent, never compared
public record UpstreamRequest(
        AccountId account, String model, String path, byte[] body, boolean streamed, Duration atMost) {}
