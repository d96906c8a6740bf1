package com.gogogoapi.account;

import static com.gogogoapi.account.RunningAccounts.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.gogogoapi.embedded.Database;
import com.gogogoapi.embedded.Infrastructure;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
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
import tools.jackson.databind.JsonNode;

/** Accounts that people open themselves, by links of a real mail server. */
@Tag("integration")
class SignUpOnRealServersTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Pattern LINK = Pattern.compile("/sign-in/link\\?token=(si-gogogo-[0-9A-Za-z]{49})");
    private static final int A_DAY = 2;

    private static GreenMail mail;
    private static RunningAccounts here;
    private static RunningAccounts there;
    private static JdbcClient jdbc;

    private String email;

    @BeforeAll
    static void start() {
        mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        var database = Infrastructure.shared().newDatabase("sign_up");
        jdbc = JdbcClient.create(
                new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password()));
        here = running(database, 100);
        there = running(database, 100);
    }

    private static RunningAccounts running(Database database, int aDay) {
        return new RunningAccounts(
                database,
                "--spring.mail.host=127.0.0.1",
                "--spring.mail.port=" + mail.getSmtp().getPort(),
                "--gogogoapi.account.sign-in.public-url=https://example.com",
                "--gogogoapi.account.sign-up.allowed=true",
                "--gogogoapi.account.sign-up.accounts-per-day=" + aDay);
    }

    @AfterAll
    static void stop() {
        here.close();
        there.close();
        mail.stop();
    }

    @BeforeEach
    void somebodyNew() {
        email = "new-" + UUID.randomUUID() + "@example.com";
    }

    private static HttpResponse<String> ask(RunningAccounts instance, String address) throws Exception {
        return instance.send(
                "POST",
                "/internal/sign-in/links",
                json(Map.of("email", address, "network", UUID.randomUUID().toString())));
    }

    private static List<String> mailedTo(String address) {
        return Arrays.stream(mail.getReceivedMessages())
                .filter(message -> isTo(message, address))
                .map(GreenMailUtil::getBody)
                .toList();
    }

    private static boolean isTo(Message message, String address) {
        try {
            return message.getAllRecipients()[0].toString().equals(address);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String linkFor(RunningAccounts instance, String address) throws Exception {
        var before = mailedTo(address).size();
        assertThat(ask(instance, address).statusCode()).isEqualTo(200);
        await().atMost(SOON).until(() -> mailedTo(address).size() > before);
        var link = LINK.matcher(mailedTo(address).get(before));
        assertThat(link).matches(Matcher::find);
        return link.group(1);
    }

    private static JsonNode person(String token) throws Exception {
        var session = there.done("POST", "/internal/sign-in/sessions", json(Map.of("token", token)))
                .path("session_token")
                .asString();
        return here.done("POST", "/internal/sessions/person", json(Map.of("token", session)));
    }

    private static int people(String address) {
        return jdbc.sql("select count(*) from person where email = ?")
                .param(address)
                .query(Integer.class)
                .single();
    }

    @Test
    void whoUsesTheLinkHasAnAccountOfHisOwnAndWhoDoesNotIsNobody() throws Exception {
        var token = linkFor(here, email);
        assertThat(people(email)).as("asked for, not used").isZero();
        var person = person(token);
        assertThat(person.path("accounts").size()).isEqualTo(1);
        var account = person.path("accounts").get(0);
        assertThat(account.path("role").asString()).isEqualTo("owner");
        assertThat(account.path("kind").asString()).isEqualTo("personal");
        assertThat(account.path("name").asString()).isEqualTo(email.substring(0, email.indexOf('@')));
        assertThat(here.done(
                                "GET",
                                "/internal/accounts/"
                                        + account.path("account_id").asString() + "/members",
                                "")
                        .path("data")
                        .get(0)
                        .path("email_verified")
                        .asBoolean())
                .isTrue();
        assertThat(jdbc.sql("select action from audit_trail where account_id = ?")
                        .param(account.path("account_id").asString())
                        .query(String.class)
                        .list())
                .contains("sign-up", "sign-in");
        assertThat(there.send("POST", "/internal/sign-in/sessions", json(Map.of("token", token)))
                        .statusCode())
                .as("once")
                .isEqualTo(404);
    }

    @Test
    void twoLinksOpenOneAccount() throws Exception {
        var first = linkFor(here, email);
        var second = linkFor(there, email);
        var account = person(first).path("accounts").get(0).path("account_id").asString();
        var again = person(second).path("accounts");
        assertThat(again.size()).isEqualTo(1);
        assertThat(again.get(0).path("account_id").asString()).isEqualTo(account);
    }

    @Test
    void aMemberOfAnotherAccountGetsNone() throws Exception {
        var account = here.newAccount();
        here.signedIn(account, email);
        var accounts = person(linkFor(here, email)).path("accounts");
        assertThat(accounts.size()).isEqualTo(1);
        assertThat(accounts.get(0).path("account_id").asString()).isEqualTo(account);
    }

    @Test
    void theAnswerIsTheSameForEverybody() throws Exception {
        here.signedIn(here.newAccount(), email);
        var known = ask(here, email);
        var unknown = ask(here, "nobody-" + UUID.randomUUID() + "@example.com");
        assertThat(unknown.statusCode()).isEqualTo(known.statusCode());
        assertThat(unknown.body()).isEqualTo(known.body());
    }

    /** Whoever is known already is mailed all the same, and nobody is told. */
    @Test
    void soManyAreOpenedInADay() throws Exception {
        var database = Infrastructure.shared().newDatabase("sign_up_a_day");
        try (var full = running(database, A_DAY)) {
            for (var opened = 0; opened < A_DAY; opened++) {
                var token = linkFor(full, "early-" + opened + "-" + email);
                full.done("POST", "/internal/sign-in/sessions", json(Map.of("token", token)));
            }
            var answer = ask(full, email);
            assertThat(answer.statusCode()).isEqualTo(200);
            linkFor(full, "early-0-" + email);
            assertThat(mailedTo(email)).isEmpty();
        }
    }
}
