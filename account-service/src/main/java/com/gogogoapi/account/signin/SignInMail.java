package com.gogogoapi.account.signin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.gogogoapi.account.mail.MailServer;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.mail.MailException;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.stereotype.Component;

/**
 * Mails links and codes after whoever asked has his answer: how long a mail server takes, or that it is away, must not tell whether there
 * is anybody of that address. What was not sent is in the log, and asked for again by whoever misses it.
 */
@Component
class SignInMail {

    private static final Logger log = LoggerFactory.getLogger(SignInMail.class);
    private static final int AT_A_TIME = 4;
    private static final int WAITING = 1_000;
    private static final Duration LAST_MAILS = Duration.ofSeconds(10);

    private final MailServer server;
    private final SignInProperties properties;
    private final ThreadPoolExecutor sending = new ThreadPoolExecutor(
            AT_A_TIME,
            AT_A_TIME,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(WAITING),
            Thread.ofPlatform().daemon().name("sign-in-mail-", 0).factory());

    SignInMail(MailServer server, SignInProperties properties) {
        this.server = server;
        this.properties = properties;
        this.sending.allowCoreThreadTimeOut(true);
    }

    /** Whether a link gets anywhere. */
    boolean isThere() {
        return server.get().isPresent() || properties.mailFolder() != null;
    }

    /** By which somebody signs in; whoever asked for it waits no more. */
    void deliverLink(String email, String token) {
        var message = message(
                email,
                "Sign in",
                "To sign in, open\n\n" + properties.link(token) + "\n\nwithin "
                        + properties.linkValidFor().toMinutes()
                        + " minutes and press the button there. It works once.\n\n"
                        + "If you did not ask for this, do nothing: nobody is signed in without it.\n");
        deliver(message, email);
    }

    /** By which somebody who is signed in shows once more who he is. */
    void sendCode(String email, String code) {
        send(
                email,
                "Your code",
                "To go on with what you were doing, type\n\n" + code + "\n\nwithin "
                        + ConfirmationCodes.VALID.toMinutes()
                        + " minutes, in the browser where you did it. It works once.\n\n"
                        + "If that was not you, somebody uses a browser that is signed in as you: end its session on the"
                        + " page Account.\n");
    }

    private void send(String email, String subject, String text) {
        var message = message(email, subject, text);
        later(email, () -> deliver(message, email));
    }

    /** Does what is to be mailed to that address, once whoever asked has his answer. */
    void later(String email, Runnable work) {
        try {
            sending.execute(() -> done(email, work));
        } catch (RejectedExecutionException e) {
            log.warn("Nothing was mailed to {}: more than {} wait already", email, WAITING, e);
        }
    }

    /** Nobody waits for it who could be told. */
    private static void done(String email, Runnable work) {
        try {
            work.run();
        } catch (DataAccessException e) {
            log.warn("Nothing was mailed to {}", email, e);
        }
    }

    private void deliver(SimpleMailMessage message, String email) {
        try {
            var mailServer = server.get();
            if (mailServer.isPresent()) {
                mailServer.get().send(message);
            } else if (properties.mailFolder() != null) {
                write(message, properties.mailFolder());
            }
        } catch (MailException | UncheckedIOException e) {
            log.warn("Nothing was mailed to {}", email, e);
        }
    }

    private SimpleMailMessage message(String email, String subject, String text) {
        var message = new SimpleMailMessage();
        message.setFrom(properties.from());
        message.setTo(email);
        message.setSubject(subject);
        message.setText(text);
        return message;
    }

    /** Where one machine is all there is, its owner reads the file or the log. */
    private static void write(SimpleMailMessage message, Path folder) {
        var text = "To: " + String.join(", ", message.getTo() == null ? new String[0] : message.getTo()) + "\nSubject: "
                + message.getSubject() + "\n\n" + message.getText();
        try {
            Files.createDirectories(folder);
            var file = Files.createFile(
                    folder.resolve(TimeOrderedIds.next() + ".txt"),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(file, text.getBytes(UTF_8));
            log.info("No mail server is set; {} has:\n{}", file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @PreDestroy
    void finish() throws InterruptedException {
        sending.shutdown();
        if (!sending.awaitTermination(LAST_MAILS.toSeconds(), TimeUnit.SECONDS)) {
            log.warn("{} mails were not sent before the end", sending.getQueue().size());
        }
    }
}
