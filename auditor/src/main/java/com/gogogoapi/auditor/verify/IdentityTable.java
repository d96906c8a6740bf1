package com.gogogoapi.auditor.verify;

/** Identities in memory with where they are: an open-addressed table of plain numbers, at most half full. */
final class IdentityTable {

    private static final int FIELDS = 4;
    private static final int PLACE = 2;
    private static final int LATE = 3;

    private final long[] slots;
    private final int mask;
    private final long seed;
    private int count;

    /**
     * @param most how many will be put into it
     * @param seed unknown to whoever made the identities, who could else make such as all want the same place
     */
    IdentityTable(int most, long seed) {
        var capacity = Integer.highestOneBit(Math.max(most, 1)) * 4;
        slots = new long[capacity * FIELDS];
        mask = capacity - 1;
        this.seed = seed;
    }

    /** Puts it there and answers 0; where the same identity is there already, that stays and its place is the answer. */
    long put(long high, long low, long place, long late) {
        var slot = slotOf(high, low);
        if (slots[slot + PLACE] != 0) {
            return slots[slot + PLACE];
        }
        if (++count > mask / 2 + 1) {
            throw new IllegalStateException("Half of the table must be free.");
        }
        slots[slot] = high;
        slots[slot + 1] = low;
        slots[slot + PLACE] = place;
        slots[slot + LATE] = late;
        return 0;
    }

    /** The slot of this identity; negative if it is not there. */
    int find(long high, long low) {
        var slot = slotOf(high, low);
        return slots[slot + PLACE] == 0 ? -1 : slot;
    }

    private int slotOf(long high, long low) {
        // Of which the lowest bits say already in which part it is.
        var slot = (int) (hash(high, low, seed) >>> 32) & mask;
        while (slots[slot * FIELDS + PLACE] != 0 && (slots[slot * FIELDS] != high || slots[slot * FIELDS + 1] != low)) {
            slot = (slot + 1) & mask;
        }
        return slot * FIELDS;
    }

    static long hash(long high, long low, long seed) {
        return mixed(mixed(high ^ seed) ^ low);
    }

    private static long mixed(long bits) {
        var once = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
        var twice = (once ^ (once >>> 27)) * 0x94d049bb133111ebL;
        return twice ^ (twice >>> 31);
    }

    long place(int slot) {
        return slots[slot + PLACE];
    }

    long late(int slot) {
        return slots[slot + LATE];
    }

    void read(Spill.Each each) {
        for (var slot = 0; slot < slots.length; slot += FIELDS) {
            if (slots[slot + PLACE] != 0) {
                each.record(slots[slot], slots[slot + 1], slots[slot + PLACE], slots[slot + LATE]);
            }
        }
    }
}
