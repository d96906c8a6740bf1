package com.gogogoapi.evidence.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.gogogoapi.evidence.log.Sha256;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An account's state as text, the same for everybody who knows the same facts. Lines end in a line feed, the encoding is
 * UTF-8, amounts are canonical decimals, instants ISO 8601 in UTC, ids lower-case:
 *
 * <pre>
 * gogogoapi account state 2
 * account ID
 * sequence NUMBER OF THE ACCOUNT'S LAST EVENT, FROM 0
 * available USD
 * held USD
 * charged USD
 * granted USD
 * expired USD
 * revoked USD
 * grant ID USD-LEFT PRIORITY EXPIRES-AT EXPIRED-PARTS
 * hold REQUEST USD MODEL PRICE-VERSION INPUT CACHED-INPUT OUTPUT EXPIRES-AT
 * </pre>
 *
 * A line for each grant of which something is left, in the order in which they are consumed; where one never expires, it says {@code
 * never}. A line for each open hold, ordered by request. The state's hash is the text's SHA-256.
 */
public record CanonicalState(
        String account,
        long sequence,
        String available,
        String held,
        String charged,
        String granted,
        String expired,
        String revoked,
        List<Grant> grants,
        List<OpenHold> holds) {

    /** A grant of which something is left, its facts as text. */
    public record Grant(String id, String leftUsd, int priority, String expiresAt, int expiredParts) {

        /** @param expiresAt null if it never expires */
        public static Grant of(UUID id, String leftUsd, int priority, @Nullable Instant expiresAt, int expiredParts) {
            return new Grant(
                    id.toString(), leftUsd, priority, expiresAt == null ? "never" : expiresAt.toString(), expiredParts);
        }
    }

    /** An open hold, its facts as text. */
    public record OpenHold(
            String request,
            String usd,
            String model,
            String priceVersion,
            String input,
            String cachedInput,
            String output,
            String expiresAt) {}

    public String text() {
        var text = new StringBuilder(200 + 160 * holds.size() + 120 * grants.size());
        text.append("gogogoapi account state 2\n");
        line(text, "account", account);
        line(text, "sequence", Long.toString(sequence));
        line(text, "available", available);
        line(text, "held", held);
        line(text, "charged", charged);
        line(text, "granted", granted);
        line(text, "expired", expired);
        line(text, "revoked", revoked);
        grants.forEach(grant -> line(
                text,
                "grant",
                String.join(
                        " ",
                        grant.id,
                        grant.leftUsd,
                        Integer.toString(grant.priority),
                        grant.expiresAt,
                        Integer.toString(grant.expiredParts))));
        holds.stream()
                .sorted(java.util.Comparator.comparing(OpenHold::request))
                .forEach(hold -> line(
                        text,
                        "hold",
                        String.join(
                                " ",
                                hold.request,
                                hold.usd,
                                hold.model,
                                hold.priceVersion,
                                hold.input,
                                hold.cachedInput,
                                hold.output,
                                hold.expiresAt)));
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(name).append(' ').append(value).append('\n');
    }

    public byte[] hash() {
        return Sha256.of(text().getBytes(UTF_8));
    }

    public String hashHex() {
        return Sha256.hex(hash());
    }
}
