package com.gogogoapi.quote.tokenizer;

import java.util.Arrays;

/**
 * Byte-pair encoding of one piece: the earliest merge first, of equal ones the leftmost, until none applies.
 *
 * <p>Short pieces, that is nearly all, are merged in an array; long ones with a queue of candidate merges over a linked
 * list, so that a megabyte of one letter takes n log n steps and not n².
 */
final class BytePairs {

    private static final int SHORT = 48;

    private final int[] byteTokens;
    private final MergeTable merges;

    /** @param byteTokens the token of each byte value */
    BytePairs(int[] byteTokens, MergeTable merges) {
        this.byteTokens = byteTokens;
        this.merges = merges;
    }

    int[] encode(byte[] piece) {
        var tokens = new int[piece.length];
        for (var i = 0; i < piece.length; i++) {
            tokens[i] = byteTokens[piece[i] & 0xff];
        }
        return piece.length <= SHORT ? mergeShort(tokens) : mergeLong(tokens);
    }

    private int[] mergeShort(int[] tokens) {
        var length = tokens.length;
        while (length > 1) {
            var best = Integer.MAX_VALUE;
            var at = -1;
            for (var i = 0; i < length - 1; i++) {
                var rank = merges.rankOf(tokens[i], tokens[i + 1]);
                if (rank < best) {
                    best = rank;
                    at = i;
                }
            }
            if (at < 0) {
                break;
            }
            tokens[at] = merges.resultOf(best);
            System.arraycopy(tokens, at + 2, tokens, at + 1, length - at - 2);
            length--;
        }
        return Arrays.copyOf(tokens, length);
    }

    /** A candidate is its rank and place in one long, so that their natural order is the order of merging. */
    private int[] mergeLong(int[] tokens) {
        var size = tokens.length;
        var previous = new int[size];
        var next = new int[size];
        var candidates = new LongHeap();
        for (var i = 0; i < size; i++) {
            previous[i] = i - 1;
            next[i] = i + 1 < size ? i + 1 : -1;
        }
        for (var i = 0; i < size - 1; i++) {
            offer(candidates, tokens, i, i + 1);
        }
        var alive = size;
        while (!candidates.isEmpty()) {
            var candidate = candidates.poll();
            var rank = (int) (candidate >>> 32);
            var left = (int) candidate;
            var right = tokens[left] < 0 ? -1 : next[left];
            // Of an outdated candidate one side has been merged since.
            if (right < 0 || merges.rankOf(tokens[left], tokens[right]) != rank) {
                continue;
            }
            tokens[left] = merges.resultOf(rank);
            tokens[right] = -1;
            next[left] = next[right];
            if (next[right] >= 0) {
                previous[next[right]] = left;
                offer(candidates, tokens, left, next[left]);
            }
            if (previous[left] >= 0) {
                offer(candidates, tokens, previous[left], left);
            }
            alive--;
        }
        var merged = new int[alive];
        var at = 0;
        for (var i = 0; i >= 0; i = next[i]) {
            merged[at++] = tokens[i];
        }
        return merged;
    }

    private void offer(LongHeap candidates, int[] tokens, int left, int right) {
        var rank = merges.rankOf(tokens[left], tokens[right]);
        if (rank != Integer.MAX_VALUE) {
            candidates.add(((long) rank << 32) | left);
        }
    }
}
