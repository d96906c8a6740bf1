package com.gogogoapi.account;

import static com.gogogoapi.account.RunningAccounts.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.gogogoapi.embedded.Database;
import com.gogogoapi.embedded.Infrastructure;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Showing once more who one is: by a code of a real mail server or by a passkey, on two instances. */
@Tag("integration")
class StepUpOnRealServersTest {

    private static final String ORIGIN = "https://example.com";
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Pattern CODE = Pattern.compile("(?m)^([0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5})\\s*$");
    private static final int OF_ADDRESS = 3;

    private static GreenMail mail;
    private static Database database;
    private static JdbcClient jdbc;
    private static RunningAccounts here;
    private static RunningAccounts there;

    private String account;
    private String session;
    private String owner;

    @BeforeAll
    static void start() {
        mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        database = Infrastructure.shared().newDatabase("step_up");
        jdbc = JdbcClient.create(
                new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password()));
        here = running();
        there = running();
    }

    private static RunningAccounts running() {
        return new RunningAccounts(
                database,
                "--spring.mail.host=127.0.0.1",
                "--spring.mail.port=" + mail.getSmtp().getPort(),
                "--gogogoapi.account.sign-in.public-url=" + ORIGIN,
                "--gogogoapi.account.sign-in.links-per-address=" + OF_ADDRESS);
    }

    @AfterAll
    static void stop() {
        here.close();
        there.close();
        mail.stop();
    }

    @BeforeEach
    void aSessionThatBeganAWhileAgo() throws Exception {
        mail.purgeEmailFromAllMailboxes();
        account = here.newAccount();
        owner = "owner-" + UUID.randomUUID() + "@example.com";
        session = here.signedIn(account, owner);
        assertThat(isRecent()).as("a new one").isTrue();
        age();
        assertThat(isRecent()).isFalse();
    }

    private static void age() {
        jdbc.sql("update web_session set authenticated_at = now() - interval '16 minutes'")
                .update();
    }

    private boolean isRecent() throws Exception {
        return there.done("POST", "/internal/sessions/caller", json(Map.of("token", session, "account", account)))
                .path("recently_authenticated")
                .asBoolean();
    }

    private HttpResponse<String> recency() throws Exception {
        return there.send("POST", "/internal/sessions/recency", json(Map.of("token", session)));
    }

    private HttpResponse<String> ask() throws Exception {
        return here.send(
                "POST",
                "/internal/sessions/confirmation/code",
                json(Map.of("token", session, "network", UUID.randomUUID().toString())));
    }

    /** Mails are sent after the answer: what an earlier test asked for may come now. */
    private List<MimeMessage> toOwner() throws Exception {
        var messages = new ArrayList<MimeMessage>();
        for (var message : mail.getReceivedMessages()) {
            if (message.getAllRecipients()[0].toString().equals(owner)) {
                messages.add(message);
            }
        }
        return messages;
    }

    private String mailed() throws Exception {
        var before = toOwner().size();
        var answer = ask();
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        await().atMost(SOON).until(() -> toOwner().size() > before);
        var text = GreenMailUtil.getBody(toOwner().get(before));
        var code = CODE.matcher(text);
        assertThat(code).as(text).matches(Matcher::find);
        return code.group(1);
    }

    private HttpResponse<String> confirm(String code) throws Exception {
        return there.send("POST", "/internal/sessions/confirmation", json(Map.of("token", session, "code", code)));
    }

    @Test
    void aMailedCodeRefreshesThisSessionOnceAndOnEitherInstance() throws Exception {
        assertThat(recency().body()).contains("step_up_required", "15 minutes");
        var code = mailed();
        assertThat(jdbc.sql("select confirmation_code::text from confirmation_code")
                        .query(String.class)
                        .list())
                .isNotEmpty()
                .noneMatch(row -> row.contains(code));
        var confirmed = confirm(code.toLowerCase().replace("-", " "));
        assertThat(confirmed.statusCode()).as(confirmed.body()).isEqualTo(200);
        assertThat(isRecent()).isTrue();
        assertThat(recency().statusCode()).isEqualTo(200);
        age();
        assertThat(confirm(code).statusCode()).as("again").isEqualTo(422);
        assertThat(isRecent()).isFalse();
    }

    @Test
    void aCodeIsForItsOwnSessionAlone() throws Exception {
        var code = mailed();
        var first = session;
        session = here.signedIn(here.newAccount(), "stranger-" + UUID.randomUUID() + "@example.com");
        age();
        assertThat(confirm(code).body()).contains("code_not_accepted");
        session = first;
        assertThat(confirm(code).statusCode()).isEqualTo(200);
    }

    @Test
    void afterFiveTriesTheRightOneIsWrongToo() throws Exception {
        var code = mailed();
        for (var tried = 0; tried < 5; tried++) {
            assertThat(confirm("00000-0000" + tried).statusCode()).isEqualTo(422);
        }
        assertThat(confirm(code).body()).contains("code_not_accepted");
        assertThat(isRecent()).isFalse();
        assertThat(confirm(mailed()).statusCode()).as("another one").isEqualTo(200);
    }

    @Test
    void aCodeIsOverInTimeAndWhenAnotherIsMailed() throws Exception {
        var first = mailed();
        var second = mailed();
        assertThat(confirm(first).statusCode()).isEqualTo(422);
        jdbc.sql("update confirmation_code set expires_at = now()").update();
        assertThat(confirm(second).statusCode()).isEqualTo(422);
    }

    @Test
    void anAddressIsSentSoMany() throws Exception {
        for (var asked = 0; asked < OF_ADDRESS; asked++) {
            assertThat(ask().statusCode()).isEqualTo(200);
        }
        assertThat(ask().statusCode()).isEqualTo(429);
    }

    @Test
    void aPasskeyOfItsPersonRefreshesASessionAndNobodyElses() throws Exception {
        var device = new SoftAuthenticator(ORIGIN, "example.com");
        add(device);
        var another = new SoftAuthenticator(ORIGIN, "example.com");
        var first = session;
        session = here.signedIn(here.newAccount(), "stranger-" + UUID.randomUUID() + "@example.com");
        add(another);
        session = first;
        age();
        assertThat(confirmBy(another).body()).contains("passkey_not_accepted");
        assertThat(isRecent()).isFalse();
        var confirmed = confirmBy(device);
        assertThat(confirmed.statusCode()).as(confirmed.body()).isEqualTo(200);
        assertThat(isRecent()).isTrue();
    }

    private void add(SoftAuthenticator device) throws Exception {
        var options = here.done(
                        "POST", "/internal/passkeys/options", json(Map.of("token", session, "network", "a network")))
                .path("public_key");
        here.done(
                "POST",
                "/internal/passkeys",
                json(Map.of("token", session, "name", "a device", "credential", device.make(options))));
    }

    private HttpResponse<String> confirmBy(SoftAuthenticator device) throws Exception {
        var options = here.done(
                        "POST",
                        "/internal/passkeys/confirmation/options",
                        json(Map.of("token", session, "network", "a network")))
                .path("public_key");
        return there.send(
                "POST",
                "/internal/passkeys/confirmation",
                json(Map.of("token", session, "credential", device.sign(options))));
    }

    @Test
    void aSessionThatEndsTakesWhatItWasGivenWithIt() throws Exception {
        mailed();
        here.done(
                "POST",
                "/internal/passkeys/confirmation/options",
                json(Map.of("token", session, "network", "a network")));
        here.done("POST", "/internal/sessions/end", json(Map.of("token", session)));
        assertThat(jdbc.sql(
                                "select count(*) from confirmation_code where session_id not in (select session_id from web_session)")
                        .query(Integer.class)
                        .single())
                .isZero();
        assertThat(recency().body()).contains("session_over");
    }

    @Test
    void whereNoMailIsSentItIsSaid() throws Exception {
        try (var alone = new RunningAccounts(database, "--gogogoapi.account.sign-in.public-url=" + ORIGIN)) {
            var answer = alone.send(
                    "POST",
                    "/internal/sessions/confirmation/code",
                    json(Map.of("token", session, "network", "a network")));
            assertThat(answer.statusCode()).isEqualTo(422);
            assertThat(answer.body()).contains("mail_unavailable");
        }
    }
}
