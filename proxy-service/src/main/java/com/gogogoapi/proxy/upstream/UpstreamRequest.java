package com.gogogoapi.proxy.upstream;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.proxy.body.EditedBody;
import java.time.Duration;

/**
 * A request as it is sent.
 *
 * @param account whose it is: no account's requests alone can open a circuit breaker
 * @param model whose bulkhead and circuit breaker count
 * @param endpoint where it goes
 * @param body its JSON
 * @param streamed whether the answer comes in pieces; one in one piece makes no progress until it is there
 * @param atMost how long it may take in all, from now: the life of its hold
 * @param cancellation ends it from outside
 */
public record UpstreamRequest(
        AccountId account,
        String model,
        Endpoint endpoint,
        EditedBody body,
        boolean streamed,
        Duration atMost,
        Cancellation cancellation) {}
