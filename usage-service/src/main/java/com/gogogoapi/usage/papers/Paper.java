package com.gogogoapi.usage.papers;

import java.time.Instant;
import java.util.List;

/**
 * What a document says, without its looks. All of it is text: markup in a name is a name with odd letters.
 *
 * @param at when what it tells became so; the same paper of the same time is the same file, byte for byte
 */
public record Paper(String title, Instant at, List<Block> blocks) {

    public Paper {
        blocks = List.copyOf(blocks);
    }

    /** A part of it, one below the other. */
    public sealed interface Block {}

    /** Who it is from and for, side by side; each begins with what the party is. */
    public record Parties(List<String> from, List<String> to) implements Block {

        public Parties {
            from = List.copyOf(from);
            to = List.copyOf(to);
        }
    }

    /** A heading within it. */
    public record Heading(String text) implements Block {}

    /** A paragraph. */
    public record Text(String text) implements Block {}

    /** A command or an address, as it is typed. */
    public record Typed(String text) implements Block {}

    /** Names and what they stand for, a line each. */
    public record Facts(String caption, List<Fact> facts) implements Block {

        public Facts {
            facts = List.copyOf(facts);
        }
    }

    /** @param isSum whether it is what the lines above come to */
    public record Fact(String name, String value, boolean isSum) {

        public Fact(String name, String value) {
            this(name, value, false);
        }
    }

    /**
     * Lines under headings, which are on every page that they reach.
     *
     * @param sum what the columns add up to; empty for none
     */
    public record Table(String caption, List<Column> columns, List<List<String>> lines, List<String> sum)
            implements Block {

        public Table {
            columns = List.copyOf(columns);
            lines = List.copyOf(lines);
            sum = List.copyOf(sum);
        }
    }

    /** @param isNumber whether what is in it is added up, or compared */
    public record Column(String name, boolean isNumber) {

        public static Column text(String name) {
            return new Column(name, false);
        }

        public static Column number(String name) {
            return new Column(name, true);
        }
    }
}
