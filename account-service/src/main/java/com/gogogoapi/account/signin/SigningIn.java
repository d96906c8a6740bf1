package com.gogogoapi.account.signin;

import com.gogogoapi.account.audit.AuditTrail;
import com.gogogoapi.account.audit.AuditTrail.Actor;
import com.gogogoapi.account.people.EmailAddress;
import com.gogogoapi.account.people.People;
import com.gogogoapi.account.signin.SignInLinks.Link;
import com.gogogoapi.account.signin.WebSessions.Begun;
import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.access.MemberRole;
import com.gogogoapi.contracts.identity.AccountId;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Who is sent a link, and what using it does. Nobody is told whether there is anybody of an address. */
@Service
@EnableConfigurationProperties(SignInProperties.class)
public class SigningIn {

    /** More than anybody is a member of; the rest is not lost, but not in the first list. */
    static final int MAX_ACCOUNTS = 100;

    private static final Logger log = LoggerFactory.getLogger(SigningIn.class);

    private final SignInLinks links;
    private final SignInMail mail;
    private final WebSessions sessions;
    private final People people;
    private final AuditTrail audit;
    private final SignInProperties properties;

    SigningIn(
            SignInLinks links,
            SignInMail mail,
            WebSessions sessions,
            People people,
            AuditTrail audit,
            SignInProperties properties) {
        this.links = links;
        this.mail = mail;
        this.sessions = sessions;
        this.people = people;
        this.audit = audit;
        this.properties = properties;
    }

    /**
     * Mails a link to the person of that address, if there is one and he was not sent enough of them.
     *
     * @param network from where it is asked for
     * @throws ApiError 429 if too much is asked for from there
     */
    void ask(EmailAddress email, String network) {
        var maySend = links.ask(email.text(), network);
        var person = people.find(email);
        if (maySend && person.isPresent()) {
            if (mail.isThere()) {
                // The link is there before its mail is: nothing here is one transaction.
                mail.sendLink(email.text(), links.add(person.get().personId(), true).token());
            } else {
                log.warn("A link for {} goes nowhere: neither spring.mail.host nor a folder for mails is set", email);
            }
        }
    }

    /**
     * Begins a session for whoever has a link.
     *
     * @param before the token that the browser came with, whose session ends; may be empty
     * @throws ApiError 404 for a link that was used, is too old or was never made
     */
    @Transactional
    Begun use(String token, String before, Actor actor, String browser) {
        var used = links.use(token)
                .orElseThrow(() -> ApiError.notFound("The link must be whole, not used before and at most "
                        + properties.linkValidFor().toMinutes() + " minutes old."));
        var person = people.existing(used.person());
        if (used.mailed()) {
            people.withEmail(new EmailAddress(person.email()), null, true);
        }
        return begin(person.personId(), "by a link", before, actor, browser);
    }

    /**
     * Begins a session for whoever has shown who he is.
     *
     * @param how he did, for the trail
     * @param before the token that the browser came with, whose session ends; may be empty
     */
    @Transactional
    public Begun begin(UUID person, String how, String before, Actor actor, String browser) {
        sessions.used(before).ifPresent(old -> sessions.end(old.person(), old.sessionId()));
        var begun = sessions.begin(person, actor.address(), browser);
        record(person, actor, "sign-in", begun.session().sessionId() + " " + how);
        return begun;
    }

    /** What a person does to his own way in, in the trail of each of his accounts. */
    public void record(UUID person, Actor actor, String action, String detail) {
        for (var account : people.accountsOf(person, MAX_ACCOUNTS)) {
            audit.record(actor, action, account.account().value(), person.toString(), detail);
        }
    }

    /**
     * A link for an operator to hand over, to a member or to the first owner of an account that has no members.
     *
     * @throws ApiError 404 if the account has members, and none of that address
     */
    @Transactional
    Link handOver(AccountId account, EmailAddress email) {
        people.lock(account);
        var member = people.member(account, email);
        if (member.isPresent()) {
            return links.add(member.get().id(), false);
        }
        if (people.count(account) > 0) {
            throw ApiError.notFound("This account has no such member.");
        }
        var owner = people.withEmail(email, null, false).personId();
        people.join(account, owner, MemberRole.OWNER);
        return links.add(owner, false);
    }

    String address(Link link) {
        return properties.link(link.token());
    }
}
