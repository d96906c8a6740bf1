package com.gogogoapi.proxy.access;

import com.gogogoapi.contracts.access.OperatorRole;
import com.gogogoapi.proxy.keys.Operator;
import java.util.Locale;

/** As whom a route can be called; {@code x-roles} of {@code docs/openapi.yaml} has the same names. */
public enum Who {
    /** Anybody, without saying who. */
    EVERYBODY,
    /** An operator who sees to accounts, keys and members. */
    SUPPORT,
    /** An operator who sees to prices. */
    PRICES,
    /** An operator who sees to money. */
    TREASURY,
    /** An operator who reads. */
    AUDITOR,
    /** The installation's operator, who names the others. */
    INSTALLATION;

    boolean isOperator() {
        return this != EVERYBODY;
    }

    /** Whether an operator is this. */
    boolean is(Operator operator) {
        return switch (this) {
            case EVERYBODY -> true;
            case SUPPORT -> operator.roles().contains(OperatorRole.SUPPORT);
            case PRICES -> operator.roles().contains(OperatorRole.PRICES);
            case TREASURY -> operator.roles().contains(OperatorRole.TREASURY);
            case AUDITOR -> operator.roles().contains(OperatorRole.AUDITOR);
            case INSTALLATION -> operator.isInstallations();
        };
    }

    /** As documents and answers name it. */
    public String written() {
        return name().toLowerCase(Locale.ROOT);
    }
}
