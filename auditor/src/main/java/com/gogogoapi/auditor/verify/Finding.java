package com.gogogoapi.auditor.verify;

/**
 * The first thing that is wrong in a shard.
 *
 * @param sequence the first sequence number that is or may be bad
 * @param until the last one that may be the bad one; the evidence does not tell more exactly
 */
public record Finding(int shard, long sequence, long until, String what) implements Comparable<Finding> {

    static Finding at(int shard, long sequence, String what) {
        return new Finding(shard, sequence, sequence, what);
    }

    @Override
    public int compareTo(Finding other) {
        return shard != other.shard ? Integer.compare(shard, other.shard) : Long.compare(sequence, other.sequence);
    }

    @Override
    public String toString() {
        var where = until > sequence ? sequence + " (or later, up to " + until + ")" : Long.toString(sequence);
        return "shard " + shard + ", sequence " + where + ": " + what;
    }
}
