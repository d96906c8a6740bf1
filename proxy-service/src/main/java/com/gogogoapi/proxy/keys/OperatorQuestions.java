package com.gogogoapi.proxy.keys;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.access.OperatorSecretText;
import com.gogogoapi.proxy.services.InstallationServices;
import com.gogogoapi.proxy.services.InstallationServices.Service;
import com.gogogoapi.proxy.services.ServiceRefusal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks the account-service whose secret it is, every time: one that was revoked stops at once, and operators are few. Whoever
 * makes secrets up keeps few places busy, and is held off by {@link OperatorGuard}.
 */
@Component
class OperatorQuestions {

    private static final int MAX_AT_A_TIME = 8;
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(2);
    private static final int NO_SUCH_SECRET = 404;

    private final InstallationServices services;
    private final Semaphore places = new Semaphore(MAX_AT_A_TIME);

    OperatorQuestions(InstallationServices services) {
        this.services = services;
    }

    /**
     * Whose it is; empty if nobody's.
     *
     * @throws ApiError 503 if that cannot be told now
     */
    Optional<Operator> ask(String secret) {
        if (!hasPlace()) {
            throw cannotBeTold();
        }
        try {
            var answer = services.get(
                    Service.ACCOUNT,
                    "/internal/operator-secrets/" + OperatorSecretText.hash(secret),
                    Map.of(),
                    ANSWERED_WITHIN);
            return Optional.of(operator(answer.body()));
        } catch (ServiceRefusal refusal) {
            if (refusal.status() != NO_SUCH_SECRET) {
                throw cannotBeTold().becauseOf(refusal);
            }
            return Optional.empty();
        } catch (ApiError silence) {
            throw cannotBeTold().becauseOf(silence);
        } finally {
            places.release();
        }
    }

    private static Operator operator(byte[] json) {
        var answer = JsonMapper.shared().readTree(json);
        return Operator.named(answer.path("name").asString(), answer.path("roles"));
    }

    private boolean hasPlace() {
        try {
            return places.tryAcquire(ANSWERED_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static ApiError cannotBeTold() {
        return ApiError.unavailable(
                        "account_unavailable",
                        "Whose secret this is cannot be told now; nothing was done. Try again, or use the operator token.")
                .withHeader("Retry-After", "1")
                .withShouldRetry(true);
    }
}
