package com.gogogoapi.proxy.execution;

import static com.gogogoapi.fixtures.Events.reserved;
import static com.gogogoapi.fixtures.Requests.ACCOUNT;
import static com.gogogoapi.fixtures.Requests.NOON;
import static com.gogogoapi.fixtures.Requests.aQuoteOf;
import static com.gogogoapi.fixtures.Requests.newRequest;
import static com.gogogoapi.fixtures.Requests.usage;
import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.contracts.ledger.intake.Outcome;
import com.gogogoapi.contracts.ledger.intake.UpstreamCompleted;
import com.gogogoapi.contracts.pricing.TokenUsage;
import com.gogogoapi.proxy.outbox.Notebook;
import com.gogogoapi.proxy.upstream.StreamEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.dao.QueryTimeoutException;
import tools.jackson.databind.json.JsonMapper;

class DeliveryNotesTest {

    private static final long PROMPT = 7;
    private static final long LIMIT = 20;

    private final Map<UUID, UpstreamCompleted> noted = new HashMap<>();
    private final List<String> counted = new ArrayList<>();
    private boolean databaseIsAway;
    private int statements;

    /** Of every text a token a character. */
    private final DeliveryNotes notes = new DeliveryNotes(
            new Settlement(null, null, null, new SimpleMeterRegistry(), Clock.fixed(NOON, ZoneOffset.UTC)),
            parts -> {
                parts.forEach(part -> counted.add(part.text()));
                return parts.stream().map(part -> (long) part.text().length()).toList();
            },
            new Notebook() {
                @Override
                public void note(Collection<UpstreamCompleted> running) {
                    requireDatabase();
                    running.forEach(one -> noted.put(one.requestId(), one));
                }

                @Override
                public void removeNotes(Collection<UUID> requests) {
                    requireDatabase();
                    noted.keySet().removeAll(requests);
                }
            });

    private void requireDatabase() {
        statements++;
        if (databaseIsAway) {
            throw new QueryTimeoutException("The database is away.");
        }
    }

    /** A stream as far as it came. */
    private static final class Streaming implements Protocol.Stream {

        private final UUID request = newRequest();
        private final DeliveredText text = new DeliveredText();
        private TokenUsage stated;

        HeldRequest hold() {
            var quote = aQuoteOf(ACCOUNT, request, PROMPT, LIMIT, NOON.plusSeconds(30));
            return new HeldRequest(reserved(quote), JsonMapper.shared().createObjectNode());
        }

        @Override
        public Served served() {
            return new Served("upstream", Optional.ofNullable(stated), null, text);
        }

        @Override
        public Protocol.Verdict look(StreamEvent event) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean cameToItsEnd() {
            return false;
        }

        @Override
        public byte[] end() {
            throw new UnsupportedOperationException();
        }

        @Override
        public byte[] brokenOff(com.gogogoapi.chassis.errors.ApiError error) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void aStreamThatIsOverSoonTouchesNoDatabase() {
        var stream = new Streaming();
        try (var running = notes.begin(stream.hold(), stream)) {
            notes.note();
            stream.text.append("abc");
            notes.note();
        }
        notes.note();
        assertThat(statements).isZero();
    }

    @Test
    void whatALongOneHasDeliveredIsNotedAsItWouldBeCharged() {
        var stream = new Streaming();
        stream.text.append("abc");
        try (var running = notes.begin(stream.hold(), stream)) {
            notes.note();
            notes.note();
            assertThat(noted.get(stream.request).outcome()).isEqualTo(Outcome.INTERRUPTED_MIDWAY);
            assertThat(noted.get(stream.request).usage()).isEqualTo(usage(PROMPT, 0, 3));
            assertThat(noted.get(stream.request).usageEstimated()).isTrue();

            stream.text.append("de");
            notes.note();
            assertThat(noted.get(stream.request).usage()).isEqualTo(usage(PROMPT, 0, 5));
            assertThat(counted).as("each piece is counted once").containsExactly("abc", "de");
        }
        notes.note();
        assertThat(noted).isEmpty();
    }

    @Test
    void neverMoreThanWasHeldIsNotedAndAStatedUsageCountsWhereItIsMore() {
        var stream = new Streaming();
        stream.text.append("a".repeat((int) LIMIT + 5));
        try (var running = notes.begin(stream.hold(), stream)) {
            notes.note();
            notes.note();
            assertThat(noted.get(stream.request).usage()).isEqualTo(usage(PROMPT, 0, LIMIT));

            stream.stated = usage(PROMPT + 1, 4, 2);
            notes.note();
            assertThat(noted.get(stream.request).usage()).isEqualTo(usage(PROMPT + 1, 4, LIMIT));
        }
    }

    @Test
    void allThatRunAreOneStatement() {
        var streams = List.of(new Streaming(), new Streaming(), new Streaming());
        streams.forEach(stream -> {
            stream.text.append("a");
            notes.begin(stream.hold(), stream);
        });
        notes.note();
        notes.note();
        assertThat(noted).hasSize(3);
        assertThat(statements).isOne();
    }

    @Test
    void whatCouldNotBeNotedOrRemovedIsSoTheNextTime() {
        var stream = new Streaming();
        stream.text.append("abc");
        var running = notes.begin(stream.hold(), stream);
        notes.note();
        databaseIsAway = true;
        notes.note();
        databaseIsAway = false;
        notes.note();
        assertThat(noted.get(stream.request).usage()).isEqualTo(usage(PROMPT, 0, 3));

        running.close();
        databaseIsAway = true;
        notes.note();
        databaseIsAway = false;
        notes.note();
        assertThat(noted).isEmpty();
    }
}
