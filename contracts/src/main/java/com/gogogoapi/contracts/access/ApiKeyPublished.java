package com.gogogoapi.contracts.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.gogogoapi.contracts.identity.AccountId;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Everything about an API key that whoever is called with it must know. The compacted topic {@code api-keys} holds the last
 * one of every key, keyed by {@link #keyHash}.
 *
 * @param keyHash SHA-256 of the key's text, in 64 lower-case hexadecimal digits; the text itself is nowhere
 * @param version grows with every change of any key: of two events about a key the one with the higher version counts,
 *     whatever their order
 * @param scopeKeyId whose budgets and rates it counts against: its own id, or of a key that took another's place the first
 *     one's, since rotation empties no budget
 * @param createdBy the member whose key it is; absent where it was issued by an operator to the account as such
 * @param expiresAt from then on it is refused; absent where it never expires
 * @param memberRole what that member is in the account; absent where it is the account's own key, and where there is no such
 *     member any more, whose key does nothing
 */
public record ApiKeyPublished(
        String keyHash,
        long version,
        String keyId,
        String scopeKeyId,
        AccountId accountId,
        String label,
        KeyPurpose purpose,
        KeyStatus status,
        KeyPolicy policy,
        Instant changedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UUID createdBy,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant expiresAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable MemberRole memberRole)
        implements AccessEvent {

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    /** @throws IllegalArgumentException if the hash is none or the version not positive */
    public ApiKeyPublished {
        if (!HASH.matcher(keyHash).matches()) {
            throw new IllegalArgumentException("A key's hash must have 64 hexadecimal digits.");
        }
        if (version < 1) {
            throw new IllegalArgumentException("A key's version must be more than zero.");
        }
    }

    /** Of the account as such. */
    public ApiKeyPublished(
            String keyHash,
            long version,
            String keyId,
            String scopeKeyId,
            AccountId accountId,
            String label,
            KeyPurpose purpose,
            KeyStatus status,
            KeyPolicy policy,
            Instant changedAt,
            @Nullable UUID createdBy,
            @Nullable Instant expiresAt) {
        this(
                keyHash,
                version,
                keyId,
                scopeKeyId,
                accountId,
                label,
                purpose,
                status,
                policy,
                changedAt,
                createdBy,
                expiresAt,
                null);
    }
}
