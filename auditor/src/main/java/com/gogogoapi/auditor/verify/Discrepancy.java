package com.gogogoapi.auditor.verify;

/** Something that is not as it must be, and where. */
final class Discrepancy extends Exception {

    private static final long serialVersionUID = 1L;

    private final String what;

    Discrepancy(String what) {
        super(what, null, false, false);
        this.what = what;
    }

    String what() {
        return what;
    }

    static void require(boolean holds, String what) throws Discrepancy {
        if (!holds) {
            throw new Discrepancy(what);
        }
    }
}
