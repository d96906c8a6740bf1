package com.gogogoapi.standalone;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The account to try it with: $5.00 and a key, made at the first start. Each step can be repeated, so a start that was
 * killed between them is finished by the next.
 */
final class DemoAccount {

    private static final int NO_SUCH_MEMBER = 404;

    /** Of a domain that nobody has: mail to it goes nowhere. */
    private static final String OWNER = "owner@demo.invalid";

    private DemoAccount() {}

    /** Completes {@code access.json} and returns what it holds. */
    static Map<String, String> in(Path data, OperatorClient operator, Map<String, String> current)
            throws IOException, InterruptedException {
        var file = data.resolve("access.json");
        var access = PrivateFiles.read(file);
        if (!access.containsKey("api_key")) {
            var account = operator.post("/accounts", Map.of("name", "demo"), Map.of("Idempotency-Key", "demo-account"))
                    .path("account_id")
                    .asString();
            operator.post(
                    "/accounts/" + account + "/grants",
                    Map.of("amount_usd", "5.00", "reference", "demo-grant"),
                    Map.of());
            var key = operator.post("/accounts/" + account + "/keys", Map.of("label", "demo"), Map.of());
            access.put("account_id", account);
            access.put("api_key", key.path("api_key").asString());
        }
        access.putAll(current);
        PrivateFiles.write(file, access);
        return access;
    }

    /**
     * A link by which whoever started this signs in as the demo account's owner, once.
     *
     * @return empty where the account has other members by now, who sign in themselves
     */
    static Optional<String> signInLink(OperatorClient operator, Map<String, String> access)
            throws IOException, InterruptedException {
        var answer = operator.ask("/accounts/" + access.get("account_id") + "/sign-in-links", Map.of("email", OWNER));
        if (answer.status() == NO_SUCH_MEMBER) {
            return Optional.empty();
        }
        if (answer.status() != 200) {
            throw new IOException(answer.message());
        }
        return Optional.of(answer.body().path("link").asString());
    }
}
