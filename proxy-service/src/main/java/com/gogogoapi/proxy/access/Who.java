package com.gogogoapi.proxy.access;

import com.gogogoapi.contracts.access.MemberRole;
import com.gogogoapi.contracts.access.OperatorRole;
import com.gogogoapi.proxy.keys.Caller;
import com.gogogoapi.proxy.keys.Operator;
import java.util.Locale;

/** As whom a route can be called; {@code x-roles} of {@code docs/openapi.yaml} has the same names. */
public enum Who {
    /** Anybody, without saying who. */
    EVERYBODY,
    /** The account itself: with a key that is no member's. */
    ACCOUNT,
    /** A member, with a key of his. */
    OWNER,
    ADMIN,
    BILLING,
    DEVELOPER,
    VIEWER,
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

    /** Whether a key's caller is this; who is a member of nothing any more is nobody. */
    boolean is(Caller caller) {
        return switch (this) {
            case EVERYBODY -> true;
            case ACCOUNT -> caller.member() == null;
            case OWNER -> caller.role() == MemberRole.OWNER;
            case ADMIN -> caller.role() == MemberRole.ADMIN;
            case BILLING -> caller.role() == MemberRole.BILLING;
            case DEVELOPER -> caller.role() == MemberRole.DEVELOPER;
            case VIEWER -> caller.role() == MemberRole.VIEWER;
            case SUPPORT, PRICES, TREASURY, AUDITOR, INSTALLATION -> false;
        };
    }

    /** Whether an operator is this. */
    boolean is(Operator operator) {
        return switch (this) {
            case EVERYBODY -> true;
            case ACCOUNT, OWNER, ADMIN, BILLING, DEVELOPER, VIEWER -> false;
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
