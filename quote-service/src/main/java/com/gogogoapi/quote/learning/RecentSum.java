package com.gogogoapi.quote.learning;

/** The sum of the last so many numbers. Thread-safe. */
final class RecentSum {

    private final int[] ring;
    private int size;
    private int next;
    private long sum;

    RecentSum(int window) {
        ring = new int[window];
    }

    synchronized void add(int number) {
        if (size == ring.length) {
            sum -= ring[next];
        } else {
            size++;
        }
        ring[next] = number;
        sum += number;
        next = (next + 1) % ring.length;
    }

    /** Zero of none. */
    synchronized long average() {
        return size == 0 ? 0 : sum / size;
    }
}
