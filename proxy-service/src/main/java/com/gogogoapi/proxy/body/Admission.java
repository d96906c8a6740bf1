package com.gogogoapi.proxy.body;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.budget.BudgetScope;
import com.gogogoapi.contracts.budget.InFlightLimit;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.proxy.ProxyProperties;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Lets requests in, so that no account takes what all need: so many of each account and key at once, and so many bytes of bodies, of
 * each and of all together, before they are read. Small bodies have room of their own and never stand behind large ones.
 */
@Component
@EnableConfigurationProperties(AdmissionProperties.class)
public class Admission implements DisposableBean {

    /** Larger bodies are few, and are what fills a memory. */
    static final int SMALL_BYTES = 64 * 1024;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final AdmissionProperties properties;
    private final int maxBodyBytes;
    private final long maxBytesOfAnAccount;
    private final Room small;
    private final Room large;

    /** Those that wait have their bodies in memory already, so there are not many. */
    private final ExecutorService lookers = Executors.newFixedThreadPool(
            Math.max(1, Runtime.getRuntime().availableProcessors() - 1),
            Thread.ofPlatform().name("looking-", 0).daemon().factory());

    private final Map<AccountId, InFlight> accounts = new ConcurrentHashMap<>();

    /** How many requests each key, member or account with a limit has in flight. */
    private final Map<BudgetScope, Integer> requests = new ConcurrentHashMap<>();

    Admission(AdmissionProperties properties, ProxyProperties proxy, MeterRegistry meters) {
        this.properties = properties;
        this.maxBodyBytes = proxy.maxBodyBytes();
        this.maxBytesOfAnAccount = properties.accountsBytes(maxBodyBytes);
        var all = properties.allBytes(maxBodyBytes);
        this.large = new Room(all);
        this.small = new Room(all / 4);
        Gauge.builder("gogogoapi.proxy.admission.free", large, Room::freeBytes)
                .description("Room for large bodies that is left")
                .baseUnit("bytes")
                .register(meters);
    }

    /** What an account has in flight. */
    private record InFlight(int requests, long bytes) {

        static final InFlight NONE = new InFlight(0, 0);

        InFlight plus(int moreRequests, long moreBytes) {
            return new InFlight(requests + moreRequests, bytes + moreBytes);
        }
    }

    /**
     * A place for one request, to be left when it is answered.
     *
     * @param key as which the request's key is counted
     * @param limits of the account's, the member's and the key's own; the account's counts where it is the lower one
     * @throws ApiError 429 if the account, or whoever has a limit, has too many
     */
    public Place enter(AccountId account, BudgetScope key, List<InFlightLimit> limits) {
        if (!add(account, 1, 0)) {
            throw tooMany("account", properties.requestsInFlightPerAccount());
        }
        var scopes = new ArrayList<BudgetScope>();
        var isLimited = limits.stream().anyMatch(limit -> limit.scope().equals(key));
        var all = isLimited ? limits.stream() : Stream.concat(Stream.of(ofAnyKey(key)), limits.stream());
        var exceeded = all.filter(limit -> {
                    var fits = add(limit);
                    if (fits) {
                        scopes.add(limit.scope());
                    }
                    return !fits;
                })
                .findFirst();
        if (exceeded.isPresent()) {
            leave(account, scopes);
            throw tooMany(
                    exceeded.get().scope().kind().name().toLowerCase(Locale.ROOT),
                    exceeded.get().requests());
        }
        return new Place(this, account, scopes, maxBodyBytes);
    }

    private InFlightLimit ofAnyKey(BudgetScope key) {
        return new InFlightLimit(key, properties.requestsInFlightPerKey());
    }

    private static ApiError tooMany(String scope, int most) {
        return ApiError.rateLimited(
                        "At most " + most + " requests of this " + scope + " must be in flight at once.", RETRY_AFTER)
                .withDetail("scope", scope)
                .withDetail("measure", "requests_in_flight")
                .withDetail("limit", most);
    }

    /** Whether it may have one more. */
    private boolean add(InFlightLimit limit) {
        var refused = new boolean[1];
        requests.compute(limit.scope(), (scope, before) -> {
            var has = before == null ? 0 : before;
            refused[0] = has >= limit.requests();
            return refused[0] ? before : Integer.valueOf(has + 1);
        });
        return !refused[0];
    }

    void leave(AccountId account, List<BudgetScope> scopes) {
        add(account, -1, 0);
        scopes.forEach(
                scope -> requests.computeIfPresent(scope, (left, has) -> has == 1 ? null : Integer.valueOf(has - 1)));
    }

    /**
     * @param wait whether there is time to wait for it
     * @throws ApiError 429 if the account has too much; 503 if all together have
     */
    void take(AccountId account, long bytes, boolean wait) {
        if (!add(account, 0, bytes)) {
            throw ApiError.rateLimited(
                    "The requests of an account that are in flight at once must have at most " + maxBytesOfAnAccount
                            + " bytes.",
                    RETRY_AFTER);
        }
        var taken = false;
        try {
            taken = roomFor(bytes).take(bytes, wait ? properties.patience() : Duration.ZERO);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (!taken) {
                add(account, 0, -bytes);
            }
        }
        if (!taken) {
            throw ApiError.unavailable("overloaded", "Too many large requests at once; nothing was charged. Try again.")
                    .withHeader("Retry-After", Long.toString(RETRY_AFTER.toSeconds()));
        }
    }

    void giveBack(AccountId account, long bytes) {
        roomFor(bytes).giveBack(bytes);
        add(account, 0, -bytes);
    }

    private Room roomFor(long bytes) {
        return bytes <= SMALL_BYTES ? small : large;
    }

    /** Whether the account may have so much more. */
    private boolean add(AccountId account, int requests, long bytes) {
        var refused = new boolean[1];
        accounts.compute(account, (id, before) -> {
            var had = before == null ? InFlight.NONE : before;
            var has = had.plus(requests, bytes);
            refused[0] = requests > 0 && has.requests() > properties.requestsInFlightPerAccount()
                    || bytes > 0 && has.bytes() > maxBytesOfAnAccount;
            var now = refused[0] ? had : has;
            return now.equals(InFlight.NONE) ? null : now;
        });
        return !refused[0];
    }

    <T> T onAThreadOfItsOwn(Supplier<T> looking) {
        var task = new FutureTask<>(looking::get);
        lookers.execute(task);
        try {
            return task.get();
        } catch (InterruptedException e) {
            task.cancel(false);
            Thread.currentThread().interrupt();
            throw ApiError.unavailable("unavailable", "The service is stopping; nothing was charged.")
                    .becauseOf(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void destroy() {
        lookers.shutdownNow();
    }

    /** How many accounts have something in flight. */
    int accountsInFlight() {
        return accounts.size();
    }

    /** How many keys, members and accounts with a limit have. */
    int scopesInFlight() {
        return requests.size();
    }
}
