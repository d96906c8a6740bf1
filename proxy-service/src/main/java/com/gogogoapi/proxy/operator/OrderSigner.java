package com.gogogoapi.proxy.operator;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.IntakeGapAccepted;
import com.gogogoapi.contracts.ledger.intake.CreditRevocationRequested;
import com.gogogoapi.contracts.ledger.intake.CreditTransferRequested;
import com.gogogoapi.contracts.ledger.intake.GrantRequested;
import com.gogogoapi.contracts.ledger.intake.OrderText;
import com.gogogoapi.contracts.ledger.intake.ParkedResumeRequested;
import com.gogogoapi.contracts.ledger.intake.SigningKeyRevocationRequested;
import com.gogogoapi.contracts.ledger.intake.SigningKeyTrustRequested;
import com.gogogoapi.contracts.ledger.order.OrderSignature;
import com.gogogoapi.evidence.signing.SigningKey;
import com.gogogoapi.proxy.OperatorProperties;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/**
 * Signs what operators order, by the installation's one operator key. Who of them it was is in the order's text; once operators
 * are known by name and have keys of their own, it is here that theirs are chosen.
 */
@Component
class OrderSigner {

    private final SigningKey key;
    private final Clock clock;

    OrderSigner(OperatorProperties properties, Clock clock) {
        this.key = properties.signingKey();
        this.clock = clock;
    }

    GrantRequested signed(GrantRequested grant) {
        return grant.signed(signature(grant::text));
    }

    CreditRevocationRequested signed(CreditRevocationRequested revocation) {
        return revocation.signed(signature(revocation::text));
    }

    CreditTransferRequested signed(CreditTransferRequested transfer) {
        return transfer.signed(signature(transfer::text));
    }

    ParkedResumeRequested signed(ParkedResumeRequested resume) {
        return resume.signed(signature(resume::text));
    }

    SigningKeyTrustRequested signed(SigningKeyTrustRequested trust) {
        return trust.signed(signature(trust::text));
    }

    SigningKeyRevocationRequested signed(SigningKeyRevocationRequested revocation) {
        return revocation.signed(signature(revocation::text));
    }

    /** That a shard may go on behind a gap of its intake. */
    OrderSignature ofGap(AccountId installation, long expectedOffset, String by, String reason) {
        return signature(at -> OrderText.ofGap(
                installation,
                IntakeGapAccepted.requestIdOf(installation, expectedOffset, at),
                expectedOffset,
                by,
                reason,
                at));
    }

    private OrderSignature signature(Function<Instant, String> text) {
        var at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var signed = key.sign(text.apply(at));
        return new OrderSignature(key.verifyingKey().id(), at, signed.signature());
    }
}
