package com.gogogoapi.auditor.verify;

import static com.gogogoapi.auditor.verify.Discrepancy.require;

import com.gogogoapi.contracts.ledger.CreditExpired;
import com.gogogoapi.contracts.ledger.CreditGranted;
import com.gogogoapi.contracts.ledger.CreditRefused;
import com.gogogoapi.contracts.ledger.CreditReleased;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.CreditRevoked;
import com.gogogoapi.contracts.ledger.CreditSettled;
import com.gogogoapi.contracts.ledger.CreditTransferred;
import com.gogogoapi.contracts.ledger.IntakeAuthenticated;
import com.gogogoapi.contracts.ledger.IntakeGapAccepted;
import com.gogogoapi.contracts.ledger.IntakeReplaced;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.ParkedAccountResumed;
import com.gogogoapi.contracts.ledger.SigningKeyRevoked;
import com.gogogoapi.contracts.ledger.SigningKeyTrusted;
import com.gogogoapi.contracts.ledger.order.OrderSignature;
import com.gogogoapi.contracts.ledger.order.SigningRole;
import com.gogogoapi.evidence.signing.SignedText;
import com.gogogoapi.evidence.signing.VerifyingKey;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Of one shard, that everything in its log that creates, takes or skips money was ordered by a key that was trusted there at
 * that place of the log, and says what was signed. What stands before the event that the intake is authenticated from then on
 * was decided before orders were signed; there, and nowhere else, an order has no signature.
 */
final class SignedOrders {

    private final List<VerifyingKey> roots;
    private final Map<String, Trusted> keys = new HashMap<>();
    private final Map<String, Long> signedBy = new TreeMap<>();
    private boolean authenticated;
    private long unsigned;

    private static final class Trusted {

        private final String name;
        private final VerifyingKey key;
        private final Set<SigningRole> roles;
        private boolean revoked;

        Trusted(String name, VerifyingKey key, Set<SigningRole> roles) {
            this.name = name;
            this.key = key;
            this.roles = roles;
        }
    }

    /** @param roots keys that may be trusted by the ledger's own word; if there are none, any may */
    SignedOrders(List<VerifyingKey> roots) {
        this.roots = roots;
    }

    void check(LedgerEvent event) throws Discrepancy {
        switch (event) {
            case CreditGranted grant -> {
                var role =
                        switch (grant.source()) {
                            case OPERATOR_GRANT, CORRECTION -> SigningRole.OPERATOR;
                            case STABLECOIN_DEPOSIT -> SigningRole.FUNDING;
                        };
                order("the grant", grant.signature(), role, signature -> OrderLines.of(grant, signature));
            }
            case CreditRevoked back ->
                order(
                        "the revocation",
                        back.signature(),
                        SigningRole.OPERATOR,
                        signature -> OrderLines.of(back, signature));
            case CreditTransferred transfer ->
                order(
                        "the transfer",
                        transfer.signature(),
                        SigningRole.OPERATOR,
                        signature -> OrderLines.of(transfer, signature));
            case ParkedAccountResumed resumed ->
                order(
                        "the " + resumed.action().name().toLowerCase(Locale.ROOT) + " of a parked record",
                        resumed.signature(),
                        SigningRole.OPERATOR,
                        signature -> OrderLines.of(resumed, signature));
            case IntakeGapAccepted gap ->
                order(
                        "the acceptance of a gap",
                        gap.signature(),
                        SigningRole.OPERATOR,
                        signature -> OrderLines.of(gap, signature));
            case SigningKeyTrusted trusted -> trusted(trusted);
            case SigningKeyRevoked revoked -> revoked(revoked);
            case IntakeAuthenticated mark -> {
                require(!authenticated, "a shard's intake must begin to be authenticated once, and begins again");
                authenticated = true;
            }
            case IntakeReplaced replaced -> {
                // By the ledger's configuration: it says who and why, and moves nothing.
            }
            case CreditReserved reserved -> {}
            case CreditRefused refused -> {}
            case CreditSettled settled -> {}
            case CreditReleased released -> {}
            case CreditExpired expired -> {}
        }
    }

    @FunctionalInterface
    private interface Text {
        String signed(OrderSignature signature);
    }

    private void order(String what, @Nullable OrderSignature signature, SigningRole role, Text text)
            throws Discrepancy {
        if (!authenticated) {
            require(
                    signature == null,
                    what + " is signed before its shard's intake was authenticated, where no signature was checked");
            unsigned++;
            return;
        }
        if (signature == null) {
            throw new Discrepancy(what + " must be signed, and is not");
        }
        signed(what, signature, role, text);
    }

    private void signed(String what, OrderSignature signature, SigningRole role, Text text) throws Discrepancy {
        var by = keys.get(signature.key());
        if (by == null) {
            throw new Discrepancy(
                    what + " must be signed by a key that is trusted there, and is by " + signature.key());
        }
        require(
                !by.revoked,
                what + " is signed by the key of " + by.name + ", " + signature.key() + ", which was revoked before");
        require(
                by.roles.contains(role),
                what + " must be signed by a key with the role " + role + ", and is by that of " + by.name + " with "
                        + by.roles);
        require(
                by.key.verifies(new SignedText(text.signed(signature), signature.value())),
                what + " is not what the key of " + by.name + ", " + signature.key() + ", signed");
        signedBy.merge(by.name + " (" + signature.key() + ")", 1L, Long::sum);
    }

    private void trusted(SigningKeyTrusted trusted) throws Discrepancy {
        var key = keyOf(trusted);
        require(!keys.containsKey(key.id()), "the key " + key.id() + " was trusted or revoked before");
        var signature = trusted.signature();
        if (signature == null) {
            require(
                    roots.isEmpty() || roots.stream().anyMatch(root -> root.id().equals(key.id())),
                    "the key " + key.id() + " of " + trusted.name()
                            + " is trusted by the ledger's own word, and is none of those given");
        } else {
            signed("the trust in a key", signature, SigningRole.KEYS, by -> OrderLines.of(trusted, by));
        }
        keys.put(key.id(), new Trusted(trusted.name(), key, Set.copyOf(trusted.roles())));
    }

    private static VerifyingKey keyOf(SigningKeyTrusted trusted) throws Discrepancy {
        try {
            return VerifyingKey.parse(trusted.publicKey());
        } catch (IllegalArgumentException e) {
            throw new Discrepancy("what is trusted is no key: " + e.getMessage());
        }
    }

    private void revoked(SigningKeyRevoked revoked) throws Discrepancy {
        signed("the revocation of a key", revoked.signature(), SigningRole.KEYS, by -> OrderLines.of(revoked, by));
        var key = keys.get(revoked.key());
        if (key == null || key.revoked) {
            throw new Discrepancy("the key " + revoked.key() + " is revoked and was not trusted");
        }
        key.revoked = true;
    }

    /** How many orders each key signed. */
    Map<String, Long> signedBy() {
        return signedBy;
    }

    /** How many orders are from before they were signed. */
    long unsigned() {
        return unsigned;
    }
}
