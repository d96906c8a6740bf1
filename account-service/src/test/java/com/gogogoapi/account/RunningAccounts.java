package com.gogogoapi.account;

import com.gogogoapi.contracts.identity.ServiceTokens;
import com.gogogoapi.contracts.wire.BrokerUser;
import com.gogogoapi.contracts.wire.ServiceHeaders;
import com.gogogoapi.embedded.Database;
import com.gogogoapi.embedded.Infrastructure;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service as it ships, with a database of its own, and the proxy's ways to talk to it. */
final class RunningAccounts implements AutoCloseable {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    private final HttpClient client = HttpClient.newHttpClient();
    private final ConfigurableApplicationContext service;

    /** @param settings {@code --name=value} */
    RunningAccounts(Database database, String... settings) {
        var arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--spring.datasource.url=" + database.jdbcUrl(),
                "--spring.datasource.username=" + database.username(),
                "--spring.datasource.password=" + database.password(),
                "--gogogoapi.internal-secret=" + SECRET));
        arguments.addAll(List.of(settings));
        service = AccountService.application()
                .run(Infrastructure.shared()
                        .kafka(BrokerUser.ACCOUNT_SERVICE)
                        .serviceArguments(arguments.toArray(String[]::new)));
    }

    @Override
    public void close() {
        service.close();
    }

    /** As an operator. */
    HttpResponse<String> send(String method, String path, String body) throws Exception {
        return send(method, path, body, Map.of());
    }

    /** As a member, with one of his keys. */
    HttpResponse<String> sendAs(String member, String role, String method, String path, String body) throws Exception {
        return send(
                method,
                path,
                body,
                Map.of(
                        ServiceHeaders.KEY, "key_of_" + member,
                        ServiceHeaders.MEMBER, member,
                        ServiceHeaders.ROLE, role));
    }

    private HttpResponse<String> send(String method, String path, String body, Map<String, String> more)
            throws Exception {
        var port = ((WebServerApplicationContext) service).getWebServer().getPort();
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", "application/json")
                .header(ServiceHeaders.OPERATOR, "operator")
                .header(ServiceHeaders.CLIENT_ADDRESS, "192.0.2.1")
                .header(ServiceHeaders.REQUEST, "a-request")
                .header(
                        "Authorization",
                        "Bearer " + new ServiceTokens(SECRET, Clock.systemUTC()).issue("test", "account-service"));
        more.forEach(request::header);
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** An answer that must be one of success. */
    JsonNode done(String method, String path, String body) throws Exception {
        var answer = send(method, path, body);
        if (answer.statusCode() != 200) {
            throw new AssertionError(method + " " + path + " answered " + answer.statusCode() + " " + answer.body());
        }
        return answer.body().isEmpty()
                ? JsonMapper.shared().createObjectNode()
                : JsonMapper.shared().readTree(answer.body());
    }

    String newAccount() throws Exception {
        return done("POST", "/internal/accounts", "{\"name\":\"test\"}")
                .path("account_id")
                .asString();
    }

    JsonNode newKey(String account, String body) throws Exception {
        return done("POST", "/internal/accounts/" + account + "/keys", body);
    }

    /** The token of a session of whoever has that address in the account, by a link that an operator hands over. */
    String signedIn(String account, String email) throws Exception {
        var link = done("POST", "/internal/accounts/" + account + "/sign-in-links", json(Map.of("email", email)))
                .path("link")
                .asString();
        return done("POST", "/internal/sign-in/sessions", json(Map.of("token", link.substring(link.indexOf('=') + 1))))
                .path("session_token")
                .asString();
    }

    static String json(Map<String, ?> body) {
        return JsonMapper.shared().writeValueAsString(body);
    }
}
