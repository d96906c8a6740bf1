package com.gogogoapi.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.gogogoapi.embedded.Database;
import com.gogogoapi.embedded.Infrastructure;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Links by a real mail server, and the sessions that they begin, on two instances. */
@Tag("integration")
class SignInOnRealServersTest {

    private static final Pattern LINK =
            Pattern.compile("https://example\\.com/sign-in/link\\?token=(si-gogogo-[0-9A-Za-z]{49})");
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int OF_ADDRESS = 3;
    private static final int OF_NETWORK = 8;

    private static GreenMail mail;
    private static Database database;
    private static JdbcClient jdbc;
    private static RunningAccounts accounts;
    private static RunningAccounts others;

    private String account;
    private String email;
    private String network;

    @BeforeAll
    static void start() {
        mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        database = Infrastructure.shared().newDatabase("sign_in");
        jdbc = JdbcClient.create(
                new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password()));
        accounts = running();
        others = running();
    }

    private static RunningAccounts running() {
        return new RunningAccounts(
                database,
                "--spring.mail.host=127.0.0.1",
                "--spring.mail.port=" + mail.getSmtp().getPort(),
                "--gogogoapi.account.invitations.public-url=https://example.com/",
                "--gogogoapi.account.sign-in.links-per-address=" + OF_ADDRESS,
                "--gogogoapi.account.sign-in.links-per-network=" + OF_NETWORK);
    }

    @AfterAll
    static void stop() {
        accounts.close();
        others.close();
        mail.stop();
    }

    /** An account whose owner nobody else asks links for, from where nobody else does. */
    @BeforeEach
    void anOwner() throws Exception {
        mail.purgeEmailFromAllMailboxes();
        account = accounts.newAccount();
        email = "owner-" + UUID.randomUUID() + "@example.com";
        network = UUID.randomUUID().toString();
        handedOver(account, email);
    }

    private static JsonNode handedOver(String account, String email) throws Exception {
        return accounts.done("POST", "/internal/accounts/" + account + "/sign-in-links", body("email", email));
    }

    private static String body(String... namesAndValues) {
        var body = JsonMapper.shared().createObjectNode();
        for (var i = 0; i < namesAndValues.length; i += 2) {
            body.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return body.toString();
    }

    private HttpResponse<String> ask(String address) throws Exception {
        return accounts.send("POST", "/internal/sign-in/links", body("email", address, "network", network));
    }

    /** Mails are sent after the answer: what an earlier test asked for may come now. */
    private static List<MimeMessage> mailsTo(String address) throws Exception {
        var messages = new ArrayList<MimeMessage>();
        for (var message : mail.getReceivedMessages()) {
            if (message.getAllRecipients()[0].toString().equals(address)) {
                messages.add(message);
            }
        }
        return messages;
    }

    private int mails() throws Exception {
        return mailsTo(email).size();
    }

    /** The token of the one that comes next. */
    private String mailed() throws Exception {
        var before = mails();
        assertThat(ask(email).statusCode()).isEqualTo(200);
        await().atMost(SOON).until(() -> mails() > before);
        return token(GreenMailUtil.getBody(mailsTo(email).get(before)));
    }

    private static String token(String text) {
        var matcher = LINK.matcher(text);
        assertThat(matcher).as(text).matches(Matcher::find);
        return matcher.group(1);
    }

    private static HttpResponse<String> use(RunningAccounts instance, String... fields) throws Exception {
        return instance.send("POST", "/internal/sign-in/sessions", body(fields));
    }

    private static String signedIn(String... fields) throws Exception {
        var answer = use(accounts, fields);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body()).path("session_token").asString();
    }

    private static HttpResponse<String> caller(RunningAccounts instance, String session, String account)
            throws Exception {
        return instance.send("POST", "/internal/sessions/caller", body("token", session, "account", account));
    }

    private static JsonNode person(String session) throws Exception {
        return accounts.done("POST", "/internal/sessions/person", body("token", session));
    }

    @Test
    void aMailedLinkSignsInOnceAndOnEitherInstance() throws Exception {
        var token = mailed();
        assertThat(mailsTo(email).getFirst().getAllRecipients())
                .extracting(Object::toString)
                .containsExactly(email);
        assertThat(jdbc.sql("select sign_in_link::text from sign_in_link")
                        .query(String.class)
                        .list())
                .isNotEmpty()
                .noneMatch(row -> row.contains(token));
        var session = signedIn("token", token, "browser", "a browser");
        assertThat(use(others, "token", token).statusCode()).as("again").isEqualTo(404);
        var caller = caller(others, session, account);
        assertThat(caller.body()).contains("\"role\":\"owner\"");
        assertThat(jdbc.sql("select web_session::text from web_session")
                        .query(String.class)
                        .list())
                .isNotEmpty()
                .noneMatch(row -> row.contains(session));
        var person = person(session);
        assertThat(person.path("email").asString()).isEqualTo(email);
        assertThat(person.path("accounts").get(0).path("account_id").asString()).isEqualTo(account);
        assertThat(person.path("sessions").get(0).path("browser").asString()).isEqualTo("a browser");
        assertThat(accounts.done("GET", "/internal/accounts/" + account + "/members", "")
                        .path("data")
                        .get(0)
                        .path("email_verified")
                        .asBoolean())
                .isTrue();
        assertThat(jdbc.sql("select action from audit_trail where account_id = ?")
                        .param(account)
                        .query(String.class)
                        .list())
                .contains("make-sign-in-link", "sign-in");
    }

    /** The same answer, and no mail, for an address that is nobody's. */
    @Test
    void nobodyIsToldWhoseAddressesThereAre() throws Exception {
        var somebodys = ask(email);
        await().atMost(SOON).until(() -> mails() == 1);
        var nobody = "nobody-" + UUID.randomUUID() + "@example.com";
        var nobodys = ask(nobody);
        assertThat(nobodys.statusCode()).isEqualTo(somebodys.statusCode());
        assertThat(nobodys.body()).isEqualTo(somebodys.body());
        ask(email);
        await().atMost(SOON).until(() -> mails() == 2);
        assertThat(mailsTo(nobody)).isEmpty();
    }

    @Test
    void anAddressIsSentSoManyAndANetworkMayAskForSoMany() throws Exception {
        for (var asked = 1; asked <= OF_NETWORK; asked++) {
            assertThat(ask(email).statusCode()).isEqualTo(200);
        }
        var tooMany = ask("another-" + UUID.randomUUID() + "@example.com");
        assertThat(tooMany.statusCode()).isEqualTo(429);
        assertThat(tooMany.body()).contains("At most " + OF_NETWORK + " links");
        network = UUID.randomUUID().toString();
        assertThat(ask(email).statusCode()).as("from elsewhere").isEqualTo(200);
        await().atMost(SOON).until(() -> mails() == OF_ADDRESS);
        assertThat(jdbc.sql(
                                "select count(*) from sign_in_link where mailed and person_id = (select person_id from person where email = ?)")
                        .param(email)
                        .query(Integer.class)
                        .single())
                .isEqualTo(OF_ADDRESS);
    }

    @Test
    void aLinkIsOverInTimeAndOneThatWasMadeUpOpensNothing() throws Exception {
        var link = handedOver(account, email).path("link").asString();
        jdbc.sql("update sign_in_link set expires_at = now()").update();
        assertThat(use(accounts, "token", token(link)).statusCode()).isEqualTo(404);
        assertThat(use(accounts, "token", "si-gogogo-" + "0".repeat(49)).statusCode())
                .isEqualTo(404);
        assertThat(use(accounts, "token", "x").statusCode()).isEqualTo(404);
    }

    @Test
    void aSessionAlwaysHasATokenOfItsOwnAndEndsTheOneBefore() throws Exception {
        var made = "se-gogogo-" + "0".repeat(49);
        var first = signedIn("token", mailed(), "before", made);
        assertThat(first).isNotEqualTo(made);
        assertThat(caller(accounts, made, account).statusCode()).isEqualTo(403);
        var second = signedIn("token", mailed(), "before", first);
        assertThat(second).isNotEqualTo(first);
        assertThat(caller(accounts, first, account).statusCode()).isEqualTo(403);
        assertThat(caller(accounts, second, account).statusCode()).isEqualTo(200);
    }

    @Test
    void sessionsAreEndedByTheirPersonAndByNobodyElse() throws Exception {
        var here =
                signedIn("token", token(handedOver(account, email).path("link").asString()));
        var there =
                signedIn("token", token(handedOver(account, email).path("link").asString()));
        var another = accounts.newAccount();
        var stranger = signedIn(
                "token",
                token(handedOver(another, "stranger-" + UUID.randomUUID() + "@example.com")
                        .path("link")
                        .asString()));
        var sessions = person(here).path("sessions");
        assertThat(sessions.size()).isEqualTo(2);
        var thereId = person(there).path("session_id").asString();

        var refused = accounts.send("POST", "/internal/sessions/end", body("token", stranger, "session", thereId));
        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(caller(accounts, there, account).statusCode()).isEqualTo(200);

        accounts.done("POST", "/internal/sessions/end", body("token", here, "session", thereId));
        assertThat(caller(others, there, account).body()).contains("session_over");
        accounts.done("POST", "/internal/sessions/end", body("token", here));
        assertThat(caller(others, here, account).body()).contains("session_over");
        assertThat(caller(accounts, stranger, account).statusCode())
                .as("an account of others")
                .isEqualTo(404);
    }

    @Test
    void aSessionEndsWhenItIsNotUsedAndInAnyCase() throws Exception {
        var session = signedIn("token", mailed());
        jdbc.sql(
                        "update web_session set last_seen_at = now() - interval '2 minutes', created_at = now() - interval '29 days'")
                .update();
        assertThat(caller(accounts, session, account).statusCode()).isEqualTo(200);
        assertThat(jdbc.sql(
                                "select expires_at < now() + interval '25 hours' and last_seen_at > now() - interval '1 minute'"
                                        + " from web_session join person using (person_id) where email = ?")
                        .param(email)
                        .query(Boolean.class)
                        .single())
                .as("used, and over after thirty days all the same")
                .isTrue();
        jdbc.sql("update web_session set expires_at = now()").update();
        assertThat(caller(accounts, session, account).statusCode()).isEqualTo(403);
    }

    @Test
    void aRoleThatIsTakenAwayIsSoWithTheNextRequest() throws Exception {
        accounts.done("POST", "/internal/accounts/" + account + "/organisation", body("name", "Example Inc."));
        var session = signedIn("token", mailed());
        var member = person(session).path("person_id").asString();
        jdbc.sql("update membership set role = 'VIEWER' where person_id = ?")
                .param(UUID.fromString(member))
                .update();
        assertThat(caller(others, session, account).body()).contains("\"role\":\"viewer\"");
        jdbc.sql("delete from membership where person_id = ?")
                .param(UUID.fromString(member))
                .update();
        assertThat(caller(others, session, account).statusCode()).isEqualTo(404);
    }

    @Test
    void anOperatorHandsNobodyElsesAccountOver() throws Exception {
        var answer = accounts.send(
                "POST", "/internal/accounts/" + account + "/sign-in-links", body("email", "stranger@example.com"));
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("This account has no such member.");
    }

    @Test
    void withoutAMailServerALinkIsWrittenToAFolderThatItsOwnerReads(@TempDir Path folder) throws Exception {
        var mails = folder.resolve("mail");
        try (var alone = new RunningAccounts(
                database,
                "--gogogoapi.account.invitations.public-url=https://example.com",
                "--gogogoapi.account.sign-in.mail-folder=" + mails)) {
            alone.send("POST", "/internal/sign-in/links", body("email", email, "network", network));
            await().atMost(SOON).until(() -> Files.exists(mails) && !isEmpty(mails));
            try (var files = Files.list(mails)) {
                var file = files.findFirst().orElseThrow();
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
                await().atMost(SOON).until(() -> Files.size(file) > 0);
                assertThat(use(alone, "token", token(Files.readString(file))).statusCode())
                        .isEqualTo(200);
            }
        }
    }

    private static boolean isEmpty(Path folder) throws Exception {
        try (var files = Files.list(folder)) {
            return files.findFirst().isEmpty();
        }
    }
}
