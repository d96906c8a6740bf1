package com.gogogoapi.proxy.operator;

import com.gogogoapi.chassis.errors.ApiError;
import jakarta.servlet.http.HttpServletRequest;

/** How many lines of a list a page has: {@code ?limit=}. */
final class PageLimit {

    private static final int USUAL = 100;
    private static final int MAX = 1_000;

    private PageLimit() {}

    /** @throws ApiError 400 unless it is a number from 1 to the most there can be */
    static int of(HttpServletRequest request) {
        var text = request.getParameter("limit");
        if (text == null) {
            return USUAL;
        }
        if (text.matches("[0-9]{1,4}")) {
            var limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX) {
                return limit;
            }
        }
        throw ApiError.invalidRequest("limit", "limit must be a whole number from 1 to " + MAX + ".");
    }
}
