package com.gogogoapi.account.signin;

import com.gogogoapi.account.audit.AuditTrail;
import com.gogogoapi.account.audit.AuditTrail.Actor;
import com.gogogoapi.account.directory.Accounts;
import com.gogogoapi.account.people.People;
import com.gogogoapi.account.people.People.Person;
import com.gogogoapi.contracts.access.MemberRole;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Opens a personal account for whoever has shown that an address is his and is a member of nothing, where the operator lets him. */
@Component
@EnableConfigurationProperties(SignUpProperties.class)
class SignUp {

    private static final Logger log = LoggerFactory.getLogger(SignUp.class);
    private static final Duration DAY = Duration.ofDays(1);

    private final SignUpProperties properties;
    private final Accounts accounts;
    private final People people;
    private final AuditTrail audit;
    private final JdbcClient jdbc;
    private final Clock clock;

    SignUp(
            SignUpProperties properties,
            Accounts accounts,
            People people,
            AuditTrail audit,
            JdbcClient jdbc,
            Clock clock) {
        this.properties = properties;
        this.accounts = accounts;
        this.people = people;
        this.audit = audit;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Whether an account can be opened now. */
    boolean isOpen() {
        if (!properties.allowed()) {
            return false;
        }
        var opened = jdbc.sql("select count(*) from account where signed_up_at > ?")
                .param(Timestamp.from(clock.instant().minus(DAY)))
                .query(Integer.class)
                .single();
        if (opened >= properties.accountsPerDay()) {
            log.warn(
                    "No more accounts are opened today: {} were within a day, which is the most",
                    properties.accountsPerDay());
            return false;
        }
        return true;
    }

    /** The account is his alone, under his address's name; it has no credit. */
    void openFor(Person person, Actor actor) {
        people.lock(person.personId());
        if (!isOpen() || !people.accountsOf(person.personId(), 1).isEmpty()) {
            return;
        }
        var name = person.email().substring(0, person.email().indexOf('@'));
        var account = accounts.open(name, null).accountId();
        jdbc.sql("update account set signed_up_at = ? where account_id = ?")
                .params(Timestamp.from(clock.instant()), account.value())
                .update();
        people.join(account, person.personId(), MemberRole.OWNER);
        audit.record(actor, "sign-up", account.value(), person.personId().toString(), person.email());
    }
}
