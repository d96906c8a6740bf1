package com.gogogoapi.contracts.ledger.intake;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.messaging.InstantText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an order means, as the text that is signed. Whoever holds the order's event can write it again, in any language:
 *
 * <pre>
 * gogogoapi-order-v1
 * order:5:grant
 * account:9:acct_0193
 * amount_usd:4:5.00
 * …
 * </pre>
 *
 * The first line is the domain, so that no signature of anything else is one of an order. Of each field its name, how many
 * bytes its value has in UTF-8, and the value, which may hold whatever it likes: its length says where it ends. What an
 * order does not say has no line. Each line ends in a line feed.
 */
public final class OrderText {

    public static final String DOMAIN = "gogogoapi-order-v1";

    private final StringBuilder text = new StringBuilder(DOMAIN).append('\n');

    private OrderText(String kind, AccountId account, UUID request, Instant at) {
        field("order", kind);
        field("account", account.value());
        field("request", request.toString());
        field("signed_at", InstantText.write(at));
    }

    private OrderText field(String name, @Nullable Object value) {
        if (value != null) {
            var content = value.toString();
            var bytes = content.getBytes(StandardCharsets.UTF_8).length;
            text.append(name)
                    .append(':')
                    .append(bytes)
                    .append(':')
                    .append(content)
                    .append('\n');
        }
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }

    public static String of(GrantRequested grant, Instant at) {
        var correction = grant.correction();
        return new OrderText("grant", grant.accountId(), grant.requestId(), at)
                .field("amount_usd", grant.amountUsd())
                .field("source", grant.source())
                .field("reference", grant.reference())
                .field("by", grant.grantedBy())
                .field("corrects", correction == null ? null : correction.correctedEventId())
                .field("correction_reason", correction == null ? null : correction.reason())
                .field("priority", grant.priority())
                .field("expires_at", grant.expiresAt() == null ? null : InstantText.write(grant.expiresAt()))
                .field("reason", grant.reason())
                .field("approved_by", grant.approvedBy())
                .toString();
    }

    public static String of(CreditRevocationRequested revocation, Instant at) {
        return new OrderText("revocation", revocation.accountId(), revocation.requestId(), at)
                .field("amount_usd", revocation.amountUsd())
                .field("reference", revocation.reference())
                .field("by", revocation.revokedBy())
                .field("corrects", revocation.correction().correctedEventId())
                .field("correction_reason", revocation.correction().reason())
                .field("approved_by", revocation.approvedBy())
                .toString();
    }

    public static String of(CreditTransferRequested transfer, Instant at) {
        return new OrderText("transfer", transfer.accountId(), transfer.requestId(), at)
                .field("transfer", transfer.transferId())
                .field("side", transfer.side())
                .field("counterpart", transfer.counterpart().value())
                .field("counterpart_request", transfer.counterpartRequestId())
                .field("amount_usd", transfer.amountUsd())
                .field("reference", transfer.reference())
                .field("by", transfer.orderedBy())
                .field("reason", transfer.reason())
                .field("approved_by", transfer.approvedBy())
                .toString();
    }

    public static String of(ParkedResumeRequested resume, Instant at) {
        return new OrderText("resume", resume.accountId(), resume.requestId(), at)
                .field("action", resume.action())
                .field("offset", resume.offset())
                .field("by", resume.requestedBy())
                .field("reason", resume.reason())
                .toString();
    }

    public static String of(SigningKeyTrustRequested trust, Instant at) {
        return new OrderText("trust-key", trust.accountId(), trust.requestId(), at)
                .field("name", trust.name())
                .field("public_key", trust.publicKey())
                .field("roles", trust.roles().stream().map(Enum::name).collect(Collectors.joining(",")))
                .field("by", trust.trustedBy())
                .field("reason", trust.reason())
                .toString();
    }

    public static String of(SigningKeyRevocationRequested revocation, Instant at) {
        return new OrderText("revoke-key", revocation.accountId(), revocation.requestId(), at)
                .field("key", revocation.key())
                .field("by", revocation.revokedBy())
                .field("reason", revocation.reason())
                .toString();
    }

    /**
     * That a shard may go on behind a gap of its intake.
     *
     * @param installation the shard's {@link com.gogogoapi.contracts.identity.InstallationAccount}
     * @param requestId as {@link com.gogogoapi.contracts.ledger.IntakeGapAccepted#requestIdOf} has it
     * @param expectedOffset of the record that was to be read next
     */
    public static String ofGap(
            AccountId installation, UUID requestId, long expectedOffset, String by, String reason, Instant at) {
        return new OrderText("accept-gap", installation, requestId, at)
                .field("expected_offset", expectedOffset)
                .field("by", by)
                .field("reason", reason)
                .toString();
    }
}
