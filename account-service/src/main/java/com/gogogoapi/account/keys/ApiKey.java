package com.gogogoapi.account.keys;

import com.gogogoapi.contracts.access.ApiKeyPublished;
import com.gogogoapi.contracts.access.KeyPolicy;
import com.gogogoapi.contracts.access.KeyPurpose;
import com.gogogoapi.contracts.access.KeyStatus;
import com.gogogoapi.contracts.budget.BudgetScope;
import com.gogogoapi.contracts.identity.AccountId;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A key as it is now, without itself.
 *
 * @param hash its SHA-256 in hexadecimal digits
 * @param scopeKeyId whose spending it continues: its own, or the first one's that was rotated into this
 * @param replacedBy the key that took its place, null if none did
 * @param lastUsedAt to the minute; null if it never was
 */
public record ApiKey(
        String keyId,
        AccountId account,
        @Nullable UUID createdBy,
        KeyPurpose purpose,
        String hash,
        String lastFour,
        Instant createdAt,
        KeyStatus status,
        @Nullable Instant revokedAt,
        String scopeKeyId,
        @Nullable String replacedBy,
        KeySettings settings,
        @Nullable Instant lastUsedAt,
        Instant changedAt,
        long version,
        Holder holder) {

    public boolean isRevoked() {
        return status == KeyStatus.REVOKED;
    }

    /** What the proxies have to know of it. */
    public ApiKeyPublished event() {
        var key = BudgetScope.ofKey(scopeKeyId);
        var policy = new KeyPolicy(
                settings.routes(),
                settings.addressRanges(),
                Stream.concat(settings.limits().budgets(key), holder.budgets(account, createdBy))
                        .toList(),
                Stream.concat(settings.limits().rates(key), holder.rates(account, createdBy))
                        .toList(),
                settings.tags(),
                Stream.concat(settings.limits().inFlight(key), holder.inFlight(account, createdBy))
                        .toList());
        return new ApiKeyPublished(
                hash,
                version,
                keyId,
                scopeKeyId,
                account,
                settings.label(),
                purpose,
                status,
                policy,
                changedAt,
                createdBy,
                settings.expiresAt(),
                holder.role());
    }

    /** The same in another state. */
    ApiKey with(
            KeyStatus newStatus,
            @Nullable Instant newRevokedAt,
            @Nullable String newReplacedBy,
            KeySettings newSettings) {
        return new ApiKey(
                keyId,
                account,
                createdBy,
                purpose,
                hash,
                lastFour,
                createdAt,
                newStatus,
                newRevokedAt,
                scopeKeyId,
                newReplacedBy,
                newSettings,
                lastUsedAt,
                changedAt,
                version,
                holder);
    }

    /** The same after a change. */
    ApiKey changed(Instant at, long newVersion) {
        return new ApiKey(
                keyId,
                account,
                createdBy,
                purpose,
                hash,
                lastFour,
                createdAt,
                status,
                revokedAt,
                scopeKeyId,
                replacedBy,
                settings,
                lastUsedAt,
                at,
                newVersion,
                holder);
    }

    /** Whether it is a key of this member. */
    public boolean isOf(UUID member) {
        return member.equals(createdBy);
    }

    /** The same as another member's. */
    ApiKey of(UUID member, Holder heir) {
        return new ApiKey(
                keyId,
                account,
                member,
                purpose,
                hash,
                lastFour,
                createdAt,
                status,
                revokedAt,
                scopeKeyId,
                replacedBy,
                settings,
                lastUsedAt,
                changedAt,
                version,
                heir);
    }
}
