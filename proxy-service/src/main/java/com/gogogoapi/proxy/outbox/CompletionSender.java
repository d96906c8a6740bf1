package com.gogogoapi.proxy.outbox;

import com.gogogoapi.chassis.kafka.EventPublisher;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import com.gogogoapi.contracts.ledger.intake.UpstreamCompleted;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Sends completions to the ledger, each once at a time. Whoever sends the end of a request, and however often, sends it under
 * the same identity.
 *
 * <p>A producer without metadata blocks its caller for seconds, so that it is called on threads of its own.
 */
@Component
class CompletionSender {

    private final EventPublisher publisher;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<UUID, CompletableFuture<?>> inFlight = new ConcurrentHashMap<>();

    CompletionSender(EventPublisher publisher) {
        this.publisher = publisher;
    }

    /** @return completes normally once all in-sync replicas have it */
    CompletableFuture<?> send(UpstreamCompleted completed, @Nullable Integer replyPartition) {
        var request = completed.requestId();
        var mine = new CompletableFuture<@Nullable Void>();
        var other = inFlight.putIfAbsent(request, mine);
        if (other != null) {
            return other;
        }
        threads.execute(() -> {
            try {
                publisher
                        .toLedger(eventId(request), completed, replyPartition, null)
                        .whenComplete((metadata, failure) -> over(request, mine, failure));
            } catch (RuntimeException | Error e) {
                // Or it would be on its way for ever, and never be sent again.
                over(request, mine, e);
            }
        });
        return mine;
    }

    private void over(UUID request, CompletableFuture<?> mine, @Nullable Throwable failure) {
        inFlight.remove(request, mine);
        if (failure == null) {
            mine.complete(null);
        } else {
            mine.completeExceptionally(failure);
        }
    }

    /** How many are on their way. */
    int inFlight() {
        return inFlight.size();
    }

    boolean isInFlight(UUID request) {
        return inFlight.containsKey(request);
    }

    static UUID eventId(UUID request) {
        return TimeOrderedIds.named("upstream-completed", request.toString());
    }
}
