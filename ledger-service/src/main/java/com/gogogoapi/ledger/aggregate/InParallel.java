package com.gogogoapi.ledger.aggregate;

import java.util.List;
import java.util.function.Function;

/**
 * Reading and writing JSON is most of a batch's work that needs no order: of a large batch it is shared among the cores,
 * so that one busy account is not bound by one of them.
 */
final class InParallel {

    /** From how many elements on it is worth waking another thread. */
    private static final int LARGE = 128;

    private InParallel() {}

    /** What becomes of each, in their order; {@code function} must depend on nothing else. */
    static <A, B> List<B> map(List<A> list, Function<A, B> function) {
        return (list.size() < LARGE ? list.stream() : list.parallelStream())
                .map(function)
                .toList();
    }
}
