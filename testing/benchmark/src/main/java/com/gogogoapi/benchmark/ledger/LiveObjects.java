package com.gogogoapi.benchmark.ledger;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;

/** How many objects of a class somebody refers to, counted by the collector itself. */
final class LiveObjects {

    private LiveObjects() {}

    /** After a full collection. */
    static long of(Class<?> type) {
        try {
            var histogram = (String) ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "gcClassHistogram",
                            new Object[] {new String[0]},
                            new String[] {String[].class.getName()});
            // A line is: number, instances, bytes, class, and perhaps the module.
            return histogram
                    .lines()
                    .map(line -> line.strip().split("\\s+"))
                    .filter(words -> words.length >= 4 && words[3].equals(type.getName()))
                    .mapToLong(words -> Long.parseLong(words[1]))
                    .sum();
        } catch (JMException e) {
            throw new IllegalStateException("The collector must count.", e);
        }
    }
}
