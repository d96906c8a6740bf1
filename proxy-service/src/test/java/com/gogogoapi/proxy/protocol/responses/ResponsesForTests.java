package com.gogogoapi.proxy.protocol.responses;

import com.gogogoapi.proxy.body.RequestBody;
import com.gogogoapi.proxy.execution.Protocol;
import com.gogogoapi.proxy.upstream.Endpoint;

/** Requests as the route reads them. */
public final class ResponsesForTests {

    private ResponsesForTests() {}

    public static Protocol.Request read(RequestBody body) {
        return new ResponsesProtocol(Endpoint.of("responses")).read(body);
    }
}
