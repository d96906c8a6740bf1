package com.gogogoapi.funding.x402;

import com.gogogoapi.funding.chains.Chain;
import com.gogogoapi.funding.chains.Token;
import com.gogogoapi.funding.evm.TransferAuthorization;
import com.gogogoapi.funding.settings.X402Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Has a facilitator settle: {@code /verify} and {@code /settle} of x402. Where it says that a payment is, is only where to look first. */
final class FacilitatorSettler implements Settler {

    private static final Logger log = LoggerFactory.getLogger(FacilitatorSettler.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MAX_ANSWER_BYTES = 65_536;
    private static final int MAX_REASON_CHARS = 100;
    private static final Duration ASK_AGAIN_AFTER = Duration.ofMinutes(1);
    private static final int OK = 200;
    private static final int CLIENT_ERROR = 400;
    private static final int SERVER_ERROR = 500;
    private static final Pattern HASH = Pattern.compile("0x[0-9a-f]{64}");

    private final X402Settings.Facilitator settings;
    private final Payments payments;
    private final Clock clock;
    private final HttpClient client;

    FacilitatorSettler(X402Settings.Facilitator settings, Payments payments, Clock clock) {
        this.settings = settings;
        this.payments = payments;
        this.clock = clock;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.timeout())
                .build();
    }

    @Override
    public void requireReady(Chain chain, Token token, PaymentPayload payload, Payment payment)
            throws PaymentRefusedException, UnavailableException {
        try {
            var answer = ask("/verify", payment);
            if (!answer.path("isValid").asBoolean(false)) {
                throw new PaymentRefusedException(
                        reason(answer, "invalidReason"), "Whoever settles payments for us must take it; it does not.");
            }
        } catch (IOException e) {
            throw new UnavailableException("the facilitator does not answer: " + e.getMessage(), e);
        }
    }

    @Override
    public void settle(Chain chain, Payment payment) throws PaymentRefusedException, UnavailableException {
        var asked = payment.askedAt();
        if (asked != null && asked.plus(ASK_AGAIN_AFTER).isAfter(clock.instant())) {
            return;
        }
        // Before it is asked: it may be under way from here on.
        payments.asked(payment.id());
        try {
            var answer = ask("/settle", payment);
            var transaction = answer.path("transaction").asString("").toLowerCase(java.util.Locale.ROOT);
            if (HASH.matcher(transaction).matches()) {
                payments.hint(payment.id(), transaction);
            } else if (!answer.path("success").asBoolean(false)) {
                throw new PaymentRefusedException(reason(answer, "errorReason"), "The facilitator did not settle it.");
            }
        } catch (IOException e) {
            log.warn("the facilitator does not say what became of payment {}: {}", payment.id(), e.getMessage());
        }
    }

    @Override
    public List<String> transactionsOf(Payment payment) {
        return Optional.ofNullable(payment.transactionHash()).stream().toList();
    }

    @Override
    public void tidy() {
        // It sees to its own.
    }

    private JsonNode ask(String path, Payment payment) throws IOException, UnavailableException {
        var request = HttpRequest.newBuilder(URI.create(withoutSlash(Objects.requireNonNull(settings.url())) + path))
                .timeout(settings.timeout())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body(payment))));
        if (settings.bearerToken() != null) {
            request.header("Authorization", "Bearer " + settings.bearerToken());
        }
        try {
            var answer = client.send(
                    request.build(),
                    HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES));
            // A refusal may come with 400 and a body that says why.
            var status = answer.statusCode();
            if (status != OK && (status < CLIENT_ERROR || status >= SERVER_ERROR)) {
                throw new IOException("it answers " + status);
            }
            var json = JSON.readTree(answer.body());
            if (!json.has("isValid") && !json.has("success")) {
                throw new IOException("it answers " + status + " and nothing of x402");
            }
            return json;
        } catch (JacksonException e) {
            throw new IOException("its answer is no JSON", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted while the facilitator was asked", e);
        }
    }

    private static String withoutSlash(URI url) {
        var text = url.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    private static Map<String, Object> body(Payment payment) {
        var accepted = JSON.readTree(payment.accepted());
        var authorization = new LinkedHashMap<String, Object>();
        TransferAuthorization signed = payment.authorization();
        authorization.put("from", signed.from().checksummed());
        authorization.put("to", signed.to().checksummed());
        authorization.put("value", signed.value().toString());
        authorization.put("validAfter", signed.validAfter().toString());
        authorization.put("validBefore", signed.validBefore().toString());
        authorization.put("nonce", signed.nonce());
        var payload = Map.of("signature", payment.signature().text(), "authorization", authorization);
        return Map.of(
                "x402Version",
                2,
                "paymentPayload",
                Map.of("x402Version", 2, "accepted", accepted, "payload", payload),
                "paymentRequirements",
                accepted);
    }

    private static String reason(JsonNode answer, String field) {
        var said = answer.path(field).asString("").replaceAll("[^A-Za-z0-9_.-]", "_");
        var cut = said.length() <= MAX_REASON_CHARS ? said : said.substring(0, MAX_REASON_CHARS);
        return cut.isEmpty() ? "invalid_transaction_state" : cut;
    }
}
