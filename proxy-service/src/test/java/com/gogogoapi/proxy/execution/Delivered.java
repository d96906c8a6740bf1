package com.gogogoapi.proxy.execution;

/** What was delivered, as it would be counted. */
public final class Delivered {

    private Delivered() {}

    public static String text(Served served) {
        return served.text().all().text();
    }
}
