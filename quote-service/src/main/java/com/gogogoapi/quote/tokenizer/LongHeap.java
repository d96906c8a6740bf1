package com.gogogoapi.quote.tokenizer;

import java.util.Arrays;

/** The smallest of many longs first: a binary heap without a box around each. */
final class LongHeap {

    private static final int FIRST_CAPACITY = 64;

    private long[] heap = new long[FIRST_CAPACITY];
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    void add(long value) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, size * 2);
        }
        var at = size++;
        while (at > 0) {
            var parent = (at - 1) >>> 1;
            if (heap[parent] <= value) {
                break;
            }
            heap[at] = heap[parent];
            at = parent;
        }
        heap[at] = value;
    }

    /** Removes the smallest; the heap is not empty. */
    long poll() {
        var smallest = heap[0];
        var last = heap[--size];
        var at = 0;
        for (var child = 1; child < size; child = 2 * at + 1) {
            if (child + 1 < size && heap[child + 1] < heap[child]) {
                child++;
            }
            if (heap[child] >= last) {
                break;
            }
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = last;
        return smallest;
    }
}
