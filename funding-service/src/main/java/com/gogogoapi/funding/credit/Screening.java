package com.gogogoapi.funding.credit;

import com.gogogoapi.funding.deposits.Deposit;
import com.gogogoapi.funding.settings.FundingProperties;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks whoever screens deposits for the operator, before one is credited. What cannot be understood is no consent: the deposit waits, and it
 * is asked again.
 */
@Component
class Screening {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MAX_ANSWER_BYTES = 65_536;
    private static final int MAX_REASON_CHARS = 100;
    private static final int OK = 200;

    private final FundingProperties.Screening settings;
    private final HttpClient client;

    Screening(FundingProperties properties) {
        this.settings = properties.screening();
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.timeout())
                .build();
    }

    /** What was answered. @param reason in the words of who answered; may be empty */
    record Answer(Decision decision, String reason) {

        /** As it is kept with the deposit. */
        String text() {
            return decision.name().toLowerCase(java.util.Locale.ROOT) + (reason.isEmpty() ? "" : ": " + reason);
        }
    }

    /** What is to become of a deposit. */
    enum Decision {
        ALLOW,
        HOLD,
        REJECT
    }

    boolean isOn() {
        return settings.url() != null;
    }

    /** @throws IOException if there is no answer that can be understood */
    Answer ask(Deposit deposit) throws IOException {
        var url = settings.url();
        if (url == null) {
            return new Answer(Decision.ALLOW, "");
        }
        try {
            var answer = client.send(
                    request(url, deposit),
                    HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES));
            if (answer.statusCode() != OK) {
                throw new IOException("the screening answers " + answer.statusCode());
            }
            return read(JSON.readTree(answer.body()));
        } catch (JacksonException e) {
            throw new IOException("the screening's answer is no JSON", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the screening was asked", e);
        }
    }

    private HttpRequest request(URI url, Deposit deposit) {
        var body = new LinkedHashMap<String, Object>();
        body.put("reference", deposit.reference());
        body.put("account_id", deposit.account().value());
        body.put("chain_id", deposit.chainId());
        body.put("token", String.valueOf(deposit.symbol()));
        body.put("contract", String.valueOf(deposit.contract()));
        body.put("amount", String.valueOf(deposit.tokens()));
        body.put("amount_usd", String.valueOf(deposit.amountUsd()));
        body.put("from", deposit.sender().checksummed());
        body.put("to", deposit.address().checksummed());
        body.put("transaction_hash", deposit.transactionHash());
        var request = HttpRequest.newBuilder(url)
                .timeout(settings.timeout())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
        if (settings.bearerToken() != null) {
            request.header("Authorization", "Bearer " + settings.bearerToken());
        }
        return request.build();
    }

    private static Answer read(JsonNode json) throws IOException {
        var reason =
                json.path("reason").asString("").replaceAll("\\p{Cntrl}", " ").strip();
        var shortened = reason.length() <= MAX_REASON_CHARS ? reason : reason.substring(0, MAX_REASON_CHARS);
        return switch (json.path("decision").asString("")) {
            case "allow" -> new Answer(Decision.ALLOW, shortened);
            case "hold" -> new Answer(Decision.HOLD, shortened);
            case "reject" -> new Answer(Decision.REJECT, shortened);
            default -> throw new IOException("the screening's decision must be allow, hold or reject");
        };
    }
}
