package com.gogogoapi.funding.credit;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.identity.ServiceTokens;
import com.gogogoapi.contracts.ledger.CreditGranted;
import com.gogogoapi.contracts.ledger.CreditRefused;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.contracts.wire.EventType;
import com.gogogoapi.funding.settings.FundingProperties;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** What the ledger's log says became of what it was asked: only that is believed, and not that it was asked. */
@Component
class LedgerAnswers {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int OK = 200;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private final FundingProperties properties;
    private final ServiceTokens tokens;

    LedgerAnswers(FundingProperties properties, ServiceTokens tokens) {
        this.properties = properties;
        this.tokens = tokens;
    }

    /**
     * The grant, or its refusal; empty while the ledger has decided neither.
     *
     * @throws IOException if the ledger does not say
     */
    Optional<LedgerEvent> to(AccountId account, UUID requestId) throws IOException {
        var ledger = Objects.requireNonNull(properties.ledgerUrl());
        var request = HttpRequest.newBuilder(
                        URI.create(ledger + "/internal/accounts/" + account + "/requests/" + requestId))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + tokens.issue("funding-service", "ledger-service"))
                .build();
        try {
            var answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != OK) {
                throw new IOException("the ledger answers " + answer.statusCode());
            }
            return decided(answer.body());
        } catch (JacksonException e) {
            throw new IOException("the ledger's answer cannot be read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the ledger was asked", e);
        }
    }

    private static Optional<LedgerEvent> decided(byte[] body) {
        for (var entry : JsonMapper.shared().readTree(body).path("data")) {
            var type = EventType.named(entry.path("type").asString(""));
            if (type.isPresent()) {
                var event = EventJson.mapper()
                        .treeToValue(entry.path("event"), type.get().eventClass());
                if (event instanceof CreditGranted granted) {
                    return Optional.of(granted);
                }
                if (event instanceof CreditRefused refused) {
                    return Optional.of(refused);
                }
            }
        }
        return Optional.empty();
    }
}
