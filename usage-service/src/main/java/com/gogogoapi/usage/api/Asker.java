package com.gogogoapi.usage.api;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.wire.ServiceHeaders;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * For whom another service asks.
 *
 * @param onlyMember whose requests alone may be shown; null for all of the account's
 */
public record Asker(AccountId account, @Nullable UUID onlyMember) {

    private static final String DEVELOPER = "developer";

    /** @throws ApiError 400 if the headers are not what they must be */
    public static Asker of(HttpServletRequest request) {
        var account = request.getHeader(ServiceHeaders.ACCOUNT);
        if (account == null || !AccountId.isValid(account)) {
            throw ApiError.invalidRequest(null, "There must be a header " + ServiceHeaders.ACCOUNT + ".");
        }
        var isDeveloper = DEVELOPER.equals(request.getHeader(ServiceHeaders.ROLE));
        return new Asker(new AccountId(account), isDeveloper ? member(request) : null);
    }

    /**
     * For whom another service asks about what is the whole account's.
     *
     * @throws ApiError as above, and 403 for a developer
     */
    public static AccountId ofAll(HttpServletRequest request) {
        var asker = of(request);
        if (asker.onlyMember() != null) {
            throw ApiError.other(
                    403,
                    "permission_error",
                    "role_not_allowed",
                    "Who sees what is the whole account's must have another role than developer.");
        }
        return asker.account();
    }

    /** A developer sees what is his own: who he is has to be said. */
    private static UUID member(HttpServletRequest request) {
        try {
            return UUID.fromString(String.valueOf(request.getHeader(ServiceHeaders.MEMBER)));
        } catch (IllegalArgumentException e) {
            throw ApiError.invalidRequest(null, "A developer must come with a header " + ServiceHeaders.MEMBER + ".");
        }
    }
}
