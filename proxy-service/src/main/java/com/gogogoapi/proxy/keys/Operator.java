package com.gogogoapi.proxy.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.gogogoapi.chassis.bodies.BodyFields;
import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.access.OperatorRole;
import jakarta.servlet.http.HttpServletRequest;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;
import tools.jackson.databind.JsonNode;

/**
 * An operator who calls.
 *
 * @param isInstallations whether it is the one of the installation's operator token: the first operator, who names the others
 */
public record Operator(String name, Set<OperatorRole> roles, boolean isInstallations) {

    /** The installation's operator, who has every role. */
    static final Operator INSTALLATIONS = new Operator("operator", EnumSet.allOf(OperatorRole.class), true);

    /** Who has the installation's auditor token. */
    static final Operator AUDITOR = new Operator("auditor", EnumSet.of(OperatorRole.AUDITOR), false);

    private static final String ATTRIBUTE = Operator.class.getName();
    private static final String REASON = "X-Audit-Reason";
    private static final int MAX_REASON_CHARS = 500;
    private static final String ENCODED = "UTF-8''";

    /**
     * One whom the account-service knows.
     *
     * @param roles as it writes them
     */
    public static Operator named(String name, JsonNode roles) {
        var known = EnumSet.noneOf(OperatorRole.class);
        roles.forEach(role -> known.add(OperatorRole.valueOf(role.asString("").toUpperCase(Locale.ROOT))));
        return new Operator(name, known, false);
    }

    /** As answers and other services write them. */
    public List<String> writtenRoles() {
        return roles.stream().map(role -> role.name().toLowerCase(Locale.ROOT)).toList();
    }

    /** The operator who makes a request that was let through. */
    public static Operator of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof Operator operator) {
            return operator;
        }
        throw new IllegalStateException("The request must have been let through as an operator's.");
    }

    /** Notes who makes it. */
    public void makes(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    /**
     * Who a body says it is by: the installation's operator, whose token may be that of several people or of a program, says so
     * in words of its own; everybody else is who he is.
     *
     * @throws ApiError 400 if another name is given
     */
    public String by(BodyFields body, String field, int maxChars) {
        var said = body.optionalText(field, maxChars);
        if (said == null || said.equals(name)) {
            return name;
        }
        if (!isInstallations) {
            throw ApiError.invalidRequest(field, field + " must be left out, or the name of who calls: " + name + ".");
        }
        return said;
    }

    /**
     * Why, as the header {@code X-Audit-Reason} says; null if it does not. In a header other letters than English ones are
     * written as RFC 8187 has it: {@code UTF-8''} and what is behind it percent-encoded.
     *
     * @throws ApiError 400 if it is too long or no text
     */
    public static @Nullable String reasonOf(HttpServletRequest request) {
        return BodyFields.checkedOrNull(REASON, decoded(request.getHeader(REASON)), MAX_REASON_CHARS);
    }

    private static @Nullable String decoded(@Nullable String header) {
        if (header == null || !header.regionMatches(true, 0, ENCODED, 0, ENCODED.length())) {
            return header;
        }
        try {
            return UriUtils.decode(header.substring(ENCODED.length()), UTF_8);
        } catch (IllegalArgumentException e) {
            throw ApiError.invalidRequest(
                    REASON, REASON + " must be well-formed behind " + ENCODED + ": percent-encoded UTF-8.");
        }
    }
}
