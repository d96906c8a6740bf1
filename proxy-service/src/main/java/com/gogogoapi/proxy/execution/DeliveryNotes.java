package com.gogogoapi.proxy.execution;

import com.gogogoapi.chassis.turns.Turns;
import com.gogogoapi.contracts.ledger.intake.UpstreamCompleted;
import com.gogogoapi.proxy.execution.DeliveredText.Part;
import com.gogogoapi.proxy.outbox.Notebook;
import com.gogogoapi.proxy.outcome.Ending;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Notes what streams have delivered, so that it is charged though this instance dies: once a second, all that have delivered
 * for at least one, in one statement. What a death can cost is what was delivered since: less than two seconds of it. A
 * stream that is over sooner never gets here.
 */
@Component
class DeliveryNotes implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(DeliveryNotes.class);

    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final int MOST_AT_ONCE = 100;
    private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

    private final Settlement settlement;
    private final Counting counting;
    private final Notebook notebook;
    private final Set<Running> running = ConcurrentHashMap.newKeySet();
    private final Queue<UUID> ended = new ConcurrentLinkedQueue<>();
    private boolean failed;
    private @Nullable Turns turns;

    DeliveryNotes(Settlement settlement, Counting counting, Notebook notebook) {
        this.settlement = settlement;
        this.counting = counting;
        this.notebook = notebook;
    }

    /** Counts the tokens of each, soon. */
    interface Counting {
        List<Long> count(List<Part> parts);
    }

    /** To be closed once the stream's end is durable. */
    Running begin(HeldRequest hold, Protocol.Stream stream) {
        var begun = new Running(hold, stream);
        running.add(begun);
        return begun;
    }

    /** A stream that runs. What is counted of it belongs to the thread that notes. */
    final class Running implements AutoCloseable {

        private final HeldRequest hold;
        private final Protocol.Stream stream;
        private int countedChars;
        private long countedPieces;
        private long tokens;
        private boolean hasDelivered;
        private boolean isNoted;
        private boolean isClosed;

        private Running(HeldRequest hold, Protocol.Stream stream) {
            this.hold = hold;
            this.stream = stream;
        }

        /** From the second turn on that finds something delivered. */
        private boolean isDue() {
            var due = hasDelivered;
            hasDelivered = !stream.served().text().isEmpty();
            return due;
        }

        private Part uncounted() {
            return stream.served().text().after(countedChars, countedPieces);
        }

        private UpstreamCompleted noted(Part part, long more) {
            countedChars += part.text().length();
            countedPieces += part.pieces();
            tokens += more;
            return settlement.completion(
                    hold, Ending.INTERRUPTED, stream.served(), () -> DeliveredTokens.usage(hold, tokens));
        }

        /** Afterwards there may be a note. @return whether it is still running */
        private synchronized boolean enter() {
            isNoted |= !isClosed;
            return !isClosed;
        }

        @Override
        public synchronized void close() {
            isClosed = true;
            running.remove(this);
            if (isNoted) {
                ended.add(hold.reserved().requestId());
            }
        }
    }

    /** One turn. */
    void note() {
        try {
            var due = running.stream().filter(Running::isDue).toList();
            for (var from = 0; from < due.size(); from += MOST_AT_ONCE) {
                note(due.subList(from, Math.min(due.size(), from + MOST_AT_ONCE)));
            }
            removeEnded();
            failed = false;
        } catch (DataAccessException e) {
            if (!failed) {
                log.error("what is being delivered cannot be noted, and would not be charged if this instance died", e);
            }
            failed = true;
        }
    }

    private void note(Collection<Running> some) {
        var parts = some.stream().map(Running::uncounted).toList();
        var counts = counting.count(parts);
        var notes = new ArrayList<UpstreamCompleted>();
        var turn = 0;
        for (var one : some) {
            var note = one.noted(parts.get(turn), counts.get(turn));
            turn++;
            if (one.enter()) {
                notes.add(note);
            }
        }
        if (!notes.isEmpty()) {
            notebook.note(notes);
        }
    }

    /** After the notes of the same turn, which may be of some of them. */
    private void removeEnded() {
        var requests = new ArrayList<UUID>();
        for (var request = ended.poll(); request != null; request = ended.poll()) {
            requests.add(request);
        }
        if (requests.isEmpty()) {
            return;
        }
        try {
            notebook.removeNotes(requests);
        } catch (DataAccessException e) {
            ended.addAll(requests);
            throw e;
        }
    }

    @Override
    public synchronized void start() {
        turns = Turns.atRate("delivery-notes", EVERY, this::note);
    }

    @Override
    public synchronized void stop() {
        if (turns != null) {
            turns.stop(this::note, STOP_WITHIN);
            turns = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return turns != null;
    }

    /** Stops after the web server, whose requests it notes, and before the outbox. */
    @Override
    public int getPhase() {
        return -1;
    }
}
