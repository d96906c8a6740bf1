package com.gogogoapi.account.api;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.access.MemberRole;
import com.gogogoapi.contracts.wire.ServiceHeaders;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * For whom the proxy asks, which has made sure that he may call this route. What of the account he may touch is decided by
 * the service, who knows whose it is.
 *
 * @param member who asks; null where it is an operator or the account itself
 * @param role what he is in the account; null exactly where there is no member
 * @param isOperator whether it is an operator, who acts for any account
 */
public record Asker(@Nullable UUID member, @Nullable MemberRole role, boolean isOperator) {

    /** @throws ApiError 400 if the headers are not what they must be */
    public static Asker of(HttpServletRequest request) {
        var member = request.getHeader(ServiceHeaders.MEMBER);
        var role = request.getHeader(ServiceHeaders.ROLE);
        if ((member == null) != (role == null)) {
            throw ApiError.invalidRequest(null, "A member must come with his role.");
        }
        return member == null || role == null
                ? new Asker(null, null, request.getHeader(ServiceHeaders.KEY) == null)
                : new Asker(memberId(member), role(role), false);
    }

    private static MemberRole role(String text) {
        return Arrays.stream(MemberRole.values())
                .filter(role -> role.written().equals(text))
                .findFirst()
                .orElseThrow(() -> ApiError.invalidRequest(null, "There must be such a role."));
    }

    /** The id of a member, as an address or body has it. @throws ApiError 404 if it can be none */
    public static UUID memberId(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw ApiError.notFound("This account has no such member.");
        }
    }

    /** Whose keys alone he sees and changes; null for all of the account's. */
    public @Nullable UUID onlyMember() {
        return role == MemberRole.DEVELOPER ? member : null;
    }

    /** Whether it is this member. */
    public boolean is(UUID other) {
        return other.equals(member);
    }

    /** Whether owners are his business: an admin's they are not. */
    public boolean mayTouch(MemberRole other) {
        return member == null || role == MemberRole.OWNER || (role == MemberRole.ADMIN && other != MemberRole.OWNER);
    }
}
