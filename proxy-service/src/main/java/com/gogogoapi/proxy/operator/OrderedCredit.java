package com.gogogoapi.proxy.operator;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.intake.CreditIntake;
import com.gogogoapi.contracts.ledger.intake.CreditRevocationRequested;
import com.gogogoapi.contracts.ledger.intake.CreditTransferRequested;
import com.gogogoapi.contracts.ledger.intake.GrantExpiryDue;
import com.gogogoapi.contracts.ledger.intake.GrantRequested;
import com.gogogoapi.contracts.ledger.intake.HoldExpiryDue;
import com.gogogoapi.contracts.ledger.intake.QuoteRequested;
import com.gogogoapi.contracts.ledger.intake.UpstreamCompleted;
import com.gogogoapi.proxy.ProxyProperties;
import com.gogogoapi.proxy.decisions.Ledger;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Asks the ledger for what operators order, signed. */
@Component
class OrderedCredit {

    private final Ledger ledger;
    private final OrderSigner signer;
    private final ProxyProperties properties;

    OrderedCredit(Ledger ledger, OrderSigner signer, ProxyProperties properties) {
        this.ledger = ledger;
        this.signer = signer;
        this.properties = properties;
    }

    /**
     * What the ledger says to it.
     *
     * @throws ApiError 503 if it does not say so in time
     */
    LedgerEvent decided(CreditIntake intake) {
        return ledger.ask(signed(intake), properties.decisionTimeout())
                .orElseThrow(() -> ApiError.unavailable(
                        "ledger_unavailable",
                        "The ledger did not answer in time; the same reference again finds out and changes nothing."));
    }

    private CreditIntake signed(CreditIntake intake) {
        return switch (intake) {
            case GrantRequested grant -> signer.signed(grant);
            case CreditRevocationRequested revocation -> signer.signed(revocation);
            case CreditTransferRequested transfer -> signer.signed(transfer);
            case QuoteRequested quote -> throw noOrder(quote);
            case UpstreamCompleted completed -> throw noOrder(completed);
            case HoldExpiryDue due -> throw noOrder(due);
            case GrantExpiryDue due -> throw noOrder(due);
        };
    }

    /** The same order with a second operator's approval. */
    static CreditIntake approved(CreditIntake intake, String secondOperator) {
        return switch (intake) {
            case GrantRequested grant -> grant.approved(secondOperator);
            case CreditRevocationRequested revocation -> revocation.approved(secondOperator);
            case CreditTransferRequested transfer -> transfer.approved(secondOperator);
            case QuoteRequested quote -> throw noOrder(quote);
            case UpstreamCompleted completed -> throw noOrder(completed);
            case HoldExpiryDue due -> throw noOrder(due);
            case GrantExpiryDue due -> throw noOrder(due);
        };
    }

    private static IllegalArgumentException noOrder(CreditIntake intake) {
        return new IllegalArgumentException("An operator orders grants, revocations and transfers, and not " + intake);
    }

    /** What the ledger said to it before, if it was asked. */
    Optional<LedgerEvent> known(AccountId accountId, UUID requestId) {
        return ledger.knownAnswer(accountId, requestId);
    }
}
