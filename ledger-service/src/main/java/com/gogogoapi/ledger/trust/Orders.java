package com.gogogoapi.ledger.trust;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.intake.CreditRevocationRequested;
import com.gogogoapi.contracts.ledger.intake.CreditTransferRequested;
import com.gogogoapi.contracts.ledger.intake.GrantExpiryDue;
import com.gogogoapi.contracts.ledger.intake.GrantRequested;
import com.gogogoapi.contracts.ledger.intake.GrantSource;
import com.gogogoapi.contracts.ledger.intake.HoldExpiryDue;
import com.gogogoapi.contracts.ledger.intake.InstallationIntake;
import com.gogogoapi.contracts.ledger.intake.IntakeAuthenticationRequested;
import com.gogogoapi.contracts.ledger.intake.IntakeReplacementRequested;
import com.gogogoapi.contracts.ledger.intake.LedgerIntake;
import com.gogogoapi.contracts.ledger.intake.OrderText;
import com.gogogoapi.contracts.ledger.intake.ParkedResumeRequested;
import com.gogogoapi.contracts.ledger.intake.QuoteRequested;
import com.gogogoapi.contracts.ledger.intake.SigningKeyRevocationRequested;
import com.gogogoapi.contracts.ledger.intake.SigningKeyTrustRequested;
import com.gogogoapi.contracts.ledger.intake.UpstreamCompleted;
import com.gogogoapi.contracts.ledger.order.OrderSignature;
import com.gogogoapi.contracts.ledger.order.SigningRole;
import com.gogogoapi.contracts.wire.IntakeAuthor;
import com.gogogoapi.evidence.signing.SignedText;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which of what is asked creates, takes or skips money, and whether it is signed by whom it must be. */
public final class Orders {

    private Orders() {}

    /**
     * What is wrong with an order; null for one that is right, and for what needs no signature.
     *
     * @param author who made the record; null where that is not known
     */
    static @Nullable String fault(LedgerIntake asked, @Nullable IntakeAuthor author, ShardTrust trust) {
        var ofLedger = author == IntakeAuthor.LEDGER_SERVICE;
        return switch (asked) {
            case GrantRequested grant -> fault(grant.signature(), roleFor(grant.source()), grant::text, trust);
            case CreditRevocationRequested revocation ->
                fault(revocation.signature(), SigningRole.OPERATOR, revocation::text, trust);
            case CreditTransferRequested transfer ->
                fault(transfer.signature(), SigningRole.OPERATOR, transfer::text, trust);
            // What is left of an order that was obeyed before.
            case ParkedResumeRequested rest
            when ofLedger && rest.action() == ParkedResumeRequested.Action.RETRY -> null;
            case ParkedResumeRequested resume -> fault(resume.signature(), SigningRole.OPERATOR, resume::text, trust);
            // Named by the ledger's own configuration.
            case SigningKeyTrustRequested named when ofLedger -> null;
            case SigningKeyTrustRequested key -> fault(key.signature(), SigningRole.KEYS, key::text, trust);
            case SigningKeyRevocationRequested key -> fault(key.signature(), SigningRole.KEYS, key::text, trust);
            case IntakeAuthenticationRequested due -> null;
            case IntakeReplacementRequested due -> null;
            case QuoteRequested quote -> null;
            case UpstreamCompleted completed -> null;
            case HoldExpiryDue due -> null;
            case GrantExpiryDue due -> null;
        };
    }

    private static SigningRole roleFor(GrantSource source) {
        return switch (source) {
            case OPERATOR_GRANT, CORRECTION -> SigningRole.OPERATOR;
            case STABLECOIN_DEPOSIT -> SigningRole.FUNDING;
        };
    }

    /**
     * What is wrong with the acceptance of a gap; null if nothing is.
     *
     * @param requestId as {@link com.gogogoapi.contracts.ledger.IntakeGapAccepted} has it
     */
    public static @Nullable String faultOfGap(
            AccountId installation,
            UUID requestId,
            long expectedOffset,
            String by,
            String reason,
            @Nullable OrderSignature signature,
            ShardTrust trust) {
        return fault(
                signature,
                SigningRole.OPERATOR,
                at -> OrderText.ofGap(installation, requestId, expectedOffset, by, reason, at),
                trust);
    }

    private static @Nullable String fault(
            @Nullable OrderSignature signature, SigningRole role, Function<Instant, String> text, ShardTrust trust) {
        if (signature == null) {
            return "It must be signed.";
        }
        var key = trust.trusted(signature.key());
        if (key == null) {
            return "It must be signed by a trusted key; " + signature.key() + " is none.";
        }
        if (!key.roles().contains(role)) {
            return "It must be signed by a key with the role " + role + "; " + key.name() + " has " + key.roles() + ".";
        }
        return key.key().verifies(new SignedText(text.apply(signature.at()), signature.value()))
                ? null
                : "It must be what " + key.name() + " signed.";
    }

    /** Without its signature: nobody can check one that came before its key was known. */
    static LedgerIntake unsigned(LedgerIntake asked) {
        // What concerns the installation itself is always checked.
        return switch (asked) {
            case GrantRequested grant -> grant.signature() == null ? grant : grant.signed(null);
            case CreditRevocationRequested revocation ->
                revocation.signature() == null ? revocation : revocation.signed(null);
            case CreditTransferRequested transfer -> transfer.signature() == null ? transfer : transfer.signed(null);
            case ParkedResumeRequested resume -> resume.signature() == null ? resume : resume.signed(null);
            case InstallationIntake installation -> asked;
            case QuoteRequested quote -> asked;
            case UpstreamCompleted completed -> asked;
            case HoldExpiryDue due -> asked;
            case GrantExpiryDue due -> asked;
        };
    }
}
