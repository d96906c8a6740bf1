package com.gogogoapi.account.api;

import com.gogogoapi.account.keys.ApiKey;
import com.gogogoapi.account.keys.KeySettings;
import com.gogogoapi.chassis.bodies.BodyFields;
import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.access.AddressRange;
import com.gogogoapi.contracts.access.KeyPolicy;
import com.gogogoapi.contracts.access.KeyPurpose;
import com.gogogoapi.contracts.access.KeyStatus;
import com.gogogoapi.contracts.pricing.ModelName;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Keys in bodies and answers. */
final class KeyFields {

    /** How far ahead a key can expire: ten years. */
    static final Duration LONGEST_LIFE = Duration.ofDays(3_653);

    static final String LABEL = "label";
    static final String PURPOSE = "purpose";
    static final String MEMBER = "member";
    static final String EXPIRES_AT = "expires_at";
    static final String ROUTES = "allowed_routes";
    static final String ADDRESSES = "allowed_addresses";
    static final String TAGS = "tags";
    static final String DISABLED = "disabled";

    private static final int MAX_PURPOSE_CHARS = 20;
    private static final int MAX_RANGE_CHARS = 50;

    private KeyFields() {}

    static BodyFields ofNew(byte[] json) {
        return BodyFields.of(
                json,
                LABEL,
                PURPOSE,
                MEMBER,
                EXPIRES_AT,
                ROUTES,
                ADDRESSES,
                LimitFields.BUDGETS,
                LimitFields.RATES,
                TAGS);
    }

    static BodyFields ofChange(byte[] json) {
        return BodyFields.of(
                json, LABEL, DISABLED, EXPIRES_AT, ROUTES, ADDRESSES, LimitFields.BUDGETS, LimitFields.RATES, TAGS);
    }

    static KeyPurpose purpose(BodyFields body) {
        var text = body.optionalText(PURPOSE, MAX_PURPOSE_CHARS);
        if (text == null || text.equals("inference")) {
            return KeyPurpose.INFERENCE;
        }
        if (text.equals("management")) {
            return KeyPurpose.MANAGEMENT;
        }
        throw ApiError.invalidRequest(PURPOSE, "purpose must be inference or management.");
    }

    /** A new key's; all but the label may be left out. */
    static KeySettings settings(BodyFields body, Instant now) {
        return changed(body, KeySettings.labelled(body.text(LABEL, KeySettings.MAX_LABEL_CHARS)), now);
    }

    /** What the body says is changed, to nothing where it says null. */
    static KeySettings changed(BodyFields body, KeySettings before, Instant now) {
        return new KeySettings(
                body.has(LABEL) ? body.text(LABEL, KeySettings.MAX_LABEL_CHARS) : before.label(),
                body.has(EXPIRES_AT) ? expiry(body, now) : before.expiresAt(),
                body.has(ROUTES)
                        ? each(
                                body,
                                ROUTES,
                                KeyPolicy.MAX_ROUTES,
                                ModelName.MAX_CHARS,
                                name -> checked(name, ModelName.isValid(name), ModelName.FORM))
                        : before.routes(),
                body.has(ADDRESSES)
                        ? each(body, ADDRESSES, KeyPolicy.MAX_ADDRESS_RANGES, MAX_RANGE_CHARS, AddressRange::parse)
                        : before.addressRanges(),
                body.has(TAGS)
                        ? each(
                                body,
                                TAGS,
                                KeyPolicy.MAX_TAGS,
                                KeyPolicy.MAX_TAG_CHARS,
                                tag -> checked(tag, KeyPolicy.isTag(tag), KeyPolicy.TAG_FORM))
                        : before.tags(),
                LimitFields.changed(body, before.limits()));
    }

    private static @Nullable Instant expiry(BodyFields body, Instant now) {
        var at = body.optionalInstant(EXPIRES_AT);
        if (at != null && (!at.isAfter(now) || at.isAfter(now.plus(LONGEST_LIFE)))) {
            throw ApiError.invalidRequest(EXPIRES_AT, "expires_at must be in the future, at most ten years ahead.");
        }
        return at == null ? null : at.truncatedTo(ChronoUnit.MICROS);
    }

    private static <T> List<T> each(BodyFields body, String name, int most, int maxChars, Function<String, T> reading) {
        var texts = body.texts(name, most, maxChars);
        try {
            var values = texts.stream().map(reading).toList();
            if (new HashSet<>(values).size() == values.size()) {
                return values;
            }
        } catch (IllegalArgumentException e) {
            throw ApiError.invalidRequest(name, name + ": " + e.getMessage());
        }
        throw ApiError.invalidRequest(name, name + " must all be different.");
    }

    private static String checked(String text, boolean isRight, String form) {
        if (!isRight) {
            throw new IllegalArgumentException("Each must be " + form + ".");
        }
        return text;
    }

    /** A key as it can be shown again, without itself. */
    static Map<String, Object> written(ApiKey key, Instant now) {
        var line = new LinkedHashMap<String, Object>();
        var settings = key.settings();
        line.put("key_id", key.keyId());
        line.put("account_id", key.account().value());
        line.put(LABEL, settings.label());
        line.put(PURPOSE, key.purpose().name().toLowerCase(Locale.ROOT));
        line.put("status", status(key, now));
        line.put("last_four", key.lastFour());
        line.put("created_at", key.createdAt());
        putIfThere(line, "created_by", key.createdBy());
        putIfThere(line, EXPIRES_AT, settings.expiresAt());
        putIfThere(line, "revoked_at", key.revokedAt());
        putIfThere(line, "replaced_by", key.replacedBy());
        putIfThere(line, "last_used_at", key.lastUsedAt());
        line.put(ROUTES, settings.routes());
        line.put(
                ADDRESSES,
                settings.addressRanges().stream().map(AddressRange::toString).toList());
        line.put(TAGS, settings.tags());
        line.putAll(LimitFields.written(settings.limits()));
        return line;
    }

    private static void putIfThere(Map<String, Object> line, String name, @Nullable Object value) {
        if (value != null) {
            line.put(name, value);
        }
    }

    private static String status(ApiKey key, Instant now) {
        var expires = key.settings().expiresAt();
        var isExpired = key.status() != KeyStatus.REVOKED && expires != null && !now.isBefore(expires);
        return isExpired ? "expired" : key.status().name().toLowerCase(Locale.ROOT);
    }
}
