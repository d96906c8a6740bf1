package com.gogogoapi.chassis.tomcat;

import jakarta.servlet.http.HttpServletRequest;

/** A client's connection while its request is served. */
public interface ClientConnection {

    /** Under which the server puts it into a request. */
    String ATTRIBUTE = "com.gogogoapi.chassis.tomcat.ClientConnection";

    /**
     * Whether the client has closed it, also where nothing is being written. May be asked by any thread, once the request's
     * body was read and until the request is answered.
     */
    boolean isClosedByClient();

    /** Of a request that came in no such way nothing is known. */
    static ClientConnection of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof ClientConnection connection ? connection : () -> false;
    }
}
