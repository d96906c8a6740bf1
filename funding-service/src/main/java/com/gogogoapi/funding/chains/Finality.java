package com.gogogoapi.funding.chains;

import java.util.regex.Pattern;

/** When a block is final. */
public sealed interface Finality {

    /** When the chain's nodes say so, by a tag of blocks. */
    record Tag(String tag) implements Finality {
        @Override
        public String toString() {
            return tag;
        }
    }

    /** When so many lie above it, on a chain whose nodes know no tag. */
    record Blocks(int count) implements Finality {
        @Override
        public String toString() {
            return count + " blocks";
        }
    }

    int MAX_BLOCKS = 10_000;

    Pattern COUNT = Pattern.compile("[0-9]{1,5}");

    /** @throws IllegalArgumentException if it is neither */
    static Finality parse(String text) {
        if (text.equals("finalized") || text.equals("safe")) {
            return new Tag(text);
        }
        if (COUNT.matcher(text).matches()) {
            var count = Integer.parseInt(text);
            if (count >= 1 && count <= MAX_BLOCKS) {
                return new Blocks(count);
            }
        }
        throw new IllegalArgumentException(
                "must be finalized, safe, or a number of blocks from 1 to " + MAX_BLOCKS + ".");
    }
}
