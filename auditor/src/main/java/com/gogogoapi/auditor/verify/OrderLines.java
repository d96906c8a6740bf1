package com.gogogoapi.auditor.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.gogogoapi.contracts.ledger.CreditGranted;
import com.gogogoapi.contracts.ledger.CreditRevoked;
import com.gogogoapi.contracts.ledger.CreditTransferred;
import com.gogogoapi.contracts.ledger.IntakeGapAccepted;
import com.gogogoapi.contracts.ledger.ParkedAccountResumed;
import com.gogogoapi.contracts.ledger.SigningKeyRevoked;
import com.gogogoapi.contracts.ledger.SigningKeyTrusted;
import com.gogogoapi.contracts.ledger.order.OrderSignature;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What was signed, written again from the event alone by the published rule, and not by the ledger's code: the line {@code
 * gogogoapi-order-v1}, then of every field {@code name:bytes:value}, each line ended by a line feed.
 */
final class OrderLines {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private OrderLines(String kind, String account, UUID request, OrderSignature signature) {
        bytes.writeBytes("gogogoapi-order-v1\n".getBytes(UTF_8));
        line("order", kind);
        line("account", account);
        line("request", request);
        line("signed_at", signature.at());
    }

    private OrderLines line(String name, @Nullable Object value) {
        if (value != null) {
            var text = value.toString().getBytes(UTF_8);
            bytes.writeBytes((name + ":" + text.length + ":").getBytes(UTF_8));
            bytes.writeBytes(text);
            bytes.write('\n');
        }
        return this;
    }

    private String text() {
        return bytes.toString(UTF_8);
    }

    static String of(CreditGranted grant, OrderSignature signature) {
        var lines = new OrderLines("grant", grant.accountId().value(), grant.requestId(), signature)
                .line("amount_usd", grant.amountUsd())
                .line("source", grant.source().name())
                .line("reference", grant.reference())
                .line("by", grant.grantedBy());
        var correction = grant.correction();
        if (correction != null) {
            lines.line("corrects", correction.correctedEventId()).line("correction_reason", correction.reason());
        }
        Instant expiry = grant.expiresAt();
        return lines.line("priority", grant.priority())
                .line("expires_at", expiry)
                .line("reason", grant.reason())
                .line("approved_by", grant.approvedBy())
                .text();
    }

    static String of(CreditRevoked back, OrderSignature signature) {
        return new OrderLines("revocation", back.accountId().value(), back.requestId(), signature)
                .line("amount_usd", back.amountUsd())
                .line("reference", back.reference())
                .line("by", back.revokedBy())
                .line("corrects", back.correction().correctedEventId())
                .line("correction_reason", back.correction().reason())
                .line("approved_by", back.approvedBy())
                .text();
    }

    static String of(CreditTransferred transfer, OrderSignature signature) {
        return new OrderLines("transfer", transfer.accountId().value(), transfer.requestId(), signature)
                .line("transfer", transfer.transferId())
                .line("side", transfer.side().name())
                .line("counterpart", transfer.counterpart())
                .line("counterpart_request", transfer.counterpartRequestId())
                .line("amount_usd", transfer.amountUsd())
                .line("reference", transfer.reference())
                .line("by", transfer.orderedBy())
                .line("reason", transfer.reason())
                .line("approved_by", transfer.approvedBy())
                .text();
    }

    static String of(ParkedAccountResumed resumed, OrderSignature signature) {
        return new OrderLines("resume", resumed.accountId().value(), resumed.requestId(), signature)
                .line("action", resumed.action().name())
                .line("offset", resumed.offset())
                .line("by", resumed.resumedBy())
                .line("reason", resumed.reason())
                .text();
    }

    static String of(SigningKeyTrusted trusted, OrderSignature signature) {
        return new OrderLines("trust-key", trusted.accountId().value(), trusted.requestId(), signature)
                .line("name", trusted.name())
                .line("public_key", trusted.publicKey())
                .line("roles", trusted.roles().stream().map(Enum::name).collect(Collectors.joining(",")))
                .line("by", trusted.trustedBy())
                .line("reason", trusted.reason())
                .text();
    }

    static String of(SigningKeyRevoked revoked, OrderSignature signature) {
        return new OrderLines("revoke-key", revoked.accountId().value(), revoked.requestId(), signature)
                .line("key", revoked.key())
                .line("by", revoked.revokedBy())
                .line("reason", revoked.reason())
                .text();
    }

    static String of(IntakeGapAccepted gap, OrderSignature signature) {
        return new OrderLines("accept-gap", gap.accountId().value(), gap.requestId(), signature)
                .line("expected_offset", gap.expectedOffset())
                .line("by", gap.acceptedBy())
                .line("reason", gap.reason())
                .text();
    }
}
