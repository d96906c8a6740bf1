package com.gogogoapi.acceptance.chaos;

import java.util.function.Supplier;

/** A run whose failure says first how to run it again and what had happened by then, and then what is wrong. */
final class Seeded {

    /** What may fail in every way. */
    interface Run {
        void run() throws Exception;
    }

    private Seeded() {}

    /** @param soFar what had happened, in a line */
    static void run(String again, Supplier<String> soFar, Run run) {
        try {
            run.run();
        } catch (AssertionError | Exception failure) {
            throw new AssertionError(
                    "%s%n%s%n%s"
                            .formatted(again, soFar.get(), failure.getMessage())
                            .strip(),
                    failure);
        }
    }
}
