package com.gogogoapi.funding.telling;

import com.gogogoapi.chassis.turns.Turns;
import com.gogogoapi.contracts.funding.DepositChanges;
import com.gogogoapi.contracts.identity.ServiceTokens;
import com.gogogoapi.contracts.messaging.EventJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Passes on what accounts are to be told of their deposits, in order and at least once: whoever tells them knows a repeat. Nothing is
 * forgotten before it is taken, but for what nobody took for so long that it is no news any more.
 */
@Component
@EnableConfigurationProperties(TellingProperties.class)
class DepositNews implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(DepositNews.class);
    private static final Duration EVERY = Duration.ofMillis(500);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(12);
    private static final int TAKEN = 204;

    private final KeptChanges kept;
    private final TellingProperties properties;
    private final ServiceTokens tokens;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private @Nullable Turns turns;
    private boolean isTaken = true;

    DepositNews(
            KeptChanges kept,
            TellingProperties properties,
            ServiceTokens tokens,
            TransactionTemplate transactions,
            Clock clock) {
        this.kept = kept;
        this.properties = properties;
        this.tokens = tokens;
        this.transactions = transactions;
        this.clock = clock;
    }

    private void turn() {
        var forgotten = kept.forgetBefore(clock.instant().minus(properties.newsFor()));
        if (forgotten > 0) {
            log.warn("{} changes of deposits were told to nobody within {}", forgotten, properties.newsFor());
        }
        var url = properties.usageUrl();
        if (url != null) {
            // One full lot after another, so that much is not slower than it need be.
            while (Boolean.TRUE.equals(transactions.execute(status -> passOn(url)))) {
                log.debug("more changes of deposits are to be told");
            }
        }
    }

    /** Returns whether there may be more at once. */
    private boolean passOn(URI url) {
        if (!kept.isMine()) {
            return false;
        }
        var next = kept.first(DepositChanges.MOST);
        if (next.isEmpty()
                || !isTaken(
                        url,
                        new DepositChanges(
                                next.stream().map(KeptChanges.Kept::change).toList()))) {
            return false;
        }
        kept.told(next);
        return next.size() == DepositChanges.MOST;
    }

    private boolean isTaken(URI url, DepositChanges changes) {
        var request = HttpRequest.newBuilder(URI.create(url + "/internal/deposit-changes"))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + tokens.issue("funding-service", "usage-service"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(EventJson.mapper().writeValueAsBytes(changes)))
                .build();
        try {
            var status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status != TAKEN) {
                throw new IOException("it answers " + status);
            }
            isTaken = true;
            return true;
        } catch (IOException e) {
            // Once, and not each half second.
            if (isTaken) {
                log.warn("accounts are not told of their deposits for now: the usage-service does not take it", e);
            }
            isTaken = false;
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public synchronized void start() {
        turns = Turns.withPauses("deposit-news", EVERY, () -> {}, this::turn);
    }

    @Override
    public synchronized void stop() {
        if (turns != null) {
            turns.stop(() -> {}, STOP_WITHIN);
            turns = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return turns != null;
    }
}
