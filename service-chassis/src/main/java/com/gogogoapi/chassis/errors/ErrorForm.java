package com.gogogoapi.chassis.errors;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How an error is written. A route whose clients expect another form than OpenAI's says so of each request. */
@FunctionalInterface
public interface ErrorForm {

    /** What OpenAI's clients read. */
    ErrorForm OPENAI = (status, error) -> Map.of("error", error);

    /**
     * The answer's body.
     *
     * @param error its {@code message}, {@code type}, {@code param} and {@code code}, and whatever else it says
     */
    Map<String, Object> body(int status, Map<String, @Nullable Object> error);

    /** From here on the errors of this request are written so. */
    static void use(HttpServletRequest request, ErrorForm form) {
        request.setAttribute(ErrorForm.class.getName(), form);
    }

    /** How the errors of this request are written. */
    static ErrorForm of(HttpServletRequest request) {
        return request.getAttribute(ErrorForm.class.getName()) instanceof ErrorForm form ? form : OPENAI;
    }
}
