package com.gogogoapi.account.invitations;

import com.gogogoapi.account.api.Asker;
import com.gogogoapi.account.invitations.Invitations.Invitation;
import com.gogogoapi.account.invitations.Invitations.Status;
import com.gogogoapi.account.people.EmailAddress;
import com.gogogoapi.account.people.Members;
import com.gogogoapi.account.people.People;
import com.gogogoapi.account.people.People.Member;
import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.access.MemberRole;
import com.gogogoapi.contracts.identity.AccountId;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Who may be invited to what, and what follows when it is accepted. */
@Service
@EnableConfigurationProperties(InvitationProperties.class)
class Inviting {

    private final Invitations invitations;
    private final InvitationMail mail;
    private final InvitationProperties properties;
    private final People people;
    private final Members members;
    private final Clock clock;

    Inviting(
            Invitations invitations,
            InvitationMail mail,
            InvitationProperties properties,
            People people,
            Members members,
            Clock clock) {
        this.invitations = invitations;
        this.mail = mail;
        this.properties = properties;
        this.people = people;
        this.members = members;
        this.clock = clock;
    }

    /** @param link to be handed over; null where it was mailed */
    record Made(Invitation invitation, @Nullable String link) {}

    /** @throws ApiError 403 for who may not, 422 if there are too many or he is a member, 503 if the mail server is away */
    @Transactional
    Made invite(Asker asker, String invitedBy, AccountId account, EmailAddress email, MemberRole role) {
        if (!asker.mayTouch(role)) {
            throw ApiError.other(403, "permission_error", "role_not_allowed", "Who invites an owner must be an owner.");
        }
        people.lock(account);
        requirePlace(account, email, role);
        var token = Invitations.newToken();
        var mailed = mail.isThere();
        var made =
                invitations.add(account, email, role, token, mailed, invitedBy, asker.member(), properties.validFor());
        if (mailed) {
            // Last of all: what is not made after all must not be mailed.
            mail.send(email.text(), members.account(account).name(), role, token);
        }
        return new Made(made, mailed ? null : properties.link(token));
    }

    private void requirePlace(AccountId account, EmailAddress email, MemberRole role) {
        if (people.member(account, email).isPresent()) {
            throw alreadyMember();
        }
        var isPersonal = !members.account(account).isOrganisation();
        if (isPersonal && (role != MemberRole.OWNER || people.count(account) > 0)) {
            throw ApiError.conflict(
                    "personal_account",
                    null,
                    "The account must be an organisation's to have more members than its owner: make it one first.");
        }
        if (invitations.countOpen(account) >= properties.maxOpen()) {
            throw ApiError.conflict(
                    "too_many_invitations",
                    null,
                    "An account must have at most " + properties.maxOpen() + " open invitations: revoke one first.");
        }
        if (invitations.countOfDay(account) >= properties.maxPerDay()) {
            throw ApiError.conflict(
                    "too_many_invitations",
                    null,
                    "An account must make at most " + properties.maxPerDay() + " invitations within 24 hours.");
        }
        requirePlaceForAMember(account);
    }

    private void requirePlaceForAMember(AccountId account) {
        if (people.count(account) >= Members.MAX) {
            throw ApiError.conflict(
                    "too_many_members", null, "An account must have at most " + Members.MAX + " members.");
        }
    }

    private static ApiError alreadyMember() {
        return ApiError.conflict("already_member", "email", "email must not be that of a member.");
    }

    /** Revokes one; again changes nothing. */
    @Transactional
    Invitation revoke(Asker asker, AccountId account, String invitationId) {
        people.lock(account);
        var invitation = invitations.existing(account, invitationId);
        if (!asker.mayTouch(invitation.role())) {
            throw ApiError.other(
                    403, "permission_error", "role_not_allowed", "Who revokes an owner's invitation must be an owner.");
        }
        if (!invitations.end(invitationId, Status.REVOKED) && invitation.status() == Status.ACCEPTED) {
            throw ApiError.conflict(
                    "invitation_accepted", null, "The invitation must be open: it was accepted, remove the member.");
        }
        return invitations.existing(account, invitationId);
    }

    /** What an accepted one made. */
    record Accepted(Invitation invitation, Member member) {}

    /**
     * Makes whoever has the token a member.
     *
     * @throws ApiError 404 for an unknown token, 422 for one that is over
     */
    @Transactional
    Accepted accept(String token, @Nullable String name) {
        var account = invitations
                .withToken(token)
                .orElseThrow(Inviting::noSuchInvitation)
                .account();
        people.lock(account);
        var invitation = invitations.withToken(token).orElseThrow(Inviting::noSuchInvitation);
        var state = invitation.state(clock.instant());
        if (!state.equals("open")) {
            throw ApiError.conflict("invitation_" + state, null, "The invitation must be open: it is " + state + ".");
        }
        requireStillTrue(invitation);
        // Who hands over a link shows nothing of whom he hands it to.
        var person = people.withEmail(invitation.email(), name, invitation.mailed());
        if (!people.join(account, person.personId(), invitation.role())) {
            throw alreadyMember();
        }
        invitations.end(invitation.invitationId(), Status.ACCEPTED);
        return new Accepted(invitation, people.existing(account, person.personId()));
    }

    private void requireStillTrue(Invitation invitation) {
        requirePlaceForAMember(invitation.account());
        if (!members.account(invitation.account()).isOrganisation() && people.count(invitation.account()) > 0) {
            throw ApiError.conflict(
                    "personal_account",
                    null,
                    "The account must be an organisation's to have more members than its owner.");
        }
    }

    private static ApiError noSuchInvitation() {
        return ApiError.notFound("There is no such invitation.");
    }
}
