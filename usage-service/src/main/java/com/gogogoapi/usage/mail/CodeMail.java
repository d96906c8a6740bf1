package com.gogogoapi.usage.mail;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.identity.AccountId;
import java.util.concurrent.Semaphore;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.mail.MailException;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.stereotype.Component;

/**
 * Mails codes while they are asked for, since a code is nowhere afterwards. Few at a time, so that a slow server holds up no
 * others.
 */
@Component
class CodeMail {

    private static final int MAX_AT_A_TIME = 4;

    private final ObjectProvider<JavaMailSender> server;
    private final MailProperties properties;
    private final Semaphore places = new Semaphore(MAX_AT_A_TIME);

    CodeMail(ObjectProvider<JavaMailSender> server, MailProperties properties) {
        this.server = server;
        this.properties = properties;
    }

    /** @throws ApiError 503 if the server does not take it */
    void send(String email, AccountId account, String code) {
        if (!places.tryAcquire()) {
            throw notSent();
        }
        try {
            server.getObject().send(message(email, account, code));
        } catch (MailException e) {
            throw notSent().becauseOf(e);
        } finally {
            places.release();
        }
    }

    private SimpleMailMessage message(String email, AccountId account, String code) {
        var message = new SimpleMailMessage();
        message.setFrom(properties.from());
        message.setTo(email);
        message.setSubject("Confirm this address");
        message.setText("Alerts of the account " + account.value()
                + " are to go to this address. The code that confirms it is\n\n" + code
                + "\n\nand is valid for 24 hours. If you know nothing of this, do nothing.\n");
        return message;
    }

    private static ApiError notSent() {
        return ApiError.unavailable(
                        "mail_unavailable",
                        "The mail server did not take the code, so the address cannot be confirmed. Try again.")
                .withShouldRetry(true);
    }
}
