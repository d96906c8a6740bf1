package com.gogogoapi.proxy.protocol.responses;

import com.gogogoapi.contracts.quote.RequestFields;
import com.gogogoapi.contracts.quote.RequestProtocol;
import com.gogogoapi.proxy.body.BodyFields;
import com.gogogoapi.proxy.body.RequestBody;
import com.gogogoapi.proxy.execution.Protocol;
import com.gogogoapi.proxy.rates.RateLimitDialect;
import com.gogogoapi.proxy.upstream.Endpoint;

/**
 * OpenAI's Responses, without a memory, as DeepSeek has them.
 *
 * @param endpoint where the upstream serves them
 */
record ResponsesProtocol(Endpoint endpoint) implements Protocol {

    @Override
    public RequestProtocol name() {
        return RequestProtocol.RESPONSES;
    }

    @Override
    public RateLimitDialect rateLimits() {
        return RateLimitDialect.OPENAI;
    }

    /** @throws com.gogogoapi.chassis.errors.ApiError 400 for a {@code stream} that is no boolean */
    @Override
    public ResponsesRequest read(RequestBody body) {
        var json = body.bytes();
        var fields = BodyFields.in(json, ResponsesRequest.FIELDS);
        return new ResponsesRequest(
                body,
                fields,
                endpoint,
                fields.value(json, ResponsesRequest.MODEL).asString(""),
                fields.isOn(json, ResponsesRequest.STREAM),
                fields.text(json, RequestFields.QUOTE_ID));
    }
}
