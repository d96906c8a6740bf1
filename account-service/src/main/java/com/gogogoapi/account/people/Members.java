package com.gogogoapi.account.people;

import com.gogogoapi.account.api.Asker;
import com.gogogoapi.account.keys.ApiKey;
import com.gogogoapi.account.keys.ApiKeys;
import com.gogogoapi.account.keys.Limits;
import com.gogogoapi.account.people.People.Member;
import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.access.KeyPurpose;
import com.gogogoapi.contracts.access.MemberRole;
import com.gogogoapi.contracts.identity.AccountId;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What becomes of members. An account with members has an owner at any time; and nobody's keys are left behind without anybody
 * having said what is to become of them.
 */
@Service
public class Members {

    public static final int MAX = 1_000;

    private static final Predicate<ApiKey> ALL = key -> true;
    private static final Predicate<ApiKey> CALLING = key -> key.purpose() == KeyPurpose.INFERENCE;

    private final People people;
    private final ApiKeys keys;
    private final JdbcClient jdbc;

    Members(People people, ApiKeys keys, JdbcClient jdbc) {
        this.people = people;
        this.keys = keys;
        this.jdbc = jdbc;
    }

    /**
     * What is to become of a member's keys.
     *
     * @param heir who gets those that call models; null where all are to be revoked
     */
    public record Disposal(@Nullable UUID heir) {}

    /**
     * Gives a member another role.
     *
     * @param disposal what is to become of keys that he can no longer have; null where nobody said
     */
    @Transactional
    public Member setRole(Asker asker, AccountId account, UUID member, MemberRole role, @Nullable Disposal disposal) {
        people.lock(account);
        var before = people.existing(account, member);
        requireMayTouch(asker, before.role());
        requireMayTouch(asker, role);
        if (before.role() == role) {
            return before;
        }
        requireAnotherOwner(account, before);
        if (!role.callsModels()) {
            dispose(account, member, disposal, CALLING);
        }
        people.setRole(account, member, role);
        keys.memberChanged(account, member);
        return people.existing(account, member);
    }

    /** Sets what a member may spend with all of his keys together, and how fast he may go. */
    @Transactional
    public Member limit(Asker asker, AccountId account, UUID member, Limits limits) {
        people.lock(account);
        var limited = people.existing(account, member);
        requireMayTouch(asker, limited.role());
        keys.limit(account, member, limits);
        return limited;
    }

    /** What a member may spend with all of his keys together, and how fast he may go. */
    public Limits limitsOf(AccountId account, UUID member) {
        people.existing(account, member);
        return keys.limitsOf(account, member);
    }

    /**
     * Ends a membership; everybody may end his own.
     *
     * @param disposal what is to become of his keys; null where nobody said
     */
    @Transactional
    public Member remove(Asker asker, AccountId account, UUID member, @Nullable Disposal disposal) {
        people.lock(account);
        var leaving = people.existing(account, member);
        if (!asker.is(member)) {
            requireMayTouch(asker, leaving.role());
        }
        requireAnotherOwner(account, leaving);
        dispose(account, member, disposal, ALL);
        people.leave(account, member);
        return leaving;
    }

    private static void requireMayTouch(Asker asker, MemberRole role) {
        if (!asker.mayTouch(role)) {
            throw ApiError.other(
                    403,
                    "permission_error",
                    "role_not_allowed",
                    role == MemberRole.OWNER
                            ? "Who makes, changes or removes owners must be an owner."
                            : "Who changes or removes another member must be an owner or admin.");
        }
    }

    private void requireAnotherOwner(AccountId account, Member leaving) {
        if (leaving.role() == MemberRole.OWNER && people.countOwners(account) == 1) {
            throw ApiError.conflict(
                    "last_owner", null, "The account must have an owner: make another member one first.");
        }
    }

    private void dispose(AccountId account, UUID member, @Nullable Disposal disposal, Predicate<ApiKey> which) {
        var count = keys.validOf(account, member).stream().filter(which).count();
        if (count == 0) {
            return;
        }
        if (disposal == null) {
            throw ApiError.invalidRequest(
                            "keys",
                            "keys must be \"revoke\" or \"transfer\" with to, the member who gets them: there are "
                                    + count
                                    + " valid keys of this member. Keys that manage keys are revoked in any case.")
                    .withDetail("valid_keys", count);
        }
        if (disposal.heir() != null) {
            requireHeir(account, member, disposal.heir());
        }
        keys.dispose(account, member, disposal.heir(), which);
    }

    private void requireHeir(AccountId account, UUID member, UUID heir) {
        if (heir.equals(member)
                || people.member(account, heir)
                        .filter(other -> other.role().callsModels())
                        .isEmpty()) {
            throw ApiError.invalidRequest(
                    "to", "to must be another member of the account: an owner, an admin or a developer.");
        }
    }

    /** Makes a personal account one of an organisation, in place: its id, its credit and its keys stay. */
    @Transactional
    public void becomeOrganisation(AccountId account, String name) {
        people.lock(account);
        var now = account(account);
        if (now.isOrganisation()) {
            if (!now.name().equals(name)) {
                throw ApiError.conflict(
                        "already_organisation",
                        "name",
                        "The account must be a personal one: it is " + now.name() + "'s.");
            }
            return;
        }
        jdbc.sql("update account set kind = 'ORGANISATION', name = ? where account_id = ?")
                .params(name, account.value())
                .update();
    }

    /** What an account is called, and whether it is an organisation's. */
    public record Account(String name, boolean isOrganisation) {}

    public Account account(AccountId account) {
        return jdbc.sql("select name, kind from account where account_id = ?")
                .param(account.value())
                .query((row, number) ->
                        new Account(row.getString(1), row.getString(2).equals("ORGANISATION")))
                .single();
    }
}
