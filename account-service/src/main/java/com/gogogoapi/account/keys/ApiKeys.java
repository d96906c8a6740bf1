package com.gogogoapi.account.keys;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.access.ApiKeyText;
import com.gogogoapi.contracts.access.KeyPurpose;
import com.gogogoapi.contracts.access.KeyStatus;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What can be done to keys. Each change takes a version last of all, so that the one row that all changes wait for is locked
 * as briefly as can be; what it changed is published afterwards.
 */
@Service
public class ApiKeys {

    public static final int MAX_VALID_PER_ACCOUNT = 1_000;

    /** How long a rotated key can go on: a month. */
    public static final Duration LONGEST_OVERLAP = Duration.ofDays(31);

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SHOWN_CHARS = 4;

    private final KeyRows rows;
    private final LimitRows limits;
    private final ChangeClock changes;
    private final Clock clock;

    ApiKeys(KeyRows rows, LimitRows limits, ChangeClock changes, Clock clock) {
        this.rows = rows;
        this.limits = limits;
        this.changes = changes;
        this.clock = clock;
    }

    /** A new key, with itself: this once. */
    public record Issued(ApiKey key, String apiKey) {}

    /** @throws ApiError 422 if the account has as many as it can have */
    @Transactional
    public Issued issue(AccountId account, @Nullable UUID createdBy, KeyPurpose purpose, KeySettings settings) {
        return issue(account, createdBy, purpose, settings, null);
    }

    private Issued issue(
            AccountId account,
            @Nullable UUID createdBy,
            KeyPurpose purpose,
            KeySettings settings,
            @Nullable String scopeKeyId) {
        rows.lock(account);
        var holder = holder(account, createdBy);
        var role = holder.role();
        if (role != null && purpose == KeyPurpose.INFERENCE && !role.callsModels()) {
            throw ApiError.invalidRequest(
                    "member", "A key that calls models must be an owner's, an admin's or a developer's.");
        }
        if (rows.countValid(account) >= MAX_VALID_PER_ACCOUNT) {
            throw ApiError.conflict(
                    "too_many_keys",
                    null,
                    "An account must have at most " + MAX_VALID_PER_ACCOUNT + " valid keys: revoke one first.");
        }
        var text = ApiKeyText.generate(RANDOM);
        var keyId = "key_" + TimeOrderedIds.next().toString().replace("-", "");
        var now = now();
        var key = new ApiKey(
                keyId,
                account,
                createdBy,
                purpose,
                ApiKeyText.hash(text),
                text.substring(text.length() - SHOWN_CHARS),
                now,
                KeyStatus.ACTIVE,
                null,
                scopeKeyId == null ? keyId : scopeKeyId,
                null,
                settings,
                null,
                now,
                changes.take(1),
                holder);
        if (!rows.add(key)) {
            throw new IllegalStateException("A new key must be new.");
        }
        return new Issued(key, text);
    }

    /** Changes what can be chosen, and disables or enables it if that is said. */
    @Transactional
    public ApiKey change(
            AccountId account, String keyId, UnaryOperator<KeySettings> settings, @Nullable Boolean disabled) {
        return change(account, keyId, key -> {
            requireNotRevoked(key);
            var status = disabled == null ? key.status() : disabled ? KeyStatus.DISABLED : KeyStatus.ACTIVE;
            return key.with(status, null, key.replacedBy(), settings.apply(key.settings()));
        });
    }

    /**
     * Issues another key in a key's place, which goes on for so long beside it.
     *
     * @throws ApiError 422 if it is revoked, or was rotated before
     */
    @Transactional
    public Issued rotate(AccountId account, String keyId, Duration overlap) {
        // Accounts before keys, whoever locks both.
        rows.lock(account);
        var before = locked(account, keyId);
        requireNotRevoked(before);
        if (before.replacedBy() != null) {
            throw ApiError.conflict(
                    "already_rotated",
                    null,
                    "A key must be rotated once: its successor is " + before.replacedBy() + ".");
        }
        var issued = issue(account, before.createdBy(), before.purpose(), before.settings(), before.scopeKeyId());
        var successor = issued.key().keyId();
        save(
                overlap.isZero()
                        ? before.with(KeyStatus.REVOKED, now(), successor, before.settings())
                        : before.with(
                                before.status(),
                                null,
                                successor,
                                before.settings().expiringBy(now().plus(overlap))));
        return issued;
    }

    /** Revokes it for ever; again changes nothing. */
    @Transactional
    public ApiKey revoke(AccountId account, String keyId) {
        return change(
                account,
                keyId,
                key -> key.isRevoked() ? key : key.with(KeyStatus.REVOKED, now(), key.replacedBy(), key.settings()));
    }

    private Holder holder(AccountId account, @Nullable UUID member) {
        return member == null
                ? new Holder(null, Limits.NONE, limits.boundOf(account))
                : limits.holder(account, member).orElseThrow(ApiKeys::noSuchMember);
    }

    /** Sets budgets and rates of all keys of an account together. @param by who sets them */
    @Transactional
    public void limit(AccountId account, LimitRows.SetBy by, Limits newLimits) {
        rows.lock(account);
        limits.set(account, by, newLimits);
        var keys = rows.lockValid(account);
        if (keys > 0) {
            rows.changeAllOf(account, changes.take(keys), now());
        }
    }

    /** Those of all keys of an account together. @param by who set them */
    public Limits limitsOf(AccountId account, LimitRows.SetBy by) {
        return limits.of(account, by);
    }

    /** Sets budgets and rates of all keys of a member together. */
    @Transactional
    public void limit(AccountId account, UUID member, Limits newLimits) {
        limits.set(account, member, newLimits);
        memberChanged(account, member);
    }

    /** Those of all keys of a member together. */
    public Limits limitsOf(AccountId account, UUID member) {
        return holder(account, member).memberLimits();
    }

    /** A member's valid keys, locked against changes until the transaction ends. */
    @Transactional
    public List<ApiKey> validOf(AccountId account, UUID member) {
        return rows.lockValidOf(account, member);
    }

    /**
     * Ends what a member's keys do for that member: those that call models go on as another member's, or are revoked; those that
     * manage keys speak as their member and are always revoked.
     *
     * @param heir null to revoke all of them
     * @param which those that are meant
     */
    @Transactional
    public void dispose(AccountId account, UUID member, @Nullable UUID heir, Predicate<ApiKey> which) {
        var holder = heir == null ? null : holder(account, heir);
        for (var key : rows.lockValidOf(account, member)) {
            if (which.test(key)) {
                save(
                        heir != null && holder != null && key.purpose() == KeyPurpose.INFERENCE
                                ? key.of(heir, holder)
                                : key.with(KeyStatus.REVOKED, now(), key.replacedBy(), key.settings()));
            }
        }
    }

    /** That a member's role or limits have changed, which his keys say. */
    @Transactional
    public void memberChanged(AccountId account, UUID member) {
        rows.lockValidOf(account, member).forEach(this::save);
    }

    private static ApiError noSuchMember() {
        return ApiError.invalidRequest("member", "member must be a member of the account.");
    }

    private ApiKey change(AccountId account, String keyId, Function<ApiKey, ApiKey> change) {
        var before = locked(account, keyId);
        var after = change.apply(before);
        return after.equals(before) ? before : save(after);
    }

    private ApiKey locked(AccountId account, String keyId) {
        return rows.lock(account, keyId).orElseThrow(ApiKeys::noSuchKey);
    }

    private ApiKey save(ApiKey key) {
        var changed = key.changed(now(), changes.take(1));
        rows.change(changed);
        return changed;
    }

    private static void requireNotRevoked(ApiKey key) {
        if (key.isRevoked()) {
            throw ApiError.conflict("key_revoked", null, "The key must not be revoked: that is for ever.");
        }
    }

    /** 404 for a key that the account does not have. */
    public static ApiError noSuchKey() {
        return ApiError.notFound("This account has no such key.");
    }

    /** @throws ApiError 404 if the account has no such key */
    public ApiKey existing(AccountId account, String keyId) {
        return rows.find(account, keyId).orElseThrow(ApiKeys::noSuchKey);
    }

    /** An account's keys after that one, in the order in which they were issued. */
    public List<ApiKey> after(AccountId account, String keyId, KeyFilter filter, int limit) {
        return rows.after(account, keyId, filter, limit);
    }

    /** What changed after that version, in the order of the changes. */
    public List<ApiKey> changedAfter(long version, int limit) {
        return rows.changedAfter(version, limit);
    }

    /** Notes when keys were used. */
    public void used(List<String> keyIds, List<Instant> minutes) {
        rows.used(keyIds, minutes);
    }

    /** The key itself, valid or not. */
    public Optional<ApiKey> find(String key) {
        return rows.withHash(ApiKeyText.sha256(key));
    }

    public Optional<ApiKey> withHash(byte[] hash) {
        return rows.withHash(hash);
    }

    /** The keys that end like this, the valid ones first. */
    public List<ApiKey> endingIn(String lastFour, int limit) {
        return rows.endingIn(lastFour, limit);
    }

    /** What PostgreSQL keeps of an instant. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
