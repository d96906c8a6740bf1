package com.gogogoapi.evidence.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.gogogoapi.contracts.budget.BudgetScope;
import com.gogogoapi.contracts.budget.BudgetWindow;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.evidence.log.Sha256;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An account's state as text, the same for everybody who knows the same facts. Lines end in a line feed, the encoding is
 * UTF-8, amounts are canonical decimals, instants ISO 8601 in UTC, ids lower-case:
 *
 * <pre>
 * gogogoapi account state 3
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
 * spent KIND SCOPE WINDOW SINCE USD-SPENT USD-HELD
 * </pre>
 *
 * A line for each grant of which something is left, in the order in which they are consumed; where one never expires, it says {@code
 * never}. A line for each open hold, ordered by request. A line for each window, of those that the latest hold was decided in, of which
 * a key, a member or the account has spent or holds something, ordered by kind, scope and window; where there is none, the first line
 * says 2 and the text is that of the versions before 0.6. The state's hash is the text's SHA-256.
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
        List<OpenHold> holds,
        List<Spent> spending) {

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

    /** What one scope takes of one window, its facts as text. */
    public record Spent(BudgetScope scope, BudgetWindow window, Instant since, String spentUsd, String heldUsd) {

        private static final String NOTHING = Usd.ZERO.toString();

        private static final Comparator<Spent> ORDER = Comparator.comparing(
                        (Spent one) -> one.scope.kind().name())
                .thenComparing(one -> one.scope.id().toString())
                .thenComparing(Spent::window);

        boolean isNothing() {
            return spentUsd.equals(NOTHING) && heldUsd.equals(NOTHING);
        }

        private String line() {
            return String.join(
                    " ",
                    scope.kind().name(),
                    scope.id().toString(),
                    window.name(),
                    since.toString(),
                    spentUsd,
                    heldUsd);
        }
    }

    /** Windows of which nothing is taken are left out. */
    public CanonicalState {
        spending = spending.stream()
                .filter(one -> !one.isNothing())
                .sorted(Spent.ORDER)
                .toList();
    }

    public String text() {
        var text = new StringBuilder(200 + 160 * holds.size() + 120 * grants.size() + 110 * spending.size());
        text.append("gogogoapi account state ")
                .append(spending.isEmpty() ? 2 : 3)
                .append('\n');
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
                .sorted(Comparator.comparing(OpenHold::request))
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
        spending.forEach(one -> line(text, "spent", one.line()));
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
