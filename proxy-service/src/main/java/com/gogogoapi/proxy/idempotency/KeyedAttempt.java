package com.gogogoapi.proxy.idempotency;

import com.gogogoapi.chassis.requestid.RequestIdFilter;
import com.gogogoapi.chassis.tomcat.ClientConnection;
import com.gogogoapi.contracts.ledger.intake.Outcome;
import com.gogogoapi.proxy.idempotency.Idempotency.Keyed;
import com.gogogoapi.proxy.idempotency.KeyRows.Claim;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.UUID;
import org.springframework.dao.DataAccessException;

/** An attempt at a request with a key, by whoever claimed the key. */
final class KeyedAttempt implements Attempt {

    /** How far it came. */
    enum Stage {
        NOT_SENT,
        SENT,
        ENDED_FREE,
        ENDED_FOR_GOOD
    }

    private final KeyRows rows;
    private final Claim claim;
    private final UUID requestId;
    private final Keyed asked;
    private final Recording recording;
    private final RecordedResponse response;
    private final Duration lease;
    private final long begun = System.nanoTime();
    private Stage stage = Stage.NOT_SENT;
    private UUID shownId;
    private boolean ownsHold = true;

    /** @param requestId as which the ledger is asked, or who attempts it where a quote says that */
    KeyedAttempt(KeyRows rows, Claim claim, UUID requestId, Keyed asked, IdempotencyProperties properties) {
        this.rows = rows;
        this.claim = claim;
        this.requestId = requestId;
        this.shownId = requestId;
        this.asked = asked;
        this.recording = new Recording(properties.maxAnswerBytes());
        this.response = new RecordedResponse(asked.response(), recording);
        this.lease = properties.lease();
    }

    @Override
    public UUID requestId() {
        return requestId;
    }

    @Override
    public boolean isRepeatable() {
        return true;
    }

    @Override
    public RecordedResponse response() {
        return response;
    }

    @Override
    public HttpServletResponse unrecorded() {
        return asked.response();
    }

    /** It goes on though its client leaves, as long as its answer can be kept. */
    @Override
    public ClientConnection client() {
        var real = ClientConnection.of(asked.request());
        return () -> recording.isTooLarge() && real.isClosedByClient();
    }

    @Override
    public void beforeSending(UUID held) {
        // By this id the client finds the request; of a quote's it finds the one that attempted it.
        var shown = asked.ofQuote() ? requestId : held;
        try {
            if (!rows.sent(claim, held, shown)) {
                ownsHold = false;
                throw Refusals.takenOver();
            }
        } catch (DataAccessException e) {
            // Within the lease nobody can have taken over, and the hold is nobody else's.
            ownsHold = System.nanoTime() - begun < lease.dividedBy(2).toNanos();
            throw Refusals.storeAway(e);
        }
        stage = Stage.SENT;
        shownId = shown;
        RequestIdFilter.rename(asked.request(), asked.response(), shown);
    }

    @Override
    public boolean ownsHold() {
        return ownsHold;
    }

    @Override
    public void ended(Outcome outcome, boolean inOrder) {
        stage = outcome.isCharged() || inOrder ? Stage.ENDED_FOR_GOOD : Stage.ENDED_FREE;
        response.holdBack();
    }

    Stage stage() {
        return stage;
    }

    /** The {@code x-request-id} of its answer. */
    UUID shownId() {
        return shownId;
    }

    boolean isTooLarge() {
        return recording.isTooLarge();
    }
}
