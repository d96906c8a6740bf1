package com.gogogoapi.proxy.execution;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.proxy.outcome.OutcomeRule.Delivered;

/** What a client is told whose answer had not come to its end when this service was stopped. */
final class ServiceStopping {

    private static final String CODE = "service_stopping";

    private ServiceStopping() {}

    /** Nothing was charged: another instance serves it. */
    static ApiError before() {
        return ApiError.unavailable(CODE, "This service was stopped before the answer; nothing was charged.");
    }

    static ApiError midway(Served served) {
        return served.delivered() == Delivered.NOTHING && served.usage().isEmpty()
                ? before()
                : ApiError.unavailable(
                                CODE,
                                "This service was stopped in the middle of the answer; what came of it is charged.")
                        .withShouldRetry(false);
    }
}
