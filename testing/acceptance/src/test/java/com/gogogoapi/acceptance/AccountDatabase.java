package com.gogogoapi.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.json.JsonMapper;

/** The account-service's own database in a standalone system, in which time can have passed. */
final class AccountDatabase {

    private AccountDatabase() {}

    static JdbcClient of(RunningSystem system) {
        try {
            var password = JsonMapper.shared()
                    .readTree(Files.readString(system.data().resolve("secrets.json")))
                    .path("postgres_password_account")
                    .asString();
            var ledgers = URI.create(system.access("postgres_url").replaceFirst("^jdbc:", ""));
            return JdbcClient.create(new DriverManagerDataSource(
                    "jdbc:postgresql://" + ledgers.getHost() + ":" + ledgers.getPort() + "/account",
                    "account",
                    password));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A browser's session is as if its person had shown an hour ago who he is. */
    static void anHourPasses(SignedInBrowser browser) {
        of(browser.system())
                .sql("update web_session set authenticated_at = now() - interval '1 hour' where session_id = ?")
                .param(SignedInBrowser.json(browser.call("GET", "/session", ""))
                        .path("session_id")
                        .asString())
                .update();
    }

    /** The same of all browsers of whoever has that address. */
    static void anHourPasses(RunningSystem system, String email) {
        of(system).sql("""
                        update web_session set authenticated_at = now() - interval '1 hour'
                         where person_id = (select person_id from person where email = ?)""").param(email).update();
    }
}
