package com.gogogoapi.account;

import static com.gogogoapi.account.RunningAccounts.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.embedded.Database;
import com.gogogoapi.embedded.Infrastructure;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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
import tools.jackson.databind.json.JsonMapper;

/** Passkeys on two instances: what one gave to be signed, the other takes. */
@Tag("integration")
class PasskeysOnRealServersTest {

    private static final String ORIGIN = "https://example.com";
    private static final String SITE = "example.com";

    private static Database database;
    private static JdbcClient jdbc;
    private static RunningAccounts here;
    private static RunningAccounts there;

    private String account;
    private String email;
    private String session;
    private SoftAuthenticator device;

    @BeforeAll
    static void start() {
        database = Infrastructure.shared().newDatabase("passkeys");
        jdbc = JdbcClient.create(
                new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password()));
        here = new RunningAccounts(database, "--gogogoapi.account.sign-in.public-url=" + ORIGIN + "/");
        there = new RunningAccounts(database, "--gogogoapi.account.sign-in.public-url=" + ORIGIN + "/");
    }

    @AfterAll
    static void stop() {
        here.close();
        there.close();
    }

    @BeforeEach
    void somebodySignedIn() throws Exception {
        account = here.newAccount();
        email = "owner-" + UUID.randomUUID() + "@example.com";
        session = here.signedIn(account, email);
        device = new SoftAuthenticator(ORIGIN, SITE);
    }

    private static JsonNode options(RunningAccounts instance, String path, Map<String, ?> body) throws Exception {
        return instance.done("POST", path, json(body)).path("public_key");
    }

    private JsonNode optionsOfNew() throws Exception {
        return options(here, "/internal/passkeys/options", Map.of("token", session, "network", "a network"));
    }

    private static JsonNode optionsToSignIn() throws Exception {
        return options(here, "/internal/sign-in/passkey-options", Map.of("network", "a network"));
    }

    private HttpResponse<String> add(String name, JsonNode credential) throws Exception {
        return there.send(
                "POST", "/internal/passkeys", json(Map.of("token", session, "name", name, "credential", credential)));
    }

    private JsonNode added() throws Exception {
        var answer = add("a device", device.make(optionsOfNew()));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    private static HttpResponse<String> signIn(JsonNode credential) throws Exception {
        return there.send("POST", "/internal/sign-in/passkey-sessions", json(Map.of("credential", credential)));
    }

    private static void assertRefused(HttpResponse<String> answer, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(answer.body()).contains(code);
    }

    private static JsonNode person(String session) throws Exception {
        return here.done("POST", "/internal/sessions/person", json(Map.of("token", session)));
    }

    @Test
    void aPasskeyIsMadeByOneInstanceAndSignsInByTheOther() throws Exception {
        var passkey = added();
        assertThat(passkey.path("last_used_at").isMissingNode()).isTrue();
        var answer = signIn(device.sign(optionsToSignIn()));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var token = JsonMapper.shared()
                .readTree(answer.body())
                .path("session_token")
                .asString();
        assertThat(token).isNotEqualTo(session);
        var person = person(token);
        assertThat(person.path("email").asString()).isEqualTo(email);
        assertThat(person.path("passkeys").size()).isEqualTo(1);
        assertThat(person.path("passkeys").get(0).path("name").asString()).isEqualTo("a device");
        assertThat(person.path("passkeys").get(0).path("last_used_at").asString())
                .isNotEmpty();
        assertThat(jdbc.sql("select action from audit_trail where account_id = ?")
                        .param(account)
                        .query(String.class)
                        .list())
                .contains("add-passkey", "sign-in");
    }

    @Test
    void theSessionThatTheBrowserHadEnds() throws Exception {
        added();
        var answer = there.send(
                "POST",
                "/internal/sign-in/passkey-sessions",
                json(Map.of("credential", device.sign(optionsToSignIn()), "before", session)));
        assertThat(answer.statusCode()).isEqualTo(200);
        var before = here.send("POST", "/internal/sessions/person", json(Map.of("token", session)));
        assertThat(before.body()).contains("session_over");
    }

    /** What a browser is asked says nothing of anybody, and for whom it is. */
    @Test
    void whoHasAPasskeyNobodyIsTold() throws Exception {
        added();
        var options = optionsToSignIn();
        assertThat(options.path("allowCredentials").size()).isZero();
        assertThat(options.path("rpId").asString()).isEqualTo(SITE);
        assertThat(options.path("userVerification").asString()).isEqualTo("required");
        var another = new SoftAuthenticator(ORIGIN, SITE);
        another.make(optionsOfNew());
        assertRefused(signIn(another.sign(optionsToSignIn())), "passkey_not_accepted");
        assertThat(optionsOfNew().path("excludeCredentials").size()).isEqualTo(1);
    }

    @Test
    void anAnswerCountsOnce() throws Exception {
        added();
        var signed = device.sign(optionsToSignIn());
        assertThat(signIn(signed).statusCode()).isEqualTo(200);
        assertRefused(signIn(signed), "passkey_challenge_over");
        var made = new SoftAuthenticator(ORIGIN, SITE).make(optionsOfNew());
        assertThat(add("another", made).statusCode()).isEqualTo(200);
        assertRefused(add("another", made), "passkey_challenge_over");
    }

    /** Also where it was not believed. */
    @Test
    void anAnswerThatIsNotBelievedIsUsedUpToo() throws Exception {
        added();
        var options = optionsToSignIn();
        device.verifiesItsUser = false;
        assertRefused(signIn(device.sign(options)), "passkey_not_accepted");
        device.verifiesItsUser = true;
        assertRefused(signIn(device.sign(options)), "passkey_challenge_over");
    }

    @Test
    void anAnswerIsForWhatItWasAskedForAndForWhom() throws Exception {
        added();
        var confirm = new SoftAuthenticator(ORIGIN, SITE).make(optionsToSignIn());
        assertRefused(add("for signing in", confirm), "passkey_challenge_over");
        var mine = optionsOfNew();
        var owner = session;
        session = here.signedIn(here.newAccount(), "stranger-" + UUID.randomUUID() + "@example.com");
        assertRefused(
                add("of another session", new SoftAuthenticator(ORIGIN, SITE).make(mine)), "passkey_challenge_over");
        session = owner;
        assertRefused(signIn(device.sign(optionsOfNew())), "passkey_challenge_over");
    }

    @Test
    void anAnswerIsOverInTime() throws Exception {
        added();
        var options = optionsToSignIn();
        jdbc.sql("update passkey_challenge set created_at = now() - interval '6 minutes'")
                .update();
        assertRefused(signIn(device.sign(options)), "passkey_challenge_over");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.org",
                "http://example.com",
                "https://example.com:8443",
                "https://sub.example.com"
            })
    void aPageOfAnotherOriginGetsNothing(String origin) throws Exception {
        added();
        device.origin = origin;
        assertRefused(signIn(device.sign(optionsToSignIn())), "passkey_not_accepted");
        assertRefused(add("elsewhere", device.make(optionsOfNew())), "passkey_not_accepted");
    }

    @Test
    void aPasskeyOfAnotherSiteIsNone() throws Exception {
        added();
        device.site = "example.org";
        assertRefused(signIn(device.sign(optionsToSignIn())), "passkey_not_accepted");
    }

    @Test
    void aDeviceThatDoesNotMakeSureOfItsUserIsNotBelieved() throws Exception {
        device.verifiesItsUser = false;
        assertRefused(add("unlocked", device.make(optionsOfNew())), "passkey_not_accepted");
        device.verifiesItsUser = true;
        added();
        device.verifiesItsUser = false;
        assertRefused(signIn(device.sign(optionsToSignIn())), "passkey_not_accepted");
    }

    /** Who has copied a device's key counts on from another number. */
    @Test
    void aDeviceThatCountsBackIsNotBelieved() throws Exception {
        added();
        device.count = 10;
        assertThat(signIn(device.sign(optionsToSignIn())).statusCode()).isEqualTo(200);
        device.count = 5;
        assertRefused(signIn(device.sign(optionsToSignIn())), "passkey_not_accepted");
        device.count = 10;
        assertRefused(signIn(device.sign(optionsToSignIn())), "passkey_not_accepted");
        assertThat(signIn(device.sign(optionsToSignIn())).statusCode()).isEqualTo(200);
    }

    @Test
    void aPasskeyIsRemovedByItsPersonAndByNobodyElse() throws Exception {
        var passkey = added().path("passkey_id").asString();
        var stranger = here.signedIn(here.newAccount(), "stranger-" + UUID.randomUUID() + "@example.com");
        var refused =
                here.send("POST", "/internal/passkeys/removal", json(Map.of("token", stranger, "passkey", passkey)));
        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(signIn(device.sign(optionsToSignIn())).statusCode()).isEqualTo(200);
        here.done("POST", "/internal/passkeys/removal", json(Map.of("token", session, "passkey", passkey)));
        assertRefused(signIn(device.sign(optionsToSignIn())), "passkey_not_accepted");
        assertThat(person(session).path("passkeys").size()).isZero();
    }

    @Test
    void aPersonHasSoManyAndADeviceHasItsOwnOnce() throws Exception {
        added();
        assertRefused(add("again", device.make(optionsOfNew())), "passkey_known");
        for (var more = 2; more <= 10; more++) {
            assertThat(add("device " + more, new SoftAuthenticator(ORIGIN, SITE).make(optionsOfNew()))
                            .statusCode())
                    .isEqualTo(200);
        }
        var refused =
                here.send("POST", "/internal/passkeys/options", json(Map.of("token", session, "network", "a network")));
        assertRefused(refused, "too_many_passkeys");
    }

    @Test
    void aNetworkAsksForSoMany() throws Exception {
        var network = UUID.randomUUID().toString();
        for (var asked = 0; asked < 100; asked++) {
            options(here, "/internal/sign-in/passkey-options", Map.of("network", network));
        }
        var refused = there.send("POST", "/internal/sign-in/passkey-options", json(Map.of("network", network)));
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).contains("At most 100 passkeys");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "[]", "1", "{\"id\":\"x\"}", "{\"rawId\":\"!\",\"response\":{}}", "{\"response\":[]}"})
    void whatIsNoAnswerIsRefused(String credential) throws Exception {
        for (var answer : tried(credential)) {
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
            assertThat(answer.body()).contains("credential must be what the browser answered");
        }
    }

    /** Bytes, but of nothing. */
    @ParameterizedTest
    @ValueSource(
            strings = {"AAAA", "AQIDBAUGBwgJCgsMDQ4P", "e30", "W10", "oA", "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YUEA"})
    void whatSaysNothingIsNotBelievedAndNoFault(String bytes) throws Exception {
        var credential = JsonMapper.shared().createObjectNode().put("rawId", bytes);
        var response = credential.putObject("response");
        for (var field : new String[] {"clientDataJSON", "attestationObject", "authenticatorData", "signature"}) {
            response.put(field, bytes);
        }
        for (var answer : tried(credential.toString())) {
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        }
    }

    private List<HttpResponse<String>> tried(String credential) throws Exception {
        return List.of(
                here.send("POST", "/internal/sign-in/passkey-sessions", "{\"credential\":" + credential + "}"),
                here.send(
                        "POST",
                        "/internal/passkeys",
                        "{\"token\":\"" + session + "\",\"name\":\"x\",\"credential\":" + credential + "}"));
    }

    @Test
    void whereNoAddressIsSetThereAreNone() throws Exception {
        try (var alone = new RunningAccounts(database)) {
            var answer = alone.send("POST", "/internal/sign-in/passkey-options", json(Map.of("network", "a network")));
            assertRefused(answer, "passkeys_unavailable");
        }
    }
}
