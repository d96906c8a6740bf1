package com.gogogoapi.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.embedded.Database;
import com.gogogoapi.embedded.Infrastructure;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.JsonNode;

/** Invitations by a real mail server, and what becomes of them. */
@Tag("integration")
class InvitationsOnRealServersTest {

    private static final int MAX_OPEN = 5;
    private static final Pattern TOKEN =
            Pattern.compile("https://example\\.com/invitation#(in-gogogo-[0-9A-Za-z]{49})");

    private static GreenMail mail;
    private static Database database;
    private static RunningAccounts accounts;

    private String account;

    @BeforeAll
    static void start() {
        mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        // Where it is again after it was away.
        var port = mail.getSmtp().getPort();
        mail.stop();
        mail = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        database = Infrastructure.shared().newDatabase("invitations");
        accounts = new RunningAccounts(
                database,
                "--spring.mail.host=127.0.0.1",
                "--spring.mail.port=" + mail.getSmtp().getPort(),
                "--gogogoapi.account.invitations.public-url=https://example.com/",
                "--gogogoapi.account.invitations.max-open=" + MAX_OPEN,
                "--gogogoapi.account.invitations.max-per-day=8");
    }

    @AfterAll
    static void stop() {
        accounts.close();
        mail.stop();
    }

    @BeforeEach
    void anOrganisation() throws Exception {
        mail.purgeEmailFromAllMailboxes();
        account = accounts.newAccount();
        accounts.done("POST", of("/organisation"), "{\"name\":\"Example Inc.\"}");
    }

    private String of(String what) {
        return "/internal/accounts/" + account + what;
    }

    private static String body(String email, String role) {
        return "{\"email\":\"" + email + "\",\"role\":\"" + role + "\"}";
    }

    private JsonNode invite(String email, String role) throws Exception {
        return accounts.done("POST", of("/invitations"), body(email, role));
    }

    private static String lastToken() {
        var messages = mail.getReceivedMessages();
        var matcher = TOKEN.matcher(GreenMailUtil.getBody(messages[messages.length - 1]));
        assertThat(matcher).as("a link").matches(Matcher::find);
        return matcher.group(1);
    }

    private static java.net.http.HttpResponse<String> accept(String token) throws Exception {
        return accounts.send(
                "POST", "/internal/invitations/acceptance", "{\"token\":\"" + token + "\",\"name\":\"Anna\"}");
    }

    @Test
    void whoIsInvitedGetsTheTokenAloneAndIsAMemberWithAVerifiedAddress() throws Exception {
        var invitation = invite("Anna@Example.com", "owner");
        assertThat(invitation.path("mailed").asBoolean()).isTrue();
        assertThat(invitation.toString()).contains("anna@example.com").doesNotContain("in-gogogo-");
        assertThat(mail.getReceivedMessages()).hasSize(1);
        assertThat(mail.getReceivedMessages()[0].getAllRecipients())
                .extracting(Object::toString)
                .containsExactly("anna@example.com");
        assertThat(mail.getReceivedMessages()[0].getSubject()).isEqualTo("You are invited to Example Inc.");

        var accepted = accept(lastToken());
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(200);
        var members = accounts.done("GET", of("/members"), "").path("data");
        assertThat(members.size()).isOne();
        assertThat(members.get(0).path("email_verified").asBoolean()).isTrue();
        assertThat(members.get(0).path("name").asString()).isEqualTo("Anna");
        assertThat(accept(lastToken()).body()).as("again").contains("invitation_accepted");
        assertThat(accounts.send("POST", of("/invitations"), body("anna@example.com", "viewer"))
                        .body())
                .contains("already_member");
    }

    @Test
    void onePersonIsAMemberOfSeveralAccounts() throws Exception {
        invite("ben@example.com", "owner");
        accept(lastToken());
        var first = accounts.done("GET", of("/members"), "").path("data").get(0).path("member_id");
        anOrganisation();
        invite("ben@example.com", "viewer");
        accept(lastToken());
        assertThat(accounts.done("GET", of("/members"), "").path("data").get(0).path("member_id"))
                .isEqualTo(first);
    }

    @Test
    void anotherInvitationOfTheAddressEndsTheOneBefore() throws Exception {
        invite("carl@example.com", "viewer");
        var before = lastToken();
        invite("carl@example.com", "developer");
        assertThat(accept(before).body()).contains("invitation_revoked");
        assertThat(accept(lastToken()).body()).contains("\"role\":\"developer\"");
    }

    @Test
    void thereAreAtMostSoManyOpenAndSoManyADay() throws Exception {
        for (var i = 0; i < MAX_OPEN; i++) {
            invite("open-" + i + "@example.com", "viewer");
        }
        var tooMany = accounts.send("POST", of("/invitations"), body("open@example.com", "viewer"));
        assertThat(tooMany.statusCode()).isEqualTo(422);
        assertThat(tooMany.body()).contains("too_many_invitations", "at most " + MAX_OPEN + " open");
        var listed = accounts.done("GET", of("/invitations"), "").path("data");
        for (var invitation : listed) {
            accounts.done(
                    "DELETE",
                    of("/invitations/" + invitation.path("invitation_id").asString()),
                    "");
        }
        for (var i = MAX_OPEN; i < 8; i++) {
            invite("open-" + i + "@example.com", "viewer");
        }
        for (var invitation : accounts.done("GET", of("/invitations"), "").path("data")) {
            accounts.done(
                    "DELETE",
                    of("/invitations/" + invitation.path("invitation_id").asString()),
                    "");
        }
        assertThat(accounts.send("POST", of("/invitations"), body("open@example.com", "viewer"))
                        .body())
                .contains("within 24 hours");
    }

    @Test
    void anInvitationIsOverInTimeAndItsTokenIsNowhere() throws Exception {
        var invitation = invite("frank@example.com", "viewer");
        var token = lastToken();
        var jdbc = JdbcClient.create(
                new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password()));
        assertThat(jdbc.sql("select invitation::text from invitation")
                        .query(String.class)
                        .list())
                .isNotEmpty()
                .noneMatch(row -> row.contains(token));
        jdbc.sql("update invitation set expires_at = now() where invitation_id = ?")
                .param(invitation.path("invitation_id").asString())
                .update();
        assertThat(accept(token).body()).contains("invitation_expired");
        assertThat(accounts.send("GET", of("/invitations"), "").body()).contains("\"status\":\"expired\"");
        invite("frank@example.com", "viewer");
        assertThat(accept(lastToken()).statusCode()).isEqualTo(200);
    }

    /** Nothing that a mail server did not take can be accepted. */
    @Test
    void whatTheMailServerDoesNotTakeWasNotInvited() throws Exception {
        mail.stop();
        try {
            var answer = accounts.send("POST", of("/invitations"), body("dora@example.com", "viewer"));
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("mail_unavailable");
            assertThat(accounts.done("GET", of("/invitations"), "").path("data").size())
                    .isZero();
        } finally {
            mail.start();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"email\":\"nobody\",\"role\":\"viewer\"}",
                "{\"email\":\"a@b\",\"role\":\"viewer\"}",
                "{\"email\":\"a@example.com, b@example.com\",\"role\":\"viewer\"}",
                "{\"email\":\"a@example.com\\nBcc: b@example.com\",\"role\":\"viewer\"}",
                "{\"email\":\"a@example.com\",\"role\":\"king\"}",
                "{\"email\":\"a@example.com\"}",
                "{\"email\":\"a@example.com\",\"role\":\"viewer\",\"admin\":true}"
            })
    void whatCannotBeInvitedIsRefusedAndNotMailed(String body) throws Exception {
        var answer = accounts.send("POST", of("/invitations"), body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(mail.getReceivedMessages()).isEmpty();
    }

    @Test
    void aTokenThatWasMadeUpOpensNothing() throws Exception {
        assertThat(accept("in-gogogo-" + "0".repeat(49)).statusCode()).isEqualTo(404);
        assertThat(accept("x").statusCode()).isEqualTo(404);
    }

    @Test
    void anAdminInvitesNoOwner() throws Exception {
        var admin = "01a21049-56f2-7d46-8bdb-053a606b9931";
        var answer = accounts.sendAs(admin, "admin", "POST", of("/invitations"), body("e@example.com", "owner"));
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(mail.getReceivedMessages()).isEmpty();
        assertThat(accounts.sendAs(admin, "admin", "POST", of("/invitations"), body("e@example.com", "admin"))
                        .statusCode())
                .isEqualTo(200);
    }
}
