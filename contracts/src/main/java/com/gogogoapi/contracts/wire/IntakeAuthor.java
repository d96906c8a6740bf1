package com.gogogoapi.contracts.wire;

import static com.gogogoapi.contracts.wire.EventType.CREDIT_REVOCATION_REQUESTED;
import static com.gogogoapi.contracts.wire.EventType.CREDIT_TRANSFER_REQUESTED;
import static com.gogogoapi.contracts.wire.EventType.GRANT_EXPIRY_DUE;
import static com.gogogoapi.contracts.wire.EventType.GRANT_REQUESTED;
import static com.gogogoapi.contracts.wire.EventType.HOLD_EXPIRY_DUE;
import static com.gogogoapi.contracts.wire.EventType.INTAKE_AUTHENTICATION_REQUESTED;
import static com.gogogoapi.contracts.wire.EventType.INTAKE_REPLACEMENT_REQUESTED;
import static com.gogogoapi.contracts.wire.EventType.PARKED_RESUME_REQUESTED;
import static com.gogogoapi.contracts.wire.EventType.QUOTE_REQUESTED;
import static com.gogogoapi.contracts.wire.EventType.SIGNING_KEY_REVOCATION_REQUESTED;
import static com.gogogoapi.contracts.wire.EventType.SIGNING_KEY_TRUST_REQUESTED;
import static com.gogogoapi.contracts.wire.EventType.UPSTREAM_COMPLETED;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** Which service makes which records of {@code ledger-intake}; the ledger takes no other. */
public enum IntakeAuthor {
    QUOTE_SERVICE("quote-service", QUOTE_REQUESTED),
    PROXY_SERVICE(
            "proxy-service",
            UPSTREAM_COMPLETED,
            GRANT_REQUESTED,
            CREDIT_REVOCATION_REQUESTED,
            CREDIT_TRANSFER_REQUESTED,
            PARKED_RESUME_REQUESTED,
            SIGNING_KEY_TRUST_REQUESTED,
            SIGNING_KEY_REVOCATION_REQUESTED),
    /** What falls due with time, the rest of a parked account, and what its own configuration says. */
    LEDGER_SERVICE(
            "ledger-service",
            HOLD_EXPIRY_DUE,
            GRANT_EXPIRY_DUE,
            PARKED_RESUME_REQUESTED,
            INTAKE_AUTHENTICATION_REQUESTED,
            INTAKE_REPLACEMENT_REQUESTED,
            SIGNING_KEY_TRUST_REQUESTED),
    /** Orders of operators who are known by name. */
    ACCOUNT_SERVICE(
            "account-service",
            GRANT_REQUESTED,
            CREDIT_REVOCATION_REQUESTED,
            CREDIT_TRANSFER_REQUESTED,
            PARKED_RESUME_REQUESTED,
            SIGNING_KEY_TRUST_REQUESTED,
            SIGNING_KEY_REVOCATION_REQUESTED),
    /** What was paid in. */
    FUNDING_SERVICE("funding-service", GRANT_REQUESTED);

    private final String service;
    private final Set<EventType> makes;

    IntakeAuthor(String service, EventType... makes) {
        this.service = service;
        this.makes = Set.of(makes);
    }

    /** The service's name, as {@code spring.application.name} has it. */
    public String service() {
        return service;
    }

    public boolean makes(EventType type) {
        return makes.contains(type);
    }

    public static Optional<IntakeAuthor> named(String service) {
        return Arrays.stream(values())
                .filter(author -> author.service.equals(service))
                .findFirst();
    }
}
