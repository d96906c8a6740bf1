package com.gogogoapi.usage.requests;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.ledger.intake.Outcome;
import com.gogogoapi.contracts.pricing.ModelName;
import com.gogogoapi.usage.api.Parameters;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which requests are asked for; null is any.
 *
 * @param from begun then or later
 * @param to begun earlier
 * @param text a whole id of the request, its quote or its attempt, or the beginning of the request's
 */
record RequestFilter(
        @Nullable String model,
        @Nullable UUID key,
        @Nullable UUID member,
        @Nullable Outcome rule,
        @Nullable String tag,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable IdText text) {

    /** Ids from the one to the other; they are the same for a whole one. */
    record IdText(UUID first, UUID last) {

        private static final int LEAST_DIGITS = 8;
        private static final int DIGITS = 32;
        private static final int HALF = 16;

        boolean isWhole() {
            return first.equals(last);
        }

        static @Nullable IdText read(@Nullable String text) {
            if (text == null) {
                return null;
            }
            var digits = text.replace("-", "").toLowerCase(java.util.Locale.ROOT);
            if (!digits.matches("[0-9a-f]{" + LEAST_DIGITS + "," + DIGITS + "}")) {
                throw ApiError.invalidRequest(
                        "q", "q must be an id, or at least the first " + LEAST_DIGITS + " digits of a request's.");
            }
            return new IdText(
                    uuid(digits + "0".repeat(DIGITS - digits.length())),
                    uuid(digits + "f".repeat(DIGITS - digits.length())));
        }

        private static UUID uuid(String digits) {
            return new UUID(
                    Long.parseUnsignedLong(digits, 0, HALF, HALF),
                    Long.parseUnsignedLong(digits, HALF, digits.length(), HALF));
        }
    }

    /** @throws ApiError 400 that names the parameter and says what it must be */
    static RequestFilter read(
            @Nullable String model,
            @Nullable String key,
            @Nullable String member,
            @Nullable String rule,
            @Nullable String tag,
            @Nullable String from,
            @Nullable String to,
            @Nullable String text,
            ZoneId zone) {
        if (model != null && !ModelName.isValid(model)) {
            throw ApiError.invalidRequest("model", "model must be the name of a route.");
        }
        if (tag != null && (tag.isEmpty() || tag.length() > 64)) {
            throw ApiError.invalidRequest("tag", "tag must have 1 to 64 characters.");
        }
        var begin = Parameters.time("from", from, zone);
        var end = Parameters.time("to", to, zone);
        if (begin != null && end != null && !begin.isBefore(end)) {
            throw ApiError.invalidRequest("to", "to must be after from.");
        }
        return new RequestFilter(
                model,
                Parameters.keyId(key),
                Parameters.uuid("member", member),
                outcome(rule),
                tag,
                begin,
                end,
                IdText.read(text));
    }

    private static @Nullable Outcome outcome(@Nullable String rule) {
        if (rule == null) {
            return null;
        }
        return Arrays.stream(Outcome.values())
                .filter(outcome -> outcome.name().equals(rule))
                .findFirst()
                .orElseThrow(() -> ApiError.invalidRequest(
                        "rule",
                        "rule must be one of "
                                + Arrays.stream(Outcome.values())
                                        .map(Outcome::name)
                                        .collect(Collectors.joining(", "))
                                + "."));
    }

    /** The same, of one member's requests alone. */
    RequestFilter onlyOf(@Nullable UUID onlyMember) {
        if (onlyMember == null) {
            return this;
        }
        if (member != null && !member.equals(onlyMember)) {
            throw ApiError.invalidRequest("member", "member must be yourself, or left out.");
        }
        return new RequestFilter(model, key, onlyMember, rule, tag, from, to, text);
    }
}
