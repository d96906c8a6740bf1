package com.gogogoapi.funding.x402;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.funding.evm.EvmAddress;
import com.gogogoapi.funding.evm.Signature;
import com.gogogoapi.funding.evm.TransferAuthorization;
import java.math.BigInteger;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a client sends in {@code PAYMENT-SIGNATURE}: x402 of version 2, with an authorisation of EIP-3009.
 *
 * @param accepted which of the offers it took on
 * @param acceptedJson the same as it wrote it
 * @param resource for what it says that it pays; null where it does not. Nobody signed it
 */
record PaymentPayload(
        Accepted accepted,
        String acceptedJson,
        TransferAuthorization authorization,
        Signature signature,
        @Nullable String resource) {

    static final String HEADER = "PAYMENT-SIGNATURE";

    private static final int MAX_CHARS = 8_192;
    private static final int MAX_TEXT_CHARS = 2_048;
    private static final int MAX_DEPTH = 20;
    private static final int VERSION = 2;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,78}");
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .build();

    /** Of an offer, as far as it matters. */
    record Accepted(String scheme, String network, BigInteger amount, String asset, String payTo) {}

    /** @throws ApiError 400 if it is none */
    static PaymentPayload parse(String header) {
        if (header.length() > MAX_CHARS) {
            throw must("must have at most " + MAX_CHARS + " characters.");
        }
        var json = json(header);
        if (json.path("x402Version").asInt(-1) != VERSION) {
            throw must("x402Version must be " + VERSION + ".");
        }
        var accepted = json.path("accepted");
        var payload = json.path("payload");
        var authorization = payload.path("authorization");
        if (!accepted.isObject() || !authorization.isObject()) {
            throw must("must have accepted and payload.authorization, as scheme exact has them on EVM with EIP-3009.");
        }
        try {
            return new PaymentPayload(
                    new Accepted(
                            text(accepted, "scheme"),
                            text(accepted, "network"),
                            number(accepted, "amount"),
                            text(accepted, "asset"),
                            text(accepted, "payTo")),
                    accepted.toString(),
                    new TransferAuthorization(
                            EvmAddress.parse(text(authorization, "from")),
                            EvmAddress.parse(text(authorization, "to")),
                            number(authorization, "value"),
                            number(authorization, "validAfter"),
                            number(authorization, "validBefore"),
                            text(authorization, "nonce").toLowerCase(Locale.ROOT)),
                    Signature.parse(text(payload, "signature")),
                    json.path("resource").path("url").isString() ? text(json.path("resource"), "url") : null);
        } catch (IllegalArgumentException e) {
            throw must("must be right: " + e.getMessage());
        }
    }

    private static JsonNode json(String header) {
        try {
            var json = JSON.readTree(Base64.getDecoder().decode(header.strip()));
            if (json.isObject()) {
                return json;
            }
        } catch (JacksonException | IllegalArgumentException e) {
            throw must("must be JSON in Base64.");
        }
        throw must("must be a JSON object in Base64.");
    }

    private static String text(JsonNode node, String name) {
        var value = node.path(name);
        if (!value.isString() || value.asString().isBlank() || value.asString().length() > MAX_TEXT_CHARS) {
            throw new IllegalArgumentException(name + " must be a text.");
        }
        return value.asString();
    }

    private static BigInteger number(JsonNode node, String name) {
        var value = text(node, name);
        if (!NUMBER.matcher(value).matches()) {
            throw new IllegalArgumentException(name + " must be a whole number, as a text.");
        }
        return new BigInteger(value);
    }

    private static ApiError must(String what) {
        return ApiError.invalidRequest(HEADER, what.startsWith("must") ? HEADER + " " + what : HEADER + ": " + what);
    }
}
