package com.gogogoapi.contracts.access;

import java.util.Locale;

/** What a person is in an account. */
public enum MemberRole {
    /** May do everything; an account with members has one at least. */
    OWNER,
    /** As an owner, but that owners are none of his business. */
    ADMIN,
    /** Sees credit, statements and what was used. */
    BILLING,
    /** Has keys of his own and sees what he did with them. */
    DEVELOPER,
    /** Sees what there is. */
    VIEWER;

    /** Whether keys of such a member call models. */
    public boolean callsModels() {
        return switch (this) {
            case OWNER, ADMIN, DEVELOPER -> true;
            case BILLING, VIEWER -> false;
        };
    }

    /** As bodies and headers name it. */
    public String written() {
        return name().toLowerCase(Locale.ROOT);
    }
}
