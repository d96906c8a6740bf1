package com.gogogoapi.account.signin;

import com.gogogoapi.account.audit.AuditTrail;
import com.gogogoapi.account.audit.AuditTrail.Actor;
import com.gogogoapi.account.people.EmailAddress;
import com.gogogoapi.account.people.People;
import com.gogogoapi.account.signin.SignInLinks.Link;
import com.gogogoapi.account.signin.SignInLinks.Used;
import com.gogogoapi.account.signin.WebSessions.Begun;
import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.access.MemberRole;
import com.gogogoapi.contracts.identity.AccountId;
import java.util.Objects;
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
    private final SignUp signUp;
    private final SignInProperties properties;

    SigningIn(
            SignInLinks links,
            SignInMail mail,
            WebSessions sessions,
            People people,
            AuditTrail audit,
            SignUp signUp,
            SignInProperties properties) {
        this.links = links;
        this.mail = mail;
        this.sessions = sessions;
        this.people = people;
        this.audit = audit;
        this.signUp = signUp;
        this.properties = properties;
    }

    /**
     * Mails a link to the person of that address, if there is one or one may come in so, and he was not sent enough of them.
     * Whose the address is, is looked at after the answer: neither its words nor its time tell.
     *
     * @param network from where it is asked for
     * @throws ApiError 429 if too much is asked for from there
     */
    void ask(EmailAddress email, String network) {
        if (links.ask(email.text(), network)) {
            mail.later(email.text(), () -> mailLink(email));
        }
    }

    private void mailLink(EmailAddress email) {
        var person = people.find(email);
        if (person.isEmpty() && !signUp.isOpen()) {
            return;
        }
        if (!mail.isThere()) {
            log.warn("A link for {} goes nowhere: neither spring.mail.host nor a folder for mails is set", email);
            return;
        }
        // The link is there before its mail is: nothing here is one transaction.
        var link = person.map(known -> links.add(known.personId(), true)).orElseGet(() -> links.add(email));
        mail.deliverLink(email.text(), link.token());
    }

    /**
     * Begins a session for whoever has a link.
     *
     * @param before the token that the browser came with, whose session ends; may be empty
     * @throws ApiError 404 for a link that was used, is too old or was never made
     */
    @Transactional
    public Begun use(String token, String before, Actor actor, String browser) {
        var used = links.use(token)
                .orElseThrow(() -> ApiError.notFound("The link must be whole, not used before and at most "
                        + properties.linkValidFor().toMinutes() + " minutes old."));
        return used.mailed()
                ? beginVerified(addressOf(used), "by a link", before, actor, browser)
                : begin(Objects.requireNonNull(used.person()), "by a link", before, actor, browser);
    }

    private EmailAddress addressOf(Used used) {
        return new EmailAddress(
                used.email() == null
                        ? people.existing(Objects.requireNonNull(used.person())).email()
                        : used.email());
    }

    /**
     * Begins a session for whoever has shown that he reads what is sent to that address. Who is a member of nothing gets an
     * account of his own, where that is allowed.
     *
     * @throws ApiError 404 nobody_of_that_address for one that is nobody's, where it is not
     */
    @Transactional
    public Begun beginVerified(EmailAddress email, String how, String before, Actor actor, String browser) {
        if (people.find(email).isEmpty() && !signUp.isOpen()) {
            throw ApiError.refused(
                    404, "nobody_of_that_address", null, "The e-mail address must be that of a member of an account.");
        }
        var person = people.withEmail(email, null, true);
        signUp.openFor(person, actor);
        return begin(person.personId(), how, before, actor, browser);
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
