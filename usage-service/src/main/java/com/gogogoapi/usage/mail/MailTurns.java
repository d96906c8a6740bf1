package com.gogogoapi.usage.mail;

import com.gogogoapi.chassis.turns.Turns;
import com.gogogoapi.usage.mail.Mails.Mail;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.mail.MailException;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.stereotype.Component;

/** Sends what is in the outbox of mails; what the server does not take is tried again, ever later, and at last given up. */
@Component
@EnableConfigurationProperties(MailProperties.class)
class MailTurns implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(MailTurns.class);
    private static final Duration EVERY = Duration.ofSeconds(3);
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(10);
    private static final int AT_ONCE = 20;
    private static final int MAX_ERROR_CHARS = 200;

    private final Mails mails;
    private final ObjectProvider<JavaMailSender> server;
    private final MailProperties properties;
    private @Nullable Turns turns;

    MailTurns(Mails mails, ObjectProvider<JavaMailSender> server, MailProperties properties) {
        this.mails = mails;
        this.server = server;
        this.properties = properties;
    }

    private void send(JavaMailSender sender) {
        for (var mail : mails.claim(LEASE, AT_ONCE)) {
            try {
                sender.send(message(mail));
                mails.sent(mail);
            } catch (MailException e) {
                failed(mail, e);
            }
        }
    }

    private SimpleMailMessage message(Mail mail) {
        var message = new SimpleMailMessage();
        message.setFrom(properties.from());
        message.setTo(mail.recipient());
        message.setSubject(mail.subject());
        message.setText(mail.body());
        return message;
    }

    private void failed(Mail mail, MailException e) {
        var error = String.valueOf(e.getMessage());
        var again = properties.retryAfter();
        var isOver = mail.attempts() >= again.size();
        mails.failed(
                mail,
                error.length() > MAX_ERROR_CHARS ? error.substring(0, MAX_ERROR_CHARS) : error,
                isOver ? null : again.get(mail.attempts()));
        log.warn("mail {} was not sent{}", mail.id(), isOver ? " and is given up" : "", e);
    }

    @Override
    public synchronized void start() {
        var sender = server.getIfAvailable();
        if (sender != null && mails.isPossible()) {
            turns = Turns.withPauses("mails", EVERY, () -> {}, () -> send(sender));
        }
    }

    @Override
    public synchronized void stop() {
        if (turns != null) {
            turns.stop(() -> {}, STOP_WITHIN);
            turns = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return turns != null;
    }
}
