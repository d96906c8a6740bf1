package com.gogogoapi.account.invitations;

import com.gogogoapi.account.api.Asker;
import com.gogogoapi.account.api.Page;
import com.gogogoapi.account.audit.AuditTrail;
import com.gogogoapi.account.audit.AuditTrail.Actor;
import com.gogogoapi.account.directory.Accounts;
import com.gogogoapi.account.invitations.Invitations.Invitation;
import com.gogogoapi.account.keys.ApiKeys;
import com.gogogoapi.account.keys.KeySettings;
import com.gogogoapi.account.people.EmailAddress;
import com.gogogoapi.account.people.MemberFields;
import com.gogogoapi.account.publication.KeysChanged;
import com.gogogoapi.chassis.bodies.BodyFields;
import com.gogogoapi.contracts.access.KeyPurpose;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Invitations to an account. */
@RestController
class InvitationsController {

    private static final String OF_ACCOUNT = "/internal/accounts/{account}/invitations";
    private static final int MAX_TOKEN_CHARS = 200;
    private static final int MAX_NAME_CHARS = 200;
    private static final String EMAIL = "email";
    private static final String TOKEN = "token";
    private static final String NAME = "name";
    private static final String KEY_LABEL = "key_label";

    private final Accounts accounts;
    private final Invitations invitations;
    private final Inviting inviting;
    private final ApiKeys keys;
    private final AuditTrail audit;
    private final KeysChanged changed;
    private final Clock clock;

    InvitationsController(
            Accounts accounts,
            Invitations invitations,
            Inviting inviting,
            ApiKeys keys,
            AuditTrail audit,
            KeysChanged changed,
            Clock clock) {
        this.accounts = accounts;
        this.invitations = invitations;
        this.inviting = inviting;
        this.keys = keys;
        this.audit = audit;
        this.changed = changed;
        this.clock = clock;
    }

    /** {@code {"email","role"}}; one that is open for the address is replaced. */
    @PostMapping(OF_ACCOUNT)
    @Transactional
    Map<String, Object> invite(@PathVariable String account, @RequestBody byte[] json, HttpServletRequest request) {
        var accountId = accounts.existing(account).accountId();
        var body = BodyFields.of(json, EMAIL, MemberFields.ROLE);
        var email = EmailAddress.parse(EMAIL, body.text(EMAIL, EmailAddress.MAX_CHARS));
        var actor = Actor.of(request);
        var made = inviting.invite(Asker.of(request), actor.name(), accountId, email, MemberFields.role(body));
        var invitation = made.invitation();
        audit.record(actor, "invite", account, invitation.invitationId(), words(invitation));
        var answer = line(invitation);
        if (made.link() != null) {
            answer.put("link", made.link());
        }
        return answer;
    }

    private static String words(Invitation invitation) {
        return invitation.email() + " as " + invitation.role().written();
    }

    @GetMapping(OF_ACCOUNT)
    Map<String, Object> list(@PathVariable String account, HttpServletRequest request) {
        var page = Page.of(request);
        return page.answer(
                invitations.after(accounts.existing(account).accountId(), page.after(), page.limit() + 1),
                Invitation::invitationId,
                this::line);
    }

    @DeleteMapping(OF_ACCOUNT + "/{invitation}")
    @Transactional
    Map<String, Object> revoke(
            @PathVariable String account, @PathVariable String invitation, HttpServletRequest request) {
        var accountId = accounts.existing(account).accountId();
        var revoked = inviting.revoke(Asker.of(request), accountId, invitation);
        audit.record(Actor.of(request), "revoke-invitation", account, invitation, words(revoked));
        return line(revoked);
    }

    /**
     * {@code {"token"}}, and optionally {@code "name"}, the person's, and {@code "key_label"}, with which a management key of the
     * new member is issued and shown this once.
     */
    @PostMapping("/internal/invitations/acceptance")
    @Transactional
    Map<String, Object> accept(@RequestBody byte[] json, HttpServletRequest request) {
        var body = BodyFields.of(json, TOKEN, NAME, KEY_LABEL);
        var label = body.optionalText(KEY_LABEL, KeySettings.MAX_LABEL_CHARS);
        var accepted = inviting.accept(body.text(TOKEN, MAX_TOKEN_CHARS), body.optionalText(NAME, MAX_NAME_CHARS));
        var account = accepted.invitation().account();
        audit.record(
                Actor.of(request),
                "accept-invitation",
                account.value(),
                accepted.member().id().toString(),
                words(accepted.invitation()));
        var answer = new LinkedHashMap<String, Object>();
        answer.put("account_id", account.value());
        answer.put("account_name", accounts.existing(account.value()).name());
        answer.putAll(MemberFields.written(accepted.member()));
        if (label != null) {
            var issued =
                    keys.issue(account, accepted.member().id(), KeyPurpose.MANAGEMENT, KeySettings.labelled(label));
            changed.keysChanged();
            audit.record(
                    Actor.of(request),
                    "issue-key",
                    account.value(),
                    issued.key().keyId(),
                    label);
            answer.put("key_id", issued.key().keyId());
            answer.put("api_key", issued.apiKey());
        }
        return answer;
    }

    private Map<String, Object> line(Invitation invitation) {
        var line = new LinkedHashMap<String, Object>();
        line.put("invitation_id", invitation.invitationId());
        line.put(EMAIL, invitation.email().text());
        line.put(MemberFields.ROLE, invitation.role().written());
        line.put("status", invitation.state(clock.instant()));
        line.put("mailed", invitation.mailed());
        line.put("invited_by", invitation.invitedBy());
        line.put("created_at", invitation.createdAt());
        line.put("expires_at", invitation.expiresAt());
        return line;
    }
}
