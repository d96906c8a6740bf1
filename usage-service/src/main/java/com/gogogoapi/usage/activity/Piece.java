package com.gogogoapi.usage.activity;

import com.gogogoapi.usage.rollup.Grain;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of one grain that together with others make up a slice.
 *
 * @param slice the slice's place in its list
 * @param from in seconds since 1970
 * @param to just after it
 */
record Piece(int slice, Grain grain, long from, long to) {

    /** The fewest that make up these slices: whole days (of UTC), hours before and after them, quarters before and after those. */
    static List<Piece> of(List<Slice> slices) {
        var pieces = new ArrayList<Piece>();
        for (var i = 0; i < slices.size(); i++) {
            cover(pieces, i, slices.get(i).from(), slices.get(i).to(), Grain.DAY);
        }
        return pieces;
    }

    private static void cover(List<Piece> pieces, int slice, long from, long to, Grain grain) {
        var first = grain.ceiling(from);
        var last = grain.floor(to);
        if (first >= last) {
            if (from < to) {
                cover(pieces, slice, from, to, finer(grain));
            }
            return;
        }
        if (from < first) {
            cover(pieces, slice, from, first, finer(grain));
        }
        pieces.add(new Piece(slice, grain, first, last));
        if (last < to) {
            cover(pieces, slice, last, to, finer(grain));
        }
    }

    private static Grain finer(Grain grain) {
        return switch (grain) {
            case DAY -> Grain.HOUR;
            case HOUR -> Grain.QUARTER;
            case QUARTER -> throw new IllegalArgumentException("A slice must begin and end on a quarter of an hour.");
        };
    }
}
