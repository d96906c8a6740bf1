package com.gogogoapi.usage.alerts;

import java.util.Arrays;
import java.util.Optional;

/** What an account can be told; its name in webhooks never changes meaning. */
public enum AlertKind {
    CREDIT_LOW("credit.low"),
    CREDIT_RECOVERED("credit.recovered"),
    UPSTREAM_FAILING("upstream.failing"),
    UPSTREAM_RECOVERED("upstream.recovered"),
    PRICE_CHANGED("price.changed"),
    BUDGET_WARNING("budget.warning"),
    BUDGET_EXHAUSTED("budget.exhausted"),
    /** A webhook of the account's was switched off. */
    WEBHOOK_DISABLED("webhook.disabled"),
    /** Asked for by the account itself, to see whether it arrives. */
    TEST("test");

    private final String wireName;

    AlertKind(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }

    public static Optional<AlertKind> named(String wireName) {
        return Arrays.stream(values())
                .filter(kind -> kind.wireName.equals(wireName))
                .findFirst();
    }
}
