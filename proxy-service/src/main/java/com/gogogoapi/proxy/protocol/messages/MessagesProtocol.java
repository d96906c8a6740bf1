package com.gogogoapi.proxy.protocol.messages;

import com.gogogoapi.contracts.quote.RequestFields;
import com.gogogoapi.contracts.quote.RequestProtocol;
import com.gogogoapi.proxy.body.BodyFields;
import com.gogogoapi.proxy.body.RequestBody;
import com.gogogoapi.proxy.execution.Protocol;
import com.gogogoapi.proxy.rates.RateLimitDialect;
import com.gogogoapi.proxy.upstream.Endpoint;
import com.gogogoapi.proxy.upstream.Endpoint.KeyHeader;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.regex.Pattern;

/**
 * Anthropic's Messages, as one client speaks them.
 *
 * @param endpoint where the upstream serves them, in the version that the client wants
 * @param errors with the id of its request
 */
record MessagesProtocol(Endpoint endpoint, MessagesErrors errors) implements Protocol {

    private static final String PATH = "anthropic/v1/messages";
    private static final String USUAL_VERSION = "2023-06-01";
    private static final String BETA = "anthropic-beta";
    private static final Pattern PASSED_ON = Pattern.compile("[\\x20-\\x7e]{1,1000}");

    static MessagesProtocol of(HttpServletRequest request) {
        var headers = new HashMap<String, String>();
        headers.put(AnthropicClient.VERSION, USUAL_VERSION);
        for (var name : new String[] {AnthropicClient.VERSION, BETA}) {
            var value = request.getHeader(name);
            if (value != null && PASSED_ON.matcher(value).matches()) {
                headers.put(name, value);
            }
        }
        return new MessagesProtocol(new Endpoint(PATH, KeyHeader.X_API_KEY, headers), MessagesErrors.of(request));
    }

    @Override
    public RequestProtocol name() {
        return RequestProtocol.MESSAGES;
    }

    @Override
    public RateLimitDialect rateLimits() {
        return RateLimitDialect.ANTHROPIC;
    }

    /** @throws com.gogogoapi.chassis.errors.ApiError 400 for a {@code stream} that is no boolean */
    @Override
    public MessagesRequest read(RequestBody body) {
        var json = body.bytes();
        var fields = BodyFields.in(json, MessagesRequest.FIELDS);
        return new MessagesRequest(
                body,
                fields,
                endpoint,
                errors,
                fields.value(json, MessagesRequest.MODEL).asString(""),
                fields.isOn(json, MessagesRequest.STREAM),
                fields.text(json, RequestFields.QUOTE_ID));
    }
}
