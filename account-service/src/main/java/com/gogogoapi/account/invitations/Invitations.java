package com.gogogoapi.account.invitations;

import com.gogogoapi.account.people.EmailAddress;
import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.access.CheckedText;
import com.gogogoapi.contracts.access.MemberRole;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Invitations in PostgreSQL. */
@Repository
class Invitations {

    private static final CheckedText TOKENS = new CheckedText("in-gogogo-");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration DAY = Duration.ofDays(1);

    private final JdbcClient jdbc;
    private final Clock clock;

    Invitations(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    enum Status {
        OPEN,
        ACCEPTED,
        REVOKED
    }

    /**
     * An invitation, without its token.
     *
     * @param mailed whether the token went to the address alone
     */
    record Invitation(
            String invitationId,
            AccountId account,
            EmailAddress email,
            MemberRole role,
            boolean mailed,
            String invitedBy,
            Instant createdAt,
            Instant expiresAt,
            Status status) {

        /** As answers name it. */
        String state(Instant now) {
            return status == Status.OPEN && !now.isBefore(expiresAt)
                    ? "expired"
                    : status.name().toLowerCase(Locale.ROOT);
        }
    }

    private static Invitation invitation(ResultSet row) throws SQLException {
        return new Invitation(
                row.getString("invitation_id"),
                new AccountId(row.getString("account_id")),
                new EmailAddress(row.getString("email")),
                MemberRole.valueOf(row.getString("role")),
                row.getBoolean("mailed"),
                row.getString("invited_by"),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("expires_at").toInstant(),
                Status.valueOf(row.getString("status")));
    }

    static String newToken() {
        return TOKENS.generate(RANDOM);
    }

    /** Another one for the address, in the place of an open one. */
    Invitation add(
            AccountId account,
            EmailAddress email,
            MemberRole role,
            String token,
            boolean mailed,
            String invitedBy,
            @Nullable UUID inviter,
            Duration validFor) {
        jdbc.sql(
                        "update invitation set status = 'REVOKED', ended_at = ? where account_id = ? and email = ? and status = 'OPEN'")
                .params(now(), account.value(), email.text())
                .update();
        return jdbc.sql("""
                        insert into invitation (invitation_id, account_id, email, role, token_hash, mailed, invited_by, inviter,
                               created_at, expires_at, status)
                        values (:id, :account, :email, :role, :hash, :mailed, :by, :inviter, :now, :expires, 'OPEN')
                        returning *""")
                .param("id", "inv_" + TimeOrderedIds.next().toString().replace("-", ""))
                .param("account", account.value())
                .param("email", email.text())
                .param("role", role.name())
                .param("hash", CheckedText.sha256(token))
                .param("mailed", mailed)
                .param("by", invitedBy)
                .param("inviter", inviter, Types.OTHER)
                .param("now", now())
                .param("expires", Timestamp.from(clock.instant().plus(validFor)))
                .query((row, number) -> invitation(row))
                .single();
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }

    /** How many of an account's can be accepted now. */
    int countOpen(AccountId account) {
        return jdbc.sql("select count(*) from invitation where account_id = ? and status = 'OPEN' and expires_at > ?")
                .params(account.value(), now())
                .query(Integer.class)
                .single();
    }

    /** How many an account made within the last day. */
    int countOfDay(AccountId account) {
        return jdbc.sql("select count(*) from invitation where account_id = ? and created_at > ?")
                .params(account.value(), Timestamp.from(clock.instant().minus(DAY)))
                .query(Integer.class)
                .single();
    }

    /** An account's after that one, in the order in which they were made. */
    List<Invitation> after(AccountId account, String invitationId, int limit) {
        return jdbc.sql("""
                        select * from invitation where account_id = ? and invitation_id > ?
                         order by invitation_id limit ?""")
                .params(account.value(), invitationId, limit)
                .query((row, number) -> invitation(row))
                .list();
    }

    /** @throws ApiError 404 if the account has no such */
    Invitation existing(AccountId account, String invitationId) {
        return jdbc.sql("select * from invitation where account_id = ? and invitation_id = ?")
                .params(account.value(), invitationId)
                .query((row, number) -> invitation(row))
                .optional()
                .orElseThrow(() -> ApiError.notFound("This account has no such invitation."));
    }

    /** The one with that token. */
    Optional<Invitation> withToken(String token) {
        return TOKENS.isWhole(token)
                ? jdbc.sql("select * from invitation where token_hash = ?")
                        .param(CheckedText.sha256(token))
                        .query((row, number) -> invitation(row))
                        .optional()
                : Optional.empty();
    }

    /** False unless it is open. */
    boolean end(String invitationId, Status status) {
        return jdbc.sql("update invitation set status = ?, ended_at = ? where invitation_id = ? and status = 'OPEN'")
                        .params(status.name(), now(), invitationId)
                        .update()
                == 1;
    }
}
