package com.gogogoapi.acceptance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * The pictures of README: an account of its own, whose requests were made and charged, in a real Chromium. To be run by hand, in the
 * folder of this module, once the browser's packages are in {@code target/browser}; {@code main} takes the folder for the pictures.
 */
final class ReadmePictures {

    private static final List<String> PROMPTS = List.of(
            "Summarize the minutes of the meeting in five points.",
            "Translate this release note into French and German.",
            "Which of these invoices are overdue? Answer as JSON.",
            "Explain the stack trace, and propose a fix.",
            "Write a test for the function below.");

    private static final int REQUESTS = 60;

    private ReadmePictures() {}

    public static void main(String[] arguments) throws Exception {
        var folder = Path.of(arguments[0]).toAbsolutePath();
        Files.createDirectories(folder);
        try (var system = RunningSystem.startWith()) {
            var account = system.operator("POST", "/accounts", Map.of("name", "Acme Research"))
                    .path("account_id")
                    .asString();
            system.operator("POST", "/accounts/" + account + "/organisation", Map.of("name", "Acme Research"));
            grant(system, account, "25.00", "invoice-2026-0042");
            grant(system, account, "10.00", "welcome");
            var customers = new ArrayList<Customer>();
            for (var label : List.of("backend", "notebooks", "agents")) {
                var key = system.operator("POST", "/accounts/" + account + "/keys", Map.of("label", label));
                customers.add(new Customer(
                        system,
                        account,
                        key.path("key_id").asString(),
                        key.path("api_key").asString()));
            }
            for (var i = 0; i < REQUESTS; i++) {
                customers.get(i * i % customers.size()).complete(request(i));
            }
            customers.getFirst().booksAtRest();
            photograph(
                    system,
                    folder,
                    Map.of(
                            "link", SignedInBrowser.link(system, account, "ada@acme.example"),
                            "account", account,
                            "operatorToken", system.access("operator_token")));
        }
    }

    private static void grant(RunningSystem system, String account, String amount, String reference) {
        system.operator(
                "POST", "/accounts/" + account + "/grants", Map.of("amount_usd", amount, "reference", reference));
    }

    private static String request(int number) {
        var tokens = 200 + number * 379 % 1_400;
        return JsonMapper.shared()
                .writeValueAsString(Map.of(
                        "model",
                        number % 4 == 0 ? "deepseek-v4-pro" : "deepseek-v4-flash",
                        "messages",
                        List.of(Map.of(
                                "role",
                                "user",
                                "content",
                                PROMPTS.get(number % PROMPTS.size()) + " [[sim: tokens=" + tokens + "]]")),
                        "max_tokens",
                        2_000));
    }

    private static void photograph(RunningSystem system, Path folder, Map<String, String> told) throws Exception {
        var browser = new ProcessBuilder("node", "pictures.mjs", system.url(""), Chromium.PROGRAM, folder.toString())
                .directory(Chromium.SCRIPTS.toFile())
                .inheritIO()
                .redirectInput(ProcessBuilder.Redirect.PIPE)
                .start();
        try (var input = browser.outputWriter()) {
            input.write(JsonMapper.shared().writeValueAsString(told));
        }
        if (browser.waitFor() != 0) {
            throw new IllegalStateException("The browser must come to its end.");
        }
    }
}
