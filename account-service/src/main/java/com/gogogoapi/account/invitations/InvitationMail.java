package com.gogogoapi.account.invitations;

import com.gogogoapi.account.mail.MailServer;
import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.access.MemberRole;
import java.util.concurrent.Semaphore;
import org.springframework.mail.MailException;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.stereotype.Component;

/**
 * Mails invitations while they are made, since a token is nowhere afterwards: what the server does not take was not invited.
 * Few at a time, so that a slow server holds up no others.
 */
@Component
class InvitationMail {

    private static final int MAX_AT_A_TIME = 4;

    private final MailServer server;
    private final InvitationProperties properties;
    private final Semaphore places = new Semaphore(MAX_AT_A_TIME);

    InvitationMail(MailServer server, InvitationProperties properties) {
        this.server = server;
        this.properties = properties;
    }

    /** Whether there is a server. */
    boolean isThere() {
        return server.get().isPresent();
    }

    /** @throws ApiError 503 if the server does not take it */
    void send(String email, String account, MemberRole role, String token) {
        if (!places.tryAcquire()) {
            throw notSent();
        }
        try {
            server.get().orElseThrow(InvitationMail::notSent).send(message(email, account, role, token));
        } catch (MailException e) {
            throw notSent().becauseOf(e);
        } finally {
            places.release();
        }
    }

    private SimpleMailMessage message(String email, String account, MemberRole role, String token) {
        var message = new SimpleMailMessage();
        message.setFrom(properties.from());
        message.setTo(email);
        message.setSubject("You are invited to " + account);
        message.setText("You are invited to " + account + " as " + role.written() + ".\n\nTo accept, open\n\n"
                + properties.link(token) + "\n\nwithin " + properties.validFor().toDays()
                + " days. If you know nothing of this, do nothing.\n");
        return message;
    }

    private static ApiError notSent() {
        return ApiError.unavailable(
                        "mail_unavailable",
                        "The mail server did not take the invitation, so nobody was invited. Try again.")
                .withShouldRetry(true);
    }
}
