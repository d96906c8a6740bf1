package com.gogogoapi.auditor;

import com.gogogoapi.auditor.source.SourceException;
import com.gogogoapi.auditor.verify.AuditedAccount;
import com.gogogoapi.auditor.verify.LiveStates;
import com.gogogoapi.contracts.messaging.EventJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks a running installation, account by account and with the auditor's token, for its own state after the account's event
 * that the rebuild ends with. An account that goes on meanwhile is compared all the same.
 */
final class HttpLiveStates implements LiveStates {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final String baseUrl;
    private final String token;

    HttpLiveStates(String baseUrl, String token) {
        this.baseUrl = baseUrl;
        this.token = token;
    }

    @Override
    public Optional<String> differing(String account, AuditedAccount rebuilt) {
        var state = rebuilt.state();
        var request = HttpRequest.newBuilder(
                        URI.create(baseUrl + "/api/v1/operator/accounts/" + account + "/state?seq=" + state.sequence()))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token)
                .build();
        try {
            var answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw new SourceException("The running installation must answer with 200 when it is asked for the"
                        + " state of " + account + ", not with " + answer.statusCode() + ".");
            }
            var live = EventJson.mapper()
                    .readTree(answer.body())
                    .path("state_hash")
                    .asString("");
            return live.equals(state.hashHex())
                    ? Optional.empty()
                    : Optional.of("the running ledger's state of account " + account + " after its event "
                            + state.sequence() + " is another one than its events make");
        } catch (IOException e) {
            throw new SourceException("The running installation must answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SourceException("The running installation must have answered before this was interrupted", e);
        }
    }
}
