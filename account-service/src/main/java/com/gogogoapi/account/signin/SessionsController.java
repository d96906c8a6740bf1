package com.gogogoapi.account.signin;

import com.gogogoapi.account.people.People;
import com.gogogoapi.account.signin.WebSessions.WebSession;
import com.gogogoapi.chassis.bodies.BodyFields;
import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.identity.AccountId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Who is signed in, for the proxy, which has the browser's cookie. Asked for each request of a browser: what was ended, and a
 * role that was changed, is so with the next one.
 */
@RestController
class SessionsController {

    private static final int MAX_TOKEN_CHARS = 200;
    private static final int MAX_ID_CHARS = 100;
    private static final String TOKEN = "token";
    private static final String ACCOUNT = "account";
    private static final String SESSION = "session";

    private final WebSessions sessions;
    private final People people;

    private final List<OfPerson> more;

    SessionsController(WebSessions sessions, People people, List<OfPerson> more) {
        this.sessions = sessions;
        this.people = people;
        this.more = more;
    }

    /**
     * {@code {"token","account"}}: as whom it acts in that account.
     *
     * @throws ApiError 403 session_over, or 404 for an account that its person is no member of
     */
    @PostMapping("/internal/sessions/caller")
    Map<String, Object> caller(@RequestBody byte[] json) {
        var body = BodyFields.of(json, TOKEN, ACCOUNT);
        var session = living(body);
        var account = body.text(ACCOUNT, MAX_ID_CHARS);
        if (!AccountId.isValid(account)) {
            throw noSuchAccount();
        }
        var member =
                people.member(new AccountId(account), session.person()).orElseThrow(SessionsController::noSuchAccount);
        return Map.of(
                "session_id",
                session.sessionId(),
                "member_id",
                member.id(),
                "role",
                member.role().written(),
                "recently_authenticated",
                sessions.isRecent(session));
    }

    private static ApiError noSuchAccount() {
        return ApiError.notFound("There is no such account that you are a member of.");
    }

    /** {@code {"token"}}: whose it is, what he is a member of, and where else he is signed in. */
    @PostMapping("/internal/sessions/person")
    Map<String, Object> person(@RequestBody byte[] json) {
        var session = living(BodyFields.of(json, TOKEN));
        var person = people.existing(session.person());
        var answer = new LinkedHashMap<String, Object>();
        answer.put("session_id", session.sessionId());
        answer.put("authenticated_at", session.authenticatedAt());
        answer.put("person_id", person.personId());
        answer.put("email", person.email());
        if (person.name() != null) {
            answer.put("name", person.name());
        }
        answer.put(
                "accounts",
                people.accountsOf(person.personId(), SigningIn.MAX_ACCOUNTS).stream()
                        .map(SessionsController::line)
                        .toList());
        answer.put(
                "sessions",
                sessions.of(person.personId()).stream()
                        .map(other -> line(other, session))
                        .toList());
        more.forEach(list -> answer.put(list.name(), list.of(person.personId())));
        return answer;
    }

    private static Map<String, Object> line(People.Membership membership) {
        return Map.of(
                "account_id", membership.account().value(),
                "name", membership.name(),
                "kind", membership.isOrganisation() ? "organisation" : "personal",
                "role", membership.role().written());
    }

    private static Map<String, Object> line(WebSession session, WebSession current) {
        var line = new LinkedHashMap<String, Object>();
        line.put("session_id", session.sessionId());
        line.put("current", session.sessionId().equals(current.sessionId()));
        line.put("created_at", session.createdAt());
        line.put("last_seen_at", session.lastSeenAt());
        line.put("expires_at", session.expiresAt());
        line.put("address", session.address());
        line.put("browser", session.browser());
        return line;
    }

    /** {@code {"token"}} ends it, and with {@code "session"} that one of the same person. */
    @PostMapping("/internal/sessions/end")
    Map<String, Object> end(@RequestBody byte[] json) {
        var body = BodyFields.of(json, TOKEN, SESSION);
        var session = living(body);
        var other = body.optionalText(SESSION, MAX_ID_CHARS);
        var ended = other == null ? session.sessionId() : other;
        if (!sessions.end(session.person(), ended)) {
            throw ApiError.notFound("You have no such session.");
        }
        return Map.of("session_id", ended, "ended", true);
    }

    private WebSession living(BodyFields body) {
        return sessions.living(body.text(TOKEN, MAX_TOKEN_CHARS));
    }
}
