package com.gogogoapi.usage.rollup;

import com.gogogoapi.contracts.money.Usd;

/** What a row adds up to; amounts in millionths of a millionth of a dollar. */
record Sums(
        long requests,
        long promptTokens,
        long cachedPromptTokens,
        long completionTokens,
        long reasoningTokens,
        long chargedPico,
        long refundedPico,
        long writtenOffPico,
        long sequence) {

    static Sums of(Use use) {
        var usage = use.usage();
        return new Sums(
                use.requests(),
                usage == null ? 0 : usage.promptTokens(),
                usage == null ? 0 : usage.cachedPromptTokens(),
                usage == null ? 0 : usage.completionTokens(),
                use.reasoningTokens(),
                pico(use.charged()),
                pico(use.refunded()),
                pico(use.writtenOff()),
                use.sequence());
    }

    /** @throws ArithmeticException beyond nine million dollars */
    private static long pico(Usd amount) {
        return amount.amount().movePointRight(Usd.MAX_DECIMALS).longValueExact();
    }

    Sums plus(Sums other) {
        return new Sums(
                requests + other.requests,
                promptTokens + other.promptTokens,
                cachedPromptTokens + other.cachedPromptTokens,
                completionTokens + other.completionTokens,
                reasoningTokens + other.reasoningTokens,
                Math.addExact(chargedPico, other.chargedPico),
                Math.addExact(refundedPico, other.refundedPico),
                Math.addExact(writtenOffPico, other.writtenOffPico),
                Math.max(sequence, other.sequence));
    }
}
