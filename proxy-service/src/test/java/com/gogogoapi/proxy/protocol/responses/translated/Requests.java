package com.gogogoapi.proxy.protocol.responses.translated;

import com.gogogoapi.proxy.body.RequestBody;
import com.gogogoapi.proxy.protocol.responses.ResponsesForTests;

/** Requests for responses whose upstream speaks chat alone. */
final class Requests {

    private Requests() {}

    static TranslatedRequest translated(RequestBody body) {
        return (TranslatedRequest) ResponsesForTests.read(body).translated();
    }
}
