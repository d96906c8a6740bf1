package com.gogogoapi.funding;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.gogogoapi.funding.evm.EvmAddress;
import com.gogogoapi.funding.evm.EvmKey;
import com.gogogoapi.funding.evm.TransferAuthorization;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A wallet of every test chain's that pays by signing, as clients of x402 do. */
final class Payer {

    /** Of the chain's second wallet, as everybody knows it. */
    static final String KEY = "59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d";
    /** Of its tenth, which pays for gas. */
    static final String SETTLERS_KEY = "2a871d0798f97d79848a013d4936a73bf4cc922c825d33c1cf7073dff6d409c6";

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final EvmKey WALLET = EvmKey.parse(KEY);

    private final JsonNode required;
    private final Map<String, Object> accepted = new LinkedHashMap<>();
    private String to;
    private BigInteger value;
    private long validAfter;
    private long validBefore = Instant.now().getEpochSecond() + 300;
    private String nonce = "0x" + HexFormat.of().formatHex(random());
    private EvmKey signer = WALLET;

    /** @param required {@code PAYMENT-REQUIRED}, of which the offer of that number is taken on */
    Payer(JsonNode required, int offer) {
        this.required = required;
        var offered = required.path("accepts").path(offer);
        offered.properties().forEach(field -> accepted.put(field.getKey(), field.getValue()));
        this.to = offered.path("payTo").asString();
        this.value = new BigInteger(offered.path("amount").asString());
    }

    private static byte[] random() {
        var bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    static String address() {
        return WALLET.address().value();
    }

    Payer accepting(String field, Object other) {
        accepted.put(field, other);
        return this;
    }

    Payer paying(long atomic) {
        value = BigInteger.valueOf(atomic);
        return this;
    }

    Payer to(String address) {
        to = address;
        return this;
    }

    Payer valid(long afterSeconds, long beforeSeconds) {
        validAfter = afterSeconds;
        validBefore = beforeSeconds;
        return this;
    }

    Payer signedBy(String key) {
        signer = EvmKey.parse(key);
        return this;
    }

    Payer nonce(String other) {
        nonce = other;
        return this;
    }

    String nonce() {
        return nonce;
    }

    TransferAuthorization authorization() {
        return new TransferAuthorization(
                WALLET.address(),
                EvmAddress.parse(to),
                value,
                BigInteger.valueOf(validAfter),
                BigInteger.valueOf(validBefore),
                nonce);
    }

    /** {@code transferWithAuthorization}, which anybody can send. */
    String call() {
        return authorization().call(signer.sign(hash()));
    }

    private byte[] hash() {
        var offered = required.path("accepts").path(0);
        var network = offered.path("network").asString();
        return authorization()
                .hash(
                        offered.path("extra").path("name").asString(),
                        offered.path("extra").path("version").asString(),
                        Long.parseLong(network.substring("eip155:".length())),
                        EvmAddress.parse(offered.path("asset").asString()));
    }

    /** {@code PAYMENT-SIGNATURE}. */
    String header() {
        return encoded(payload());
    }

    static String encoded(Object json) {
        return Base64.getEncoder()
                .encodeToString(JsonMapper.shared().writeValueAsString(json).getBytes(UTF_8));
    }

    Map<String, Object> payload() {
        var signed = authorization();
        var authorization = new LinkedHashMap<String, Object>();
        authorization.put("from", signed.from().checksummed());
        authorization.put("to", signed.to().checksummed());
        authorization.put("value", signed.value().toString());
        authorization.put("validAfter", signed.validAfter().toString());
        authorization.put("validBefore", signed.validBefore().toString());
        authorization.put("nonce", signed.nonce());
        var payload = new LinkedHashMap<String, Object>();
        payload.put("x402Version", 2);
        payload.put("resource", required.path("resource"));
        payload.put("accepted", accepted);
        payload.put("payload", Map.of("signature", signer.sign(hash()).text(), "authorization", authorization));
        return payload;
    }
}
