package com.gogogoapi.proxy.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventStreamTest {

    /** Gives so many bytes at a time, so that every boundary falls between two reads once. */
    private static InputStream inPieces(String text, int bytes) {
        return new ByteArrayInputStream(text.getBytes(UTF_8)) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                return super.read(into, offset, Math.min(bytes, length));
            }
        };
    }

    private static List<StreamEvent> events(String text, int bytes) throws IOException {
        var stream = new EventStream(inPieces(text, bytes));
        var events = new ArrayList<StreamEvent>();
        for (var event = stream.next(); event != null; event = stream.next()) {
            events.add(event);
        }
        return events;
    }

    private static List<String> data(String text, int bytes) throws IOException {
        return events(text, bytes).stream()
                .map(StreamEvent::data)
                .filter(data -> data != null)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 1_000})
    void everyLineEndAndEveryBoundaryGivesTheSameEvents(int bytes) throws IOException {
        for (var end : List.of("\n", "\r\n", "\r")) {
            var text = "data: a\ndata:b\n\n: hello\n\nevent: x\nid: 7\ndata:  c\n\ndata\n\n".replace("\n", end);
            assertThat(data(text, bytes))
                    .as("lines ended by %s", end.getBytes(UTF_8))
                    .containsExactly("a\nb", " c", "");
            assertThat(events(text, bytes).stream()
                            .map(event -> new String(event.raw(), UTF_8))
                            .reduce("", String::concat))
                    .isEqualTo(text);
        }
    }

    @Test
    void aCommentIsGivenAtOnceAndAnEventWhenItIsWhole() throws IOException {
        var text = ": alive\n: again\ndata: x\n\n";
        assertThat(events(text, 1_000).stream().map(event -> new String(event.raw(), UTF_8)))
                .containsExactly(": alive\n", ": again\n", "data: x\n\n");
    }

    @Test
    void anEventThatTheEndCutsOffIsNotWhole() throws IOException {
        var events = events("event: a\ndata: 1\n\ndata: 2\n", 1_000);
        assertThat(events).extracting(StreamEvent::isWhole).containsExactly(true, false);
        assertThat(events.getFirst().type()).isEqualTo("a");
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstField() throws IOException {
        assertThat(data("\uFEFFdata: x\n\n", 1_000)).containsExactly("x");
    }

    @Test
    void otherDataLeavesTheOtherFieldsAsTheyWere() throws IOException {
        var event =
                events("id: 1\r\ndata: a\r\ndata: b\r\nretry: 5\r\n\r\n", 1_000).getFirst();
        assertThat(new String(event.rawWithData("{}".getBytes(UTF_8)), UTF_8))
                .isEqualTo("id: 1\r\ndata: {}\nretry: 5\r\n\r\n");
    }

    @Test
    void anEventHasALimit() {
        var endless = new EventStream(new InputStream() {
            @Override
            public int read() {
                return 'a';
            }
        });
        assertThatThrownBy(endless::next).isInstanceOf(IOException.class);
    }
}
