package com.gogogoapi.quote.prompt;

import com.gogogoapi.quote.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts a prompt while it is rendered. A special token is one token and parts what stands around it; texts between two of
 * them belong together, because the last letters of one and the first of the next can share a token.
 */
final class Segments {

    private final Tokenizer tokenizer;
    private final List<String> open = new ArrayList<>();
    private long tokens;

    Segments(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    void special() {
        close();
        tokens++;
    }

    void text(String text) {
        if (!text.isEmpty()) {
            open.add(text);
        }
    }

    /** A text of the template's own that begins and ends between two pieces, counted beforehand. */
    void counted(long templateTokens) {
        close();
        tokens += templateTokens;
    }

    /** All tokens so far. */
    long tokens() {
        close();
        return tokens;
    }

    private void close() {
        // A text that stands alone, which is how the long ones come, is counted where it is.
        if (open.size() == 1) {
            tokens += tokenizer.count(open.getFirst());
        } else if (!open.isEmpty()) {
            tokens += tokenizer.count(String.join("", open));
        }
        open.clear();
    }
}
