package com.gogogoapi.chassis.bodies;

import com.gogogoapi.chassis.errors.ApiError;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the fields of a small JSON object of our own. One that nobody reads is refused by name, as is one that is there
 * twice: whoever wrote it meant something by it, and would take silence for consent.
 */
public final class BodyFields {

    private static final int MAX_INSTANT_CHARS = 40;
    private static final byte[] NOTHING = {'{', '}'};

    private final JsonNode body;
    private final String within;

    private BodyFields(JsonNode body, String within) {
        this.body = body;
        this.within = within;
    }

    /**
     * Of a body.
     *
     * @param known the names of all fields that the route reads
     * @throws ApiError 400 if it is no object, or has others
     */
    public static BodyFields of(byte[] json, String... known) {
        var body = StrictJson.read(json);
        if (!body.isObject()) {
            throw ApiError.invalidRequest(null, "The body must be a JSON object.");
        }
        return checked(new BodyFields(body, ""), known);
    }

    /** Of a body that may be left out; the same as one without fields. */
    public static BodyFields ofOptional(byte @Nullable [] json, String... known) {
        return of(json == null || json.length == 0 ? NOTHING : json, known);
    }

    /** Of an object within a body; {@code name} is where it stands there. */
    public static BodyFields of(JsonNode node, String name, String... known) {
        if (!node.isObject()) {
            throw ApiError.invalidRequest(name, name + " must be an object.");
        }
        return checked(new BodyFields(node, name + "."), known);
    }

    private static BodyFields checked(BodyFields fields, String... known) {
        var names = List.of(known);
        for (var name : fields.body.propertyNames()) {
            if (!names.contains(name)) {
                var printable = fields.within + ApiError.printable(name);
                throw ApiError.invalidRequest(
                        printable,
                        printable + " must be one of the known fields: "
                                + (names.isEmpty()
                                        ? "there are none"
                                        : String.join(
                                                ", ", names.stream().sorted().toList()))
                                + ".");
            }
        }
        return fields;
    }

    /** Whether it is there, though it may be null. */
    public boolean has(String name) {
        return body.has(name);
    }

    /** Whether it is there and not null. */
    public boolean says(String name) {
        return body.hasNonNull(name);
    }

    public JsonNode node(String name) {
        return body.path(name);
    }

    /** A text of 1 to so many characters, none of them a control character. */
    public String text(String name, int maxChars) {
        var value = body.path(name);
        if (!value.isString()) {
            throw refused(name, "must be a string.");
        }
        return checkedText(within + name, value.stringValue(), maxChars);
    }

    /** The same, or null if it is not given. */
    public @Nullable String optionalText(String name, int maxChars) {
        return says(name) ? text(name, maxChars) : null;
    }

    /** A whole number within bounds, or null if it is not given. */
    public @Nullable Long optionalNumber(String name, long least, long most) {
        if (!says(name)) {
            return null;
        }
        var value = body.path(name);
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < least
                || value.longValue() > most) {
            throw refused(name, "must be a whole number from " + least + " to " + most + ".");
        }
        return value.longValue();
    }

    /** True or false, or null if it is not given. */
    public @Nullable Boolean optionalTruth(String name) {
        if (!says(name)) {
            return null;
        }
        if (!body.path(name).isBoolean()) {
            throw refused(name, "must be true or false.");
        }
        return body.path(name).booleanValue();
    }

    /** An instant with an offset, or null if it is not given. */
    public @Nullable Instant optionalInstant(String name) {
        var text = optionalText(name, MAX_INSTANT_CHARS);
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw refused(name, "must be an instant such as \"2027-01-01T00:00:00Z\".");
        }
    }

    /** The elements of a list; none if it is not given. */
    public List<JsonNode> list(String name, int most) {
        if (!says(name)) {
            return List.of();
        }
        var value = body.path(name);
        if (!value.isArray() || value.size() > most) {
            throw refused(name, "must be a list of at most " + most + ".");
        }
        return value.valueStream().toList();
    }

    /** A list of texts; empty if it is not given. */
    public List<String> texts(String name, int most, int maxChars) {
        return list(name, most).stream()
                .map(value -> {
                    if (!value.isString()) {
                        throw refused(name, "must be a list of strings.");
                    }
                    return checkedText(within + name, value.stringValue(), maxChars);
                })
                .toList();
    }

    private ApiError refused(String name, String what) {
        return ApiError.invalidRequest(within + name, within + name + " " + what);
    }

    /** A text from elsewhere, a header for example, or null. */
    public static @Nullable String checkedOrNull(String name, @Nullable String text, int maxChars) {
        return text == null ? null : checkedText(name, text, maxChars);
    }

    private static String checkedText(String name, String text, int maxChars) {
        if (text.isBlank() || text.length() > maxChars || text.chars().anyMatch(Character::isISOControl)) {
            throw ApiError.invalidRequest(
                    name, name + " must have 1 to " + maxChars + " characters, none of them a control character.");
        }
        return text;
    }
}
