package com.gogogoapi.funding.credit;

import com.gogogoapi.chassis.settings.SettingException;
import com.gogogoapi.contracts.ledger.intake.GrantRequested;
import com.gogogoapi.contracts.ledger.order.OrderSignature;
import com.gogogoapi.evidence.signing.SigningKey;
import com.gogogoapi.funding.settings.FundingProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Signs what is credited, by the key that the ledger trusts with deposits and with nothing else. */
@Component
class OrderKey {

    private final @Nullable SigningKey key;

    OrderKey(FundingProperties properties) {
        var text = properties.orderKey();
        this.key = text == null || text.isBlank() ? null : parse(text);
    }

    private static SigningKey parse(String text) {
        try {
            return SigningKey.parse(text);
        } catch (IllegalArgumentException e) {
            throw new SettingException(
                    "gogogoapi.funding.order-key must be an Ed25519 key, PRIVATE.PUBLIC in Base64: " + e.getMessage());
        }
    }

    /** Signed as of when it was asked for: the same grant, the same signature. */
    GrantRequested signed(GrantRequested grant) {
        if (key == null) {
            throw new IllegalStateException("There must be an order key where anything is credited.");
        }
        var at = grant.requestedAt();
        return grant.signed(new OrderSignature(
                key.verifyingKey().id(), at, key.sign(grant.text(at)).signature()));
    }
}
