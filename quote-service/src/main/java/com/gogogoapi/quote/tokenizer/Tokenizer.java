package com.gogogoapi.quote.tokenizer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * DeepSeek's tokenizer. Thread-safe; memory is bounded by the vocabulary and a cache of fixed size.
 *
 * <p>All text is plain text: what looks like a special token ({@code <｜User｜>}) is counted letter by letter, which is
 * never less than the one token that a template means by it.
 */
public final class Tokenizer {

    /** Words of everyday length are found again; a power of two. */
    private static final int CACHE_SLOTS = 1 << 16;

    private static final int CACHED_CHARS = 24;

    private final BytePairs bytePairs;
    private final AtomicReferenceArray<@Nullable Counted> cache = new AtomicReferenceArray<>(CACHE_SLOTS);

    private record Counted(String piece, int tokens) {}

    private Tokenizer(BytePairs bytePairs) {
        this.bytePairs = bytePairs;
    }

    /** Loaded at the first use. */
    private static final class DeepSeek {
        private static final Tokenizer INSTANCE = load();

        private static Tokenizer load() {
            try (var json = Objects.requireNonNull(
                    Tokenizer.class.getResourceAsStream("deepseek-v3.json"),
                    "The vocabulary must be on the class path; the build fetches it.")) {
                return new Tokenizer(VocabularyFile.read(json));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The tokenizer of the DeepSeek V3 family. */
    public static Tokenizer deepSeek() {
        return DeepSeek.INSTANCE;
    }

    /** How many tokens the text has. */
    public long count(String text) {
        var counter = new long[1];
        Pieces.of(text, piece -> counter[0] += tokensOf(piece));
        return counter[0];
    }

    private int tokensOf(String piece) {
        if (piece.length() > CACHED_CHARS) {
            return bytePairs.encode(piece.getBytes(UTF_8)).length;
        }
        var slot = spread(piece.hashCode()) & (CACHE_SLOTS - 1);
        var cached = cache.getPlain(slot);
        if (cached != null && cached.piece().equals(piece)) {
            return cached.tokens();
        }
        var tokens = bytePairs.encode(piece.getBytes(UTF_8)).length;
        cache.setRelease(slot, new Counted(piece, tokens));
        return tokens;
    }

    private static int spread(int hash) {
        return hash ^ (hash >>> 16);
    }

    /** The text's token ids, in order. */
    public void encode(String text, IntConsumer sink) {
        Pieces.of(text, piece -> {
            for (var token : bytePairs.encode(piece.getBytes(UTF_8))) {
                sink.accept(token);
            }
        });
    }
}
