package com.gogogoapi.account.mail;

import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.stereotype.Component;

/** The server that {@code spring.mail.*} names, if it names one. */
@Component
public class MailServer {

    private final ObjectProvider<JavaMailSender> server;
    private final String host;

    /** @param host empty where a setting is there and says nothing; there is no server then either */
    MailServer(ObjectProvider<JavaMailSender> server, @Value("${spring.mail.host:of another kind}") String host) {
        this.server = server;
        this.host = host;
    }

    public Optional<JavaMailSender> get() {
        return host.isBlank() ? Optional.empty() : Optional.ofNullable(server.getIfAvailable());
    }
}
