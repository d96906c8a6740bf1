package com.gogogoapi.proxy.parameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.gogogoapi.chassis.errors.ApiError;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryParametersCheckTest {

    /** Routes of each kind. */
    static final class Routes {
        void plain() {}

        @QueryParameters({"limit", "at"})
        void paged() {}

        @QueryParameters(value = "model", ignoresOthers = true)
        void page() {}
    }

    private static @Nullable QueryParameters known(String route) {
        try {
            return Routes.class.getDeclaredMethod(route).getAnnotation(QueryParameters.class);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "plain, ''",
        "plain,",
        "paged, limit=1&at=x",
        "paged, %6Cimit=1",
        "paged, limit",
        "page, utm=a&utm=b",
        "plain, &"
    })
    void letsThroughWhatTheRouteKnows(String route, @Nullable String query) {
        assertThatCode(() -> QueryParametersCheck.check(query, known(route))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "plain | at=x | at must be left out: this route takes no parameters.",
                "paged | lmit=1 | lmit must be one of the known parameters: at, limit.",
                "paged | limit=1&%6Cimit=2 | limit must be given once.",
                "page  | model=a&model=b | model must be given once.",
                "paged | %zz=1 | The address must have a well-formed query.",
                "paged | %0a=1 | ? must be one of the known parameters: at, limit.",
            })
    void refusesWhatItDoesNotKnowOrHasTwice(String route, String query, String message) {
        var refusal = catchThrowableOfType(ApiError.class, () -> QueryParametersCheck.check(query, known(route)));
        assertThat(refusal).hasMessage(message);
        assertThat(refusal.status()).isEqualTo(400);
    }
}
