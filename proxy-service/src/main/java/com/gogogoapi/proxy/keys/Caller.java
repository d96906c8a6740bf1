package com.gogogoapi.proxy.keys;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.access.KeyPolicy;
import com.gogogoapi.contracts.access.KeyPurpose;
import com.gogogoapi.contracts.access.KeyStatus;
import com.gogogoapi.contracts.access.MemberRole;
import com.gogogoapi.contracts.budget.BudgetScope;
import com.gogogoapi.contracts.budget.Limits;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.identity.KeyIds;
import com.gogogoapi.contracts.ledger.intake.RequestedBy;
import com.gogogoapi.contracts.wire.ServiceHeaders;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who calls: a key as this instance knows it.
 *
 * @param scopeKeyId whose budgets and rates it counts against
 * @param member whose key it is; null where it is the account's as such
 * @param role what that member is in the account; null where it is the account's as such
 * @param policy what it may do and how much
 * @param version of its last change
 * @param isRecent whether who is signed in has shown lately who he is; of a key nobody asks
 */
public record Caller(
        String keyId,
        String scopeKeyId,
        AccountId account,
        @Nullable UUID member,
        @Nullable MemberRole role,
        KeyPurpose purpose,
        KeyStatus status,
        @Nullable Instant expiresAt,
        KeyPolicy policy,
        long version,
        boolean isRecent) {

    private static final String ATTRIBUTE = Caller.class.getName();
    private static final String SESSION = "session_";

    /**
     * A member who is signed in with a browser: as with a key of his that manages keys, and calls no models.
     *
     * @param sessionId by which audit trails name it; no key has such an id
     * @param isRecent whether he has shown lately who he is
     */
    public static Caller signedIn(String sessionId, AccountId account, UUID member, MemberRole role, boolean isRecent) {
        if (!sessionId.startsWith(SESSION)) {
            throw new IllegalArgumentException("A session's id must begin with " + SESSION + ".");
        }
        return new Caller(
                sessionId,
                sessionId,
                account,
                member,
                role,
                KeyPurpose.MANAGEMENT,
                KeyStatus.ACTIVE,
                null,
                KeyPolicy.NONE,
                0,
                isRecent);
    }

    /** Whether it is a browser's session rather than a key. */
    public boolean isSession() {
        return keyId.startsWith(SESSION);
    }

    /** Who makes a request that was let through; empty where nobody has looked yet. */
    static Optional<Caller> known(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Caller caller ? Optional.of(caller) : Optional.empty();
    }

    /** Notes who makes it. */
    public void makes(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    /** As other services are told for whom they are asked. */
    public Map<String, String> headers() {
        var headers = new HashMap<String, String>();
        headers.put(ServiceHeaders.ACCOUNT, account.value());
        headers.put(ServiceHeaders.KEY, keyId);
        if (member != null && role != null) {
            headers.put(ServiceHeaders.MEMBER, member.toString());
            headers.put(ServiceHeaders.ROLE, role.written());
        }
        return headers;
    }

    /** As the ledger is told whose request it is. */
    public RequestedBy requestedBy() {
        return new RequestedBy(KeyIds.uuidOf(keyId), member, policy.tags());
    }

    /** As which the key is counted; a session counts as its member. */
    public BudgetScope scope() {
        return isSession() && member != null ? BudgetScope.ofMember(member) : BudgetScope.ofKey(scopeKeyId);
    }

    /** What its requests are measured against. */
    public Limits limits() {
        return new Limits(policy.budgets(), policy.rates());
    }

    /** @throws ApiError 401 if it is revoked, disabled or expired, 403 if it must not be used from there */
    void requireUsable(Instant now, InetAddress from) {
        switch (status) {
            case REVOKED -> throw ApiError.invalidApiKey("The API key must be valid: this one is revoked.");
            case DISABLED ->
                throw ApiError.invalidApiKey(
                        "The API key must be valid: this one is disabled until it is enabled again.");
            case ACTIVE -> {
                if (expiresAt != null && !now.isBefore(expiresAt)) {
                    throw ApiError.invalidApiKey("The API key must be valid: this one expired at " + expiresAt + ".");
                }
            }
        }
        if (!policy.allowsAddress(from)) {
            throw ApiError.other(
                    403,
                    "permission_error",
                    "address_not_allowed",
                    "The API key must be used from an address that it allows; " + from.getHostAddress() + " is none.");
        }
    }

    /**
     * Before the model of that name is called; that it must have a name, the quote-service says.
     *
     * @throws ApiError 403 if it must not be
     */
    public void requireRoute(String model) {
        if (!model.isEmpty() && !policy.allowsRoute(model)) {
            throw ApiError.other(
                    403,
                    "permission_error",
                    "model_not_allowed",
                    "The model must be one that this API key allows: " + String.join(", ", policy.routes()) + ".");
        }
    }
}
