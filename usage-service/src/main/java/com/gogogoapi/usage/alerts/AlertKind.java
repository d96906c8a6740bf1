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
    DEPOSIT_SEEN("deposit.seen"),
    /** What was seen is gone again. */
    DEPOSIT_ORPHANED("deposit.orphaned"),
    DEPOSIT_CREDITED("deposit.credited"),
    DEPOSIT_REJECTED("deposit.rejected"),
    /** A token that is not credited arrived. Anybody can send any number of them: told where it is asked for by name. */
    DEPOSIT_UNSUPPORTED("deposit.unsupported"),
    /** Asked for by the account itself, to see whether it arrives. */
    TEST("test");

    private final String wireName;

    AlertKind(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }

    /** Whether it is about a deposit, which others decide how many there are of. */
    public boolean isOfDeposit() {
        return switch (this) {
            case DEPOSIT_SEEN, DEPOSIT_ORPHANED, DEPOSIT_CREDITED, DEPOSIT_REJECTED, DEPOSIT_UNSUPPORTED -> true;
            case CREDIT_LOW,
                    CREDIT_RECOVERED,
                    UPSTREAM_FAILING,
                    UPSTREAM_RECOVERED,
                    PRICE_CHANGED,
                    BUDGET_WARNING,
                    BUDGET_EXHAUSTED,
                    WEBHOOK_DISABLED,
                    TEST -> false;
        };
    }

    /** Whether it is told only to whom asked for it by name. */
    public boolean isOnlyByName() {
        return this == DEPOSIT_UNSUPPORTED;
    }

    public static Optional<AlertKind> named(String wireName) {
        return Arrays.stream(values())
                .filter(kind -> kind.wireName.equals(wireName))
                .findFirst();
    }
}
