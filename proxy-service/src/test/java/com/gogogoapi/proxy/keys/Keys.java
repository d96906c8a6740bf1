package com.gogogoapi.proxy.keys;

import com.gogogoapi.contracts.access.AddressRange;
import com.gogogoapi.contracts.access.ApiKeyPublished;
import com.gogogoapi.contracts.access.ApiKeyText;
import com.gogogoapi.contracts.access.KeyPolicy;
import com.gogogoapi.contracts.access.KeyPurpose;
import com.gogogoapi.contracts.access.KeyStatus;
import com.gogogoapi.contracts.identity.AccountId;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keys as the account-service publishes them. */
record Keys(
        String text,
        long version,
        KeyStatus status,
        KeyPurpose purpose,
        KeyPolicy policy,
        @Nullable Instant expiresAt) {

    private static final SecureRandom RANDOM = new SecureRandom();

    static Keys aKey() {
        return new Keys(ApiKeyText.generate(RANDOM), 1, KeyStatus.ACTIVE, KeyPurpose.INFERENCE, KeyPolicy.NONE, null);
    }

    Keys inVersion(long number, KeyStatus newStatus) {
        return new Keys(text, number, newStatus, purpose, policy, expiresAt);
    }

    Keys expiringAt(Instant at) {
        return new Keys(text, version, status, purpose, policy, at);
    }

    Keys forManagement() {
        return new Keys(text, version, status, KeyPurpose.MANAGEMENT, policy, expiresAt);
    }

    Keys from(String range) {
        return with(new KeyPolicy(
                List.of(), List.of(AddressRange.parse(range)), List.of(), List.of(), List.of(), List.of()));
    }

    Keys allowing(String route) {
        return with(new KeyPolicy(List.of(route), List.of(), List.of(), List.of(), List.of(), List.of()));
    }

    private Keys with(KeyPolicy newPolicy) {
        return new Keys(text, version, status, purpose, newPolicy, expiresAt);
    }

    KeyHash hash() {
        return KeyHash.of(ApiKeyText.sha256(text));
    }

    ApiKeyPublished event() {
        return new ApiKeyPublished(
                ApiKeyText.hash(text),
                version,
                "key_1",
                "key_1",
                new AccountId("acct_1"),
                "label",
                purpose,
                status,
                policy,
                Instant.parse("2026-11-26T12:00:00Z"),
                null,
                expiresAt);
    }
}
