package com.gogogoapi.account.invitations;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Invitations ({@code gogogoapi.account.invitations.*}); by which server they are mailed, {@code spring.mail.*} says. Without
 * one the inviter gets the link to hand over.
 *
 * @param from the sender
 * @param publicUrl where customers come in, which a link begins with; without it a link begins with {@code /}
 * @param validFor how long one can be accepted
 * @param maxOpen how many an account can have open
 * @param maxPerDay how many an account can make in 24 hours, open or not: an address must not be flooded by making and
 *     revoking them
 */
@ConfigurationProperties("gogogoapi.account.invitations")
record InvitationProperties(
        @DefaultValue("gogogoapi <no-reply@localhost>") String from,
        @Nullable String publicUrl,
        @DefaultValue("7d") Duration validFor,
        @DefaultValue("50") int maxOpen,
        @DefaultValue("200") int maxPerDay) {

    private static final Duration LONGEST = Duration.ofDays(60);

    InvitationProperties {
        if (!validFor.isPositive() || validFor.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "gogogoapi.account.invitations.valid-for must be above 0 and at most " + LONGEST.toDays() + "d.");
        }
        if (maxOpen < 1 || maxPerDay < maxOpen) {
            throw new IllegalArgumentException("gogogoapi.account.invitations.max-open must be 1 at least, and"
                    + " gogogoapi.account.invitations.max-per-day no less.");
        }
    }

    /** The token stands behind a number sign, which no server's log sees. */
    String link(String token) {
        return (publicUrl == null ? "" : publicUrl.replaceFirst("/+$", "")) + "/invitation#" + token;
    }
}
