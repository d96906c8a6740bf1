package com.gogogoapi.account.api;

import com.gogogoapi.chassis.errors.ApiError;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list, {@code ?limit=&cursor=}. The cursor is what the page before ended with, so that whatever is added
 * meanwhile moves nothing.
 */
public record Page(String after, int limit) {

    private static final int USUAL = 100;
    private static final int MAX = 1_000;
    private static final String CURSOR_FORM = "[A-Za-z0-9_-]{1,100}";

    /** @throws ApiError 400 for what cannot be a page */
    public static Page of(HttpServletRequest request) {
        var cursor = request.getParameter("cursor");
        if (cursor != null && !cursor.matches(CURSOR_FORM)) {
            throw ApiError.invalidRequest("cursor", "cursor must be the next_cursor of the page before.");
        }
        return new Page(cursor == null ? "" : cursor, limit(request.getParameter("limit")));
    }

    private static int limit(@Nullable String text) {
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

    /**
     * The answer.
     *
     * @param found one more than the limit, if there are as many
     * @param id what a cursor names
     */
    public <T> Map<String, Object> answer(
            List<T> found, Function<T, String> id, Function<T, Map<String, Object>> line) {
        var shown = found.stream().limit(limit).toList();
        var answer = new LinkedHashMap<String, Object>();
        answer.put("object", "list");
        answer.put("data", shown.stream().map(line).toList());
        if (found.size() > limit) {
            answer.put("next_cursor", id.apply(shown.getLast()));
        }
        return answer;
    }
}
