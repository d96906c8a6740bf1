package com.gogogoapi.proxy.protocol.messages;

import jakarta.servlet.http.HttpServletRequest;

/** A client of Anthropic's, which says with every request which version of the protocol it speaks. */
public final class AnthropicClient {

    static final String VERSION = "anthropic-version";

    private AnthropicClient() {}

    public static boolean isThere(HttpServletRequest request) {
        return request.getHeader(VERSION) != null;
    }
}
