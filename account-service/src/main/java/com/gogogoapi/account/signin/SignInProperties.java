package com.gogogoapi.account.signin;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Signing in ({@code gogogoapi.account.sign-in.*}); by which server links are mailed, {@code spring.mail.*} says.
 *
 * @param from the sender
 * @param publicUrl where browsers come in, which a link begins with and passkeys are for; without it a link begins with
 *     {@code /}, and there are no passkeys
 * @param mailFolder where mails are written to, and what they say to the log, where there is no server; without either, links
 *     are not sent. For one machine alone: whoever reads it can sign in
 * @param linkValidFor how long a link can be used
 * @param linksPerAddress how many links an e-mail address is sent within a quarter of an hour
 * @param linksPerNetwork how many may be asked for from one address, of IPv6 from one network of 64 bits, in that time
 * @param idleFor after how long without a request a session ends
 * @param sessionLasts after how long it ends in any case
 * @param stepUpWithin how long after its person showed who he is a session does what hands out power
 */
@ConfigurationProperties("gogogoapi.account.sign-in")
public record SignInProperties(
        @DefaultValue("gogogoapi <no-reply@localhost>") String from,
        @Nullable String publicUrl,
        @Nullable Path mailFolder,
        @DefaultValue("15m") Duration linkValidFor,
        @DefaultValue("5") int linksPerAddress,
        @DefaultValue("30") int linksPerNetwork,
        @DefaultValue("14d") Duration idleFor,
        @DefaultValue("30d") Duration sessionLasts,
        @DefaultValue("15m") Duration stepUpWithin) {

    private static final Duration LONGEST_LINK = Duration.ofHours(1);

    public SignInProperties {
        if (!linkValidFor.isPositive() || linkValidFor.compareTo(LONGEST_LINK) > 0) {
            throw new IllegalArgumentException(
                    "gogogoapi.account.sign-in.link-valid-for must be above 0 and at most 1h.");
        }
        if (linksPerAddress < 1 || linksPerNetwork < 1) {
            throw new IllegalArgumentException(
                    "gogogoapi.account.sign-in.links-per-address and links-per-network must be" + " 1 at least.");
        }
        if (!idleFor.isPositive() || sessionLasts.compareTo(idleFor) < 0) {
            throw new IllegalArgumentException("gogogoapi.account.sign-in.idle-for must be above 0, and"
                    + " gogogoapi.account.sign-in.session-lasts no less.");
        }
        if (stepUpWithin.compareTo(Duration.ofMinutes(1)) < 0) {
            throw new IllegalArgumentException("gogogoapi.account.sign-in.step-up-within must be 1m at least.");
        }
    }

    /** Where browsers come in, without a slash at its end; empty where it is not said. */
    public String publicAddress() {
        return publicUrl == null ? "" : publicUrl.trim().replaceFirst("/+$", "");
    }

    /** Its server sees the token, which opens nothing by being looked at. */
    String link(String token) {
        return publicAddress() + "/sign-in/link?token=" + token;
    }
}
