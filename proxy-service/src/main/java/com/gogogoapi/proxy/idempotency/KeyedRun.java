package com.gogogoapi.proxy.idempotency;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.chassis.errors.ErrorForm;
import com.gogogoapi.chassis.requestid.RequestIdFilter;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.proxy.idempotency.FormerAttempts.Next;
import com.gogogoapi.proxy.idempotency.Idempotency.Keyed;
import com.gogogoapi.proxy.idempotency.Idempotency.Running;
import com.gogogoapi.proxy.idempotency.KeyRows.Claim;
import com.gogogoapi.proxy.idempotency.KeyRows.Found;
import com.gogogoapi.proxy.services.ServiceRefusal;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import tools.jackson.databind.json.JsonMapper;

/** Runs what was claimed, and leaves its key in the state that says how that ended. */
final class KeyedRun {

    private static final Logger log = LoggerFactory.getLogger(KeyedRun.class);

    private static final int SERVER_ERRORS = 500;

    private final KeyRows rows;
    private final FormerAttempts former;
    private final GivingUp givingUp;
    private final IdempotencyProperties properties;

    KeyedRun(KeyRows rows, FormerAttempts former, GivingUp givingUp, IdempotencyProperties properties) {
        this.rows = rows;
        this.former = former;
        this.givingUp = givingUp;
        this.properties = properties;
    }

    /** Gives back what is held for a request that was never sent. */
    @FunctionalInterface
    interface GivingUp {
        void accept(AccountId account, UUID requestId);
    }

    /** @param found what was known of the key before it was claimed */
    void run(Claim claim, Found found, Keyed asked, Running running) throws IOException {
        var attempt = attempt(claim, requestId(claim, found, asked), asked);
        try {
            running.run(attempt);
            over(claim, attempt);
        } catch (ApiError e) {
            if (!isAnswer(e, attempt)) {
                over(claim, attempt, e.status());
                throw e;
            }
            write(e, attempt, asked.request());
            over(claim, attempt);
        } catch (ServiceRefusal e) {
            over(claim, attempt, e.status());
            throw e;
        } catch (RuntimeException | IOException e) {
            over(claim, attempt, SERVER_ERRORS);
            throw e;
        } finally {
            attempt.response().release();
        }
    }

    private KeyedAttempt attempt(Claim claim, UUID requestId, Keyed asked) {
        return new KeyedAttempt(rows, claim, requestId, asked, properties);
    }

    /** As which the ledger is asked: where it is a quote's, only who attempts it. */
    private UUID requestId(Claim claim, Found found, Keyed asked) {
        if (asked.ofQuote()) {
            return RequestIdFilter.of(asked.request());
        }
        try {
            return switch (former.next(asked.key(), found.row(), found.at())) {
                case Next.Attempt(var era, var number, var requestId, var heldInVain) -> {
                    if (!rows.attempts(claim, era, number)) {
                        throw Refusals.takenOver();
                    }
                    heldInVain.forEach(held -> givingUp.accept(asked.key().account(), held));
                    yield requestId;
                }
                case Next.Barred barred -> throw barred(claim, barred);
                case Next.TooMany tooMany -> {
                    rows.free(claim);
                    throw Refusals.tooManyAttempts();
                }
            };
        } catch (DataAccessException e) {
            throw Refusals.storeAway(e);
        } catch (ApiError | ServiceRefusal e) {
            quietly(() -> rows.abandon(claim));
            throw e;
        }
    }

    private ApiError barred(Claim claim, Next.Barred barred) {
        return switch (barred.end()) {
            case CHARGED -> {
                rows.answeredUnkept(claim, barred.requestId(), barred.began().plus(properties.keepFor()));
                yield Refusals.notKept(barred.requestId());
            }
            case EXPIRED -> {
                rows.free(claim);
                yield Refusals.cutOff(barred.requestId());
            }
            case OPEN -> {
                rows.free(claim);
                yield Refusals.unresolved(barred.requestId());
            }
            case NEVER_BEGUN, FREE -> throw new IllegalStateException("What ended free must not bar: " + barred);
        };
    }

    /** An error that was charged for is an answer like others: the same again. */
    private static boolean isAnswer(ApiError error, KeyedAttempt attempt) {
        return attempt.stage() == KeyedAttempt.Stage.ENDED_FOR_GOOD
                && !attempt.response().isBegun();
    }

    private static void write(ApiError error, KeyedAttempt attempt, HttpServletRequest request) throws IOException {
        var response = attempt.response();
        response.setStatus(error.status());
        error.headers().forEach(response::setHeader);
        response.setContentType("application/json");
        var body = ErrorForm.of(request).body(error.status(), error.fields());
        response.getOutputStream().write(JsonMapper.shared().writeValueAsBytes(body));
    }

    /** It came back, or was answered by an error. */
    private void over(Claim claim, KeyedAttempt attempt) {
        switch (attempt.stage()) {
            case ENDED_FOR_GOOD -> quietly(() -> keep(claim, attempt));
            case ENDED_FREE -> quietly(() -> rows.free(claim));
            case SENT, NOT_SENT -> quietly(() -> rows.abandon(claim));
        }
    }

    /** It failed. */
    private void over(Claim claim, KeyedAttempt attempt, int status) {
        switch (attempt.stage()) {
            case ENDED_FOR_GOOD -> quietly(() -> rows.answeredUnkept(claim, attempt.shownId(), null));
            case ENDED_FREE -> quietly(() -> rows.free(claim));
            // The ledger is to say how it ended.
            case SENT -> quietly(() -> rows.abandon(claim));
            case NOT_SENT -> {
                if (status < SERVER_ERRORS) {
                    quietly(() -> rows.free(claim));
                } else {
                    // The ledger may yet be asked for it: what is tried next under this id must be the same request.
                    quietly(() -> rows.abandon(claim));
                }
            }
        }
    }

    private void keep(Claim claim, KeyedAttempt attempt) {
        if (attempt.isTooLarge() || !rows.answered(claim, attempt.response().answer())) {
            rows.answeredUnkept(claim, attempt.shownId(), null);
        }
    }

    /** Where the store is away the lease runs out, and the ledger says how it ended. */
    private static void quietly(Runnable change) {
        try {
            change.run();
        } catch (DataAccessException | TransactionException e) {
            log.warn("how a request with an idempotency key ended cannot be kept; a repeat asks the ledger", e);
        }
    }
}
