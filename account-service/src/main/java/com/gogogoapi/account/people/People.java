package com.gogogoapi.account.people;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.access.MemberRole;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** People and memberships in PostgreSQL. */
@Repository
public class People {

    private static final String SELECT = """
            select person.*, membership.role, membership.joined_at
              from membership join person using (person_id)
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    People(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @param emailVerifiedAt when it was shown that he reads what is sent there; null if it was not */
    public record Person(
            UUID personId,
            String email,
            @Nullable Instant emailVerifiedAt,
            @Nullable String name) {}

    /** A person in an account. */
    public record Member(Person person, MemberRole role, Instant joinedAt) {

        public UUID id() {
            return person.personId();
        }
    }

    private static Person person(ResultSet row) throws SQLException {
        var verified = row.getTimestamp("email_verified_at");
        return new Person(
                row.getObject("person_id", UUID.class),
                row.getString("email"),
                verified == null ? null : verified.toInstant(),
                row.getString("name"));
    }

    private static Member member(ResultSet row) throws SQLException {
        return new Member(
                person(row),
                MemberRole.valueOf(row.getString("role")),
                row.getTimestamp("joined_at").toInstant());
    }

    /**
     * The person of that address, who is new if nobody has it.
     *
     * @param verified whether it is shown by now that he reads what is sent there
     */
    public Person withEmail(EmailAddress email, @Nullable String name, boolean verified) {
        var now = Timestamp.from(clock.instant());
        return jdbc.sql("""
                        insert into person as known (person_id, email, email_verified_at, name, created_at)
                        values (:id, :email, :verified, :name, :now)
                            on conflict (email) do update
                           set email_verified_at = coalesce(known.email_verified_at, excluded.email_verified_at),
                               name = coalesce(known.name, excluded.name)
                        returning *""")
                .param("id", TimeOrderedIds.next())
                .param("email", email.text())
                .param("verified", verified ? now : null, Types.TIMESTAMP)
                .param("name", name, Types.VARCHAR)
                .param("now", now)
                .query((row, number) -> person(row))
                .single();
    }

    /** The person of that address, if anybody has it. */
    public Optional<Person> find(EmailAddress email) {
        return jdbc.sql("select * from person where email = ?")
                .param(email.text())
                .query((row, number) -> person(row))
                .optional();
    }

    /** The one of that id, whom there must be. */
    public Person existing(UUID person) {
        return jdbc.sql("select * from person where person_id = ?")
                .param(person)
                .query((row, number) -> person(row))
                .single();
    }

    /** An account as its member sees it among his others. */
    public record Membership(AccountId account, String name, boolean isOrganisation, MemberRole role) {}

    /** Whoever locks this person after this waits until the transaction ends. */
    public void lock(UUID person) {
        jdbc.sql("select person_id from person where person_id = ? for update")
                .param(person)
                .query(UUID.class)
                .single();
    }

    /** The accounts that a person is a member of, the one he joined first before the others. */
    public List<Membership> accountsOf(UUID person, int limit) {
        return jdbc.sql("""
                        select account_id, name, kind, role from membership join account using (account_id)
                         where person_id = ? order by joined_at, account_id limit ?""")
                .params(person, limit)
                .query((row, number) -> new Membership(
                        new AccountId(row.getString("account_id")),
                        row.getString("name"),
                        row.getString("kind").equals("ORGANISATION"),
                        MemberRole.valueOf(row.getString("role"))))
                .list();
    }

    /** False if he is one already. */
    public boolean join(AccountId account, UUID person, MemberRole role) {
        return jdbc.sql("""
                        insert into membership (account_id, person_id, role, joined_at) values (?, ?, ?, ?)
                            on conflict do nothing""")
                        .params(account.value(), person, role.name(), Timestamp.from(clock.instant()))
                        .update()
                == 1;
    }

    /** Whoever changes the members of this account after this waits until the transaction ends. */
    public void lock(AccountId account) {
        jdbc.sql("select account_id from account where account_id = ? for update")
                .param(account.value())
                .query(String.class)
                .list();
    }

    public Optional<Member> member(AccountId account, UUID person) {
        return jdbc.sql(SELECT + "where account_id = ? and person_id = ?")
                .params(account.value(), person)
                .query((row, number) -> member(row))
                .optional();
    }

    public Optional<Member> member(AccountId account, EmailAddress email) {
        return jdbc.sql(SELECT + "where account_id = ? and email = ?")
                .params(account.value(), email.text())
                .query((row, number) -> member(row))
                .optional();
    }

    /** @throws ApiError 404 if he is none */
    public Member existing(AccountId account, UUID person) {
        return member(account, person).orElseThrow(() -> ApiError.notFound("This account has no such member."));
    }

    /** An account's members after that one, in the order of their ids; from the first if it is null. */
    public List<Member> after(AccountId account, @Nullable UUID person, int limit) {
        return jdbc.sql(SELECT + """
                        where account_id = :account and (:after::uuid is null or person_id > :after)
                        order by person_id limit :limit""")
                .param("account", account.value())
                .param("after", person, Types.OTHER)
                .param("limit", limit)
                .query((row, number) -> member(row))
                .list();
    }

    public int count(AccountId account) {
        return jdbc.sql("select count(*) from membership where account_id = ?")
                .param(account.value())
                .query(Integer.class)
                .single();
    }

    int countOwners(AccountId account) {
        return jdbc.sql("select count(*) from membership where account_id = ? and role = 'OWNER'")
                .param(account.value())
                .query(Integer.class)
                .single();
    }

    void setRole(AccountId account, UUID person, MemberRole role) {
        jdbc.sql("update membership set role = ? where account_id = ? and person_id = ?")
                .params(role.name(), account.value(), person)
                .update();
    }

    /** With him goes what he invited others by and nobody accepted yet. */
    void leave(AccountId account, UUID person) {
        jdbc.sql("""
                        update invitation set status = 'REVOKED', ended_at = ?
                         where account_id = ? and inviter = ? and status = 'OPEN'""")
                .params(Timestamp.from(clock.instant()), account.value(), person)
                .update();
        jdbc.sql("delete from membership where account_id = ? and person_id = ?")
                .params(account.value(), person)
                .update();
    }
}
