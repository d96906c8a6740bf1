package com.gogogoapi.auditor.deposits;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is wrong, and what is only worth saying; of each as many as anybody reads. */
public final class Findings {

    private static final int MOST = 10_000;

    private final Set<String> wrong = new LinkedHashSet<>();
    private final List<String> notices = new ArrayList<>();
    private long more;

    void wrong(String what) {
        if (wrong.size() < MOST) {
            wrong.add(what);
        } else {
            more++;
        }
    }

    void notice(String what) {
        if (notices.size() < MOST) {
            notices.add(what);
        }
    }

    public List<String> wrong() {
        return List.copyOf(wrong);
    }

    /** How many there are, those that are not kept included. */
    public long count() {
        return wrong.size() + more;
    }

    public List<String> notices() {
        return List.copyOf(notices);
    }
}
