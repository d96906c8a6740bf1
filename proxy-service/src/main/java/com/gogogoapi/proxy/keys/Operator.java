package com.gogogoapi.proxy.keys;

import com.gogogoapi.chassis.bodies.BodyFields;
import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.access.OperatorRole;
import jakarta.servlet.http.HttpServletRequest;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
     * Why, as the header {@code X-Audit-Reason} says; null if it does not.
     *
     * @throws ApiError 400 if it is too long or no text
     */
    public static @Nullable String reasonOf(HttpServletRequest request) {
        return BodyFields.checkedOrNull(REASON, request.getHeader(REASON), MAX_REASON_CHARS);
    }
}
