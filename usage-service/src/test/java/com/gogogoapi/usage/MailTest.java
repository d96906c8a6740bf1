package com.gogogoapi.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.gogogoapi.embedded.FreePorts;
import com.gogogoapi.embedded.Infrastructure;
import com.gogogoapi.usage.AlertedInstallation.Mail;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A mail waits for its server; meanwhile the account reads why it did not get it. */
@Tag("integration")
class MailTest {

    private static final Duration SOON = Duration.ofMinutes(1);

    private static final Map<String, String> ACCOUNT = Map.of("gogogoapi-account", "acct_mail");

    private static JsonNode send(RunningUsage usage, String method, String path, String body) {
        var answer = usage.send(method, "/internal" + path, ACCOUNT, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    private static GreenMail server(int port) {
        var server = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        return server;
    }

    /** While the server is there. */
    private static void confirm(RunningUsage usage, int port) {
        var server = server(port);
        try {
            send(usage, "PUT", "/alerts", "{\"email\":\"mail@example.com\"}");
            var code = Mail.of(server.getReceivedMessages()[0]).code();
            send(usage, "POST", "/alerts/confirmation", "{\"code\":\"" + code + "\"}");
        } finally {
            server.stop();
        }
    }

    @Test
    void whatTheServerDoesNotTakeIsSentWhenItDoes() throws IOException {
        var port = FreePorts.next();
        // For longer than anybody waits here.
        var again = String.join(",", Collections.nCopies(600, "200ms"));
        try (var usage = RunningUsage.start(
                Infrastructure.shared().newDatabase("usage_mail"),
                "--gogogoapi.usage.mail.retry-after=" + again,
                "--gogogoapi.usage.mail.from=gogogoapi <alerts@gogogoapi.example>",
                "--spring.mail.host=127.0.0.1",
                "--spring.mail.port=" + port)) {
            var refused = usage.send("PUT", "/internal/alerts", ACCOUNT, "{\"email\":\"mail@example.com\"}");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body()).contains("mail_unavailable");
            confirm(usage, port);
            send(usage, "POST", "/alerts/test", "");
            await().atMost(SOON).untilAsserted(() -> assertThat(send(usage, "GET", "/alerts", "")
                            .path("email_error")
                            .asString(""))
                    .contains("127.0.0.1"));

            var server = server(port);
            try {
                assertThat(server.waitForIncomingEmail(SOON.toMillis(), 1)).isTrue();
                assertThat(server.getReceivedMessages()[0]).satisfies(mail -> assertThat(mail.getFrom()[0].toString())
                        .isEqualTo("gogogoapi <alerts@gogogoapi.example>"));
                await().atMost(SOON).untilAsserted(() -> assertThat(send(usage, "GET", "/alerts", "")
                                .path("email_error")
                                .isNull())
                        .isTrue());
            } finally {
                server.stop();
            }
        }
    }
}
