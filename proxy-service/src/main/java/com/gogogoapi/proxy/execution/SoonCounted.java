package com.gogogoapi.proxy.execution;

import com.gogogoapi.proxy.execution.DeliveredText.Part;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Counts tokens where there is no time to wait for it: what is not counted soon is taken at its pieces. */
@Component
class SoonCounted implements DeliveryNotes.Counting {

    private static final Logger log = LoggerFactory.getLogger(SoonCounted.class);

    private static final int SOON_MILLIS = 500;
    private static final int MOST_WAITING = 10;

    private final DeliveredTokens deliveredTokens;
    private final Executor threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore places = new Semaphore(MOST_WAITING);

    SoonCounted(DeliveredTokens deliveredTokens) {
        this.deliveredTokens = deliveredTokens;
    }

    @Override
    public List<Long> count(List<Part> parts) {
        if (!places.tryAcquire()) {
            return pieces(parts);
        }
        try {
            return CompletableFuture.supplyAsync(() -> deliveredTokens.count(parts), threads)
                    .whenComplete((counts, failure) -> places.release())
                    .get(SOON_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            log.debug("{} texts are not counted in time", parts.size(), e);
            return pieces(parts);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return pieces(parts);
        }
    }

    private static List<Long> pieces(List<Part> parts) {
        return parts.stream().map(Part::pieces).toList();
    }
}
