package com.gogogoapi.auditor.verify;

import com.gogogoapi.contracts.budget.BudgetScope;
import com.gogogoapi.contracts.ledger.ChargeBounds;
import com.gogogoapi.contracts.ledger.CreditSettled;
import com.gogogoapi.contracts.pricing.TokenPrices;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a late charge has in common with the hold that expired before it, and the tokens that the one allows and the other is
 * of; and for whose spending the one counted and the other counts.
 */
record LateTerms(
        String accountId,
        String model,
        String priceVersion,
        TokenPrices prices,
        Tokens tokens,
        List<BudgetScope> scopes) {

    /**
     * Of a hold the most that it allows, of a charge what it is of and whether that was cut off there: of each kind of token in
     * one number, which is not negative but where a hold has no bounds.
     */
    record Tokens(long prompt, long completion) {

        private static final Tokens WITHOUT_BOUNDS = new Tokens(-1, -1);

        static Tokens allowed(@Nullable ChargeBounds bounds) {
            return bounds == null
                    ? WITHOUT_BOUNDS
                    : new Tokens(number(bounds.promptTokens(), false), number(bounds.completionTokens(), false));
        }

        static Tokens chargedIn(CreditSettled charge) {
            var usage = charge.usage();
            var above = charge.aboveHold();
            var stated = above == null ? usage : above.statedUsage();
            return new Tokens(
                    number(usage.promptTokens(), usage.promptTokens() < stated.promptTokens()),
                    number(usage.completionTokens(), usage.completionTokens() < stated.completionTokens()));
        }

        private static long number(long tokens, boolean isCut) {
            return tokens << 1 | (isCut ? 1 : 0);
        }

        /** Whether a hold that allows so many can have led to that charge: up to its bounds, and cut at none but these. */
        boolean allow(Tokens charged) {
            return allows(prompt, charged.prompt) && allows(completion, charged.completion);
        }

        private static boolean allows(long most, long charged) {
            var isCut = (charged & 1) == 1;
            if (most < 0) {
                return !isCut;
            }
            return isCut ? charged >> 1 == most >> 1 : charged >> 1 <= most >> 1;
        }
    }

    /** All of it but the tokens; each part with its length before it, since a forger may call a model or a version anything. */
    String text() {
        return Stream.of(
                        accountId,
                        model,
                        priceVersion,
                        prices.input(),
                        prices.cachedInput(),
                        prices.output(),
                        AuditedSpending.sorted(scopes))
                .map(Object::toString)
                .map(part -> part.length() + ":" + part)
                .collect(Collectors.joining());
    }
}
