package com.gogogoapi.usage.activity;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.usage.api.Parameters;
import com.gogogoapi.usage.rollup.Rollups;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an account's use can be grouped by. */
enum Dimension {
    KEY("key_id", "key_id"),
    MEMBER("member_id", "member_id"),
    ROUTE("model", "model"),
    RULE("rule", "rule"),
    TAG("tag", "tag"),
    HOUR("hour", null),
    DAY("day", null);

    private static final int MOST = 2;

    private final String field;
    private final @Nullable String column;

    Dimension(String field, @Nullable String column) {
        this.field = field;
        this.column = column;
    }

    /** Its name in an answer. */
    String field() {
        return field;
    }

    /** Null of a time, which is no column. */
    @Nullable
    String column() {
        return column;
    }

    boolean isTime() {
        return column == null;
    }

    /** As an answer shows it; null where it is not known. */
    @Nullable
    Object shown(@Nullable Object value) {
        return switch (this) {
            case KEY -> Rollups.UNKNOWN.equals(value) || value == null ? null : Parameters.keyId((UUID) value);
            case MEMBER -> Rollups.UNKNOWN.equals(value) ? null : value;
            case TAG -> "".equals(value) ? null : value;
            case ROUTE, RULE, HOUR, DAY -> value;
        };
    }

    /**
     * One or two, separated by a comma; days where nothing is said.
     *
     * @throws ApiError 400 if it is not
     */
    static List<Dimension> read(@Nullable String text) {
        if (text == null) {
            return List.of(DAY);
        }
        var dimensions = new ArrayList<Dimension>();
        for (var name : text.split(",", -1)) {
            dimensions.add(Arrays.stream(values())
                    .filter(dimension -> dimension.word().equals(name))
                    .findFirst()
                    .orElseThrow(Dimension::unknown));
        }
        if (dimensions.size() > MOST
                || dimensions.stream().distinct().count() < dimensions.size()
                || dimensions.stream().filter(Dimension::isTime).count() > 1) {
            throw unknown();
        }
        return dimensions;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static ApiError unknown() {
        var known = Arrays.stream(values()).map(Dimension::word).collect(Collectors.joining(", "));
        return ApiError.invalidRequest(
                "group_by",
                "group_by must be one or two of " + known + ", separated by a comma, and not both hour and day.");
    }
}
