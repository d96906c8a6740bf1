package com.gogogoapi.proxy.idempotency;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.identity.AccountId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name that a client chooses for a request so that it is run once, however often it is sent. Accounts do not share them;
 * an account's keys, members and routes do.
 *
 * @param text as it was sent
 */
public record IdempotencyKey(AccountId account, String text) {

    public static final String HEADER = "Idempotency-Key";

    static final int MAX_CHARS = 255;

    private static final Pattern FORM = Pattern.compile("[\\x20-\\x7e]{1," + MAX_CHARS + "}");

    /**
     * The key of a request; null where it has none.
     *
     * @throws ApiError 400 for one that is none, or for several
     */
    public static @Nullable IdempotencyKey of(HttpServletRequest request, AccountId account) {
        var text = request.getHeader(HEADER);
        if (text == null) {
            return null;
        }
        var all = request.getHeaders(HEADER);
        all.nextElement();
        if (all.hasMoreElements() || !FORM.matcher(text).matches()) {
            throw ApiError.invalidRequest(
                    HEADER,
                    HEADER + " must be one header of 1 to " + MAX_CHARS + " letters, digits and signs of ASCII.");
        }
        return new IdempotencyKey(account, text);
    }
}
