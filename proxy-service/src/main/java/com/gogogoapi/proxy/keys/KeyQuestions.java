package com.gogogoapi.proxy.keys;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.access.ApiKeyPublished;
import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.proxy.services.InstallationServices;
import com.gogogoapi.proxy.services.InstallationServices.Service;
import com.gogogoapi.proxy.services.ServiceRefusal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.stereotype.Component;

/**
 * Asks the account-service about a key that this instance has not heard of, which works at once wherever it is used first.
 *
 * <p>Whoever makes keys up must not bring anybody down: one question at a time about the same key and few at a time about
 * all, each with a short patience; that there is no such key is remembered for a moment, and that nobody answers for a
 * shorter one.
 */
@Component
class KeyQuestions {

    static final int MAX_AT_A_TIME = 32;
    static final int MAX_REMEMBERED = 10_000;
    static final Duration REMEMBERED_FOR = Duration.ofSeconds(5);
    static final Duration ANSWERED_WITHIN = Duration.ofSeconds(2);

    private static final Duration QUIET_AFTER_SILENCE = Duration.ofSeconds(1);
    private static final int NO_SUCH_KEY = 404;

    private final InstallationServices services;
    private final KeyDirectory directory;
    private final Semaphore places = new Semaphore(MAX_AT_A_TIME);
    private final Map<KeyHash, CompletableFuture<Boolean>> asked = new ConcurrentHashMap<>();

    /** Until when no key of that hash is asked for, the oldest first. */
    private final Map<KeyHash, Long> unknown = new LinkedHashMap<>();

    private volatile long silentUntilNanos = System.nanoTime();

    KeyQuestions(InstallationServices services, KeyDirectory directory) {
        this.services = services;
        this.directory = directory;
    }

    /**
     * The key of that hash.
     *
     * @throws ApiError 503 if that cannot be told now
     */
    Optional<Caller> ask(KeyHash hash) {
        if (isKnownToBeNone(hash)) {
            return Optional.empty();
        }
        var mine = new CompletableFuture<Boolean>();
        var others = asked.putIfAbsent(hash, mine);
        var isThere = others == null ? askFirst(hash, mine) : await(others);
        return isThere ? directory.find(hash) : Optional.empty();
    }

    private boolean askFirst(KeyHash hash, CompletableFuture<Boolean> answer) {
        try {
            var isThere = askService(hash);
            answer.complete(isThere);
            return isThere;
        } catch (RuntimeException e) {
            answer.completeExceptionally(e);
            throw e;
        } finally {
            asked.remove(hash);
        }
    }

    private static boolean await(CompletableFuture<Boolean> answer) {
        try {
            return answer.get(2 * ANSWERED_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw cannotBeTold();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cannotBeTold();
        }
    }

    private boolean askService(KeyHash hash) {
        if (isSilent() || !hasPlace()) {
            throw cannotBeTold();
        }
        try {
            // Who waited for a place may have been waiting for one that nobody answered.
            if (isSilent()) {
                throw cannotBeTold();
            }
            return answered(hash);
        } finally {
            places.release();
        }
    }

    private boolean answered(KeyHash hash) {
        try {
            var answer =
                    services.get(Service.ACCOUNT, "/internal/published-keys/" + hash.hex(), Map.of(), ANSWERED_WITHIN);
            directory.apply(EventJson.read(answer.body(), ApiKeyPublished.class));
            return true;
        } catch (ServiceRefusal refusal) {
            if (refusal.status() != NO_SUCH_KEY) {
                throw cannotBeTold().becauseOf(refusal);
            }
            remember(hash);
            return false;
        } catch (ApiError silence) {
            silentUntilNanos = System.nanoTime() + QUIET_AFTER_SILENCE.toNanos();
            throw cannotBeTold().becauseOf(silence);
        }
    }

    private boolean isSilent() {
        return System.nanoTime() - silentUntilNanos < 0;
    }

    private boolean hasPlace() {
        try {
            return places.tryAcquire(ANSWERED_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean isKnownToBeNone(KeyHash hash) {
        synchronized (unknown) {
            var until = unknown.get(hash);
            return until != null && System.nanoTime() - until < 0;
        }
    }

    private void remember(KeyHash hash) {
        synchronized (unknown) {
            unknown.remove(hash);
            if (unknown.size() == MAX_REMEMBERED) {
                unknown.remove(unknown.keySet().iterator().next());
            }
            unknown.put(hash, System.nanoTime() + REMEMBERED_FOR.toNanos());
        }
    }

    private static ApiError cannotBeTold() {
        return ApiError.unavailable(
                        "account_unavailable",
                        "Whether this API key is valid cannot be told now, since this instance has not heard of it; nothing was charged. Try again.")
                .withHeader("Retry-After", "1")
                .withShouldRetry(true);
    }
}
