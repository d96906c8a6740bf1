package com.gogogoapi.proxy.services;

import java.util.Map;

/** Another service refused a request with an error that is the client's to read: passed on as it is. */
public final class ServiceRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final byte[] body;
    private final transient Map<String, String> headers;

    /** @param headers that tell a client whether and when to try again */
    ServiceRefusal(int status, byte[] body, Map<String, String> headers) {
        super("refused with " + status, null, false, false);
        this.status = status;
        this.body = body.clone();
        this.headers = Map.copyOf(headers);
    }

    public int status() {
        return status;
    }

    public byte[] body() {
        return body.clone();
    }

    Map<String, String> headers() {
        return headers;
    }
}
