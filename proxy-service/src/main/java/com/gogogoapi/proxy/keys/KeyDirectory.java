package com.gogogoapi.proxy.keys;

import com.gogogoapi.contracts.access.ApiKeyPublished;
import com.gogogoapi.contracts.access.KeyPolicy;
import com.gogogoapi.contracts.identity.AccountId;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/**
 * Every API key of the installation, in memory. Whatever order news of a key comes in, by whichever way, the one with the
 * highest version stays. What many keys have alike they share: a million keys take less than 400 MB.
 */
@Component
class KeyDirectory {

    private final Map<KeyHash, Caller> keys = new ConcurrentHashMap<>();
    private final Map<AccountId, AccountId> accounts = new ConcurrentHashMap<>();
    private final AtomicLong newest = new AtomicLong();

    Optional<Caller> find(KeyHash hash) {
        return Optional.ofNullable(keys.get(hash));
    }

    void apply(ApiKeyPublished event) {
        keys.merge(
                KeyHash.parse(event.keyHash()),
                caller(event),
                (known, news) -> news.version() > known.version() ? news : known);
        newest.accumulateAndGet(event.version(), Math::max);
    }

    private Caller caller(ApiKeyPublished event) {
        var account = Objects.requireNonNullElse(
                accounts.putIfAbsent(event.accountId(), event.accountId()), event.accountId());
        return new Caller(
                event.keyId(),
                event.scopeKeyId().equals(event.keyId()) ? event.keyId() : event.scopeKeyId(),
                account,
                event.createdBy(),
                event.memberRole(),
                event.purpose(),
                event.status(),
                event.expiresAt(),
                event.policy().equals(KeyPolicy.NONE) ? KeyPolicy.NONE : event.policy(),
                event.version(),
                false);
    }

    /** The highest version heard of; 0 before any. */
    long newest() {
        return newest.get();
    }

    int size() {
        return keys.size();
    }
}
