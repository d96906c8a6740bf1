package com.gogogoapi.funding.deposits;

import java.util.Locale;

/** Why an arrival is not credited, and what can be done. */
public enum RejectReason {
    UNSUPPORTED_TOKEN(
            "This token is not credited on this chain; a name tells nothing of a token, its contract does.",
            "Ask the operator, who alone can move what lies at the address, to send it back."),
    NATIVE_COIN(
            "The chain's own coin is not credited.",
            "Ask the operator, who alone can move what lies at the address, to send it back."),
    NOTHING("Nothing was transferred.", "There is nothing to do; such transfers are often made to mislead."),
    TOO_LITTLE("It is less than a trillionth of a dollar.", "There is nothing to do."),
    TOO_MUCH("It is more than an account can have.", "Ask the operator."),
    SCREENING("Whoever screens deposits for the operator rejected it.", "Ask the operator.");

    private final String explanation;
    private final String remedy;

    RejectReason(String explanation, String remedy) {
        this.explanation = explanation;
        this.remedy = remedy;
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static RejectReason of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }

    public String explanation() {
        return explanation;
    }

    public String remedy() {
        return remedy;
    }
}
