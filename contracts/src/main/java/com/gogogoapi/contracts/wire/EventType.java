package com.gogogoapi.contracts.wire;

import com.gogogoapi.contracts.access.ApiKeyPublished;
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
import com.gogogoapi.contracts.ledger.LedgerCheckpointed;
import com.gogogoapi.contracts.ledger.ParkedAccountResumed;
import com.gogogoapi.contracts.ledger.RateExceeded;
import com.gogogoapi.contracts.ledger.SigningKeyRevoked;
import com.gogogoapi.contracts.ledger.SigningKeyTrusted;
import com.gogogoapi.contracts.ledger.intake.CreditRevocationRequested;
import com.gogogoapi.contracts.ledger.intake.CreditTransferRequested;
import com.gogogoapi.contracts.ledger.intake.GrantExpiryDue;
import com.gogogoapi.contracts.ledger.intake.GrantRequested;
import com.gogogoapi.contracts.ledger.intake.HoldExpiryDue;
import com.gogogoapi.contracts.ledger.intake.IntakeAuthenticationRequested;
import com.gogogoapi.contracts.ledger.intake.IntakeReplacementRequested;
import com.gogogoapi.contracts.ledger.intake.ParkedResumeRequested;
import com.gogogoapi.contracts.ledger.intake.QuoteRequested;
import com.gogogoapi.contracts.ledger.intake.SigningKeyRevocationRequested;
import com.gogogoapi.contracts.ledger.intake.SigningKeyTrustRequested;
import com.gogogoapi.contracts.ledger.intake.UpstreamCompleted;
import com.gogogoapi.contracts.messaging.Event;
import com.gogogoapi.contracts.pricing.RouteAliasesSet;
import com.gogogoapi.contracts.pricing.RouteCostRecorded;
import com.gogogoapi.contracts.pricing.RouteLossPolicySet;
import com.gogogoapi.contracts.pricing.RoutePricePublished;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The event types and their names on the wire ({@code ce_type}). A name ends in a version and, once published, never
 * changes meaning; a change of meaning is a new version beside the old one.
 */
public enum EventType {
    QUOTE_REQUESTED("com.gogogoapi.QuoteRequested.v1", QuoteRequested.class),
    UPSTREAM_COMPLETED("com.gogogoapi.UpstreamCompleted.v1", UpstreamCompleted.class),
    GRANT_REQUESTED("com.gogogoapi.GrantRequested.v1", GrantRequested.class),
    CREDIT_REVOCATION_REQUESTED("com.gogogoapi.CreditRevocationRequested.v1", CreditRevocationRequested.class),
    CREDIT_TRANSFER_REQUESTED("com.gogogoapi.CreditTransferRequested.v1", CreditTransferRequested.class),
    HOLD_EXPIRY_DUE("com.gogogoapi.HoldExpiryDue.v1", HoldExpiryDue.class),
    GRANT_EXPIRY_DUE("com.gogogoapi.GrantExpiryDue.v1", GrantExpiryDue.class),
    PARKED_RESUME_REQUESTED("com.gogogoapi.ParkedResumeRequested.v1", ParkedResumeRequested.class),
    INTAKE_AUTHENTICATION_REQUESTED(
            "com.gogogoapi.IntakeAuthenticationRequested.v1", IntakeAuthenticationRequested.class),
    INTAKE_REPLACEMENT_REQUESTED("com.gogogoapi.IntakeReplacementRequested.v1", IntakeReplacementRequested.class),
    SIGNING_KEY_TRUST_REQUESTED("com.gogogoapi.SigningKeyTrustRequested.v1", SigningKeyTrustRequested.class),
    SIGNING_KEY_REVOCATION_REQUESTED(
            "com.gogogoapi.SigningKeyRevocationRequested.v1", SigningKeyRevocationRequested.class),
    CREDIT_GRANTED("com.gogogoapi.CreditGranted.v1", CreditGranted.class),
    CREDIT_RESERVED("com.gogogoapi.CreditReserved.v1", CreditReserved.class),
    CREDIT_REFUSED("com.gogogoapi.CreditRefused.v1", CreditRefused.class),
    CREDIT_SETTLED("com.gogogoapi.CreditSettled.v1", CreditSettled.class),
    CREDIT_RELEASED("com.gogogoapi.CreditReleased.v1", CreditReleased.class),
    CREDIT_EXPIRED("com.gogogoapi.CreditExpired.v1", CreditExpired.class),
    CREDIT_REVOKED("com.gogogoapi.CreditRevoked.v1", CreditRevoked.class),
    CREDIT_TRANSFERRED("com.gogogoapi.CreditTransferred.v1", CreditTransferred.class),
    RATE_EXCEEDED("com.gogogoapi.RateExceeded.v1", RateExceeded.class),
    PARKED_ACCOUNT_RESUMED("com.gogogoapi.ParkedAccountResumed.v1", ParkedAccountResumed.class),
    INTAKE_AUTHENTICATED("com.gogogoapi.IntakeAuthenticated.v1", IntakeAuthenticated.class),
    INTAKE_GAP_ACCEPTED("com.gogogoapi.IntakeGapAccepted.v1", IntakeGapAccepted.class),
    INTAKE_REPLACED("com.gogogoapi.IntakeReplaced.v1", IntakeReplaced.class),
    SIGNING_KEY_TRUSTED("com.gogogoapi.SigningKeyTrusted.v1", SigningKeyTrusted.class),
    SIGNING_KEY_REVOKED("com.gogogoapi.SigningKeyRevoked.v1", SigningKeyRevoked.class),
    LEDGER_CHECKPOINTED("com.gogogoapi.LedgerCheckpointed.v1", LedgerCheckpointed.class),
    ROUTE_PRICE_PUBLISHED("com.gogogoapi.RoutePricePublished.v1", RoutePricePublished.class),
    ROUTE_COST_RECORDED("com.gogogoapi.RouteCostRecorded.v1", RouteCostRecorded.class),
    ROUTE_LOSS_POLICY_SET("com.gogogoapi.RouteLossPolicySet.v1", RouteLossPolicySet.class),
    ROUTE_ALIASES_SET("com.gogogoapi.RouteAliasesSet.v1", RouteAliasesSet.class),
    API_KEY_PUBLISHED("com.gogogoapi.ApiKeyPublished.v1", ApiKeyPublished.class);

    private static final Map<String, EventType> BY_WIRE_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(EventType::wireName, Function.identity()));

    private static final Map<Class<?>, EventType> BY_CLASS =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(EventType::eventClass, Function.identity()));

    private final String wireName;
    private final Class<? extends Event> eventClass;

    EventType(String wireName, Class<? extends Event> eventClass) {
        this.wireName = wireName;
        this.eventClass = eventClass;
    }

    public String wireName() {
        return wireName;
    }

    public Class<? extends Event> eventClass() {
        return eventClass;
    }

    /** The type of that name, or empty for a type this build does not know. */
    public static Optional<EventType> named(String wireName) {
        return Optional.ofNullable(BY_WIRE_NAME.get(wireName));
    }

    public static EventType of(Event event) {
        var type = BY_CLASS.get(event.getClass());
        if (type == null) {
            throw new IllegalStateException(
                    "Every event must have an event type; " + event.getClass().getName() + " has none.");
        }
        return type;
    }
}
