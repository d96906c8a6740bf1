package com.gogogoapi.pricing.routefile;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.pricing.HolidayCalendar;
import com.gogogoapi.contracts.pricing.PriceSchedule;
import com.gogogoapi.contracts.pricing.PriceSource;
import com.gogogoapi.contracts.pricing.PriceWindow;
import com.gogogoapi.contracts.pricing.RouteLimits;
import com.gogogoapi.contracts.pricing.TokenPrices;
import com.gogogoapi.pricing.book.NewVersion;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One version of a price or cost as an operator writes it: the body of a publication, an entry of a route file. */
public final class VersionReader {

    private static final Set<String> PRICES =
            Set.of("input_usd_per_million", "cached_input_usd_per_million", "output_usd_per_million");
    private static final Set<String> VERSION = and(PRICES, "valid_from", "source", "limits", "schedule", "reason");
    private static final Set<String> WINDOW = and(PRICES, "name", "days", "from", "to", "on_holidays");

    private VersionReader() {}

    private static Set<String> and(Set<String> some, String... more) {
        var all = new TreeSet<>(some);
        all.addAll(Arrays.asList(more));
        return all;
    }

    /** @throws ApiError 400 that names what is wrong */
    public static NewVersion read(NewVersion.Kind kind, String model, String announcedBy, JsonNode json) {
        return read(kind, model, null, announcedBy, "", json);
    }

    static NewVersion read(
            NewVersion.Kind kind,
            String model,
            @Nullable RouteLimits routeLimits,
            String announcedBy,
            String path,
            JsonNode json) {
        var fields = Fields.of(path, json, VERSION);
        return new NewVersion(
                kind,
                model,
                prices(fields),
                fields.has("schedule") ? schedule(fields) : null,
                fields.has("limits") ? limits(fields) : routeLimits,
                fields.optionalInstant("valid_from"),
                source(fields),
                fields.optionalText("reason"),
                announcedBy);
    }

    private static TokenPrices prices(Fields fields) {
        var input = fields.price("input_usd_per_million");
        var cached = fields.price("cached_input_usd_per_million");
        var output = fields.price("output_usd_per_million");
        if (cached.isAbove(input)) {
            throw fields.refused("cached_input_usd_per_million", "must not be above the input price.");
        }
        return new TokenPrices(input, cached, output);
    }

    static RouteLimits limits(Fields parent) {
        var fields = nested(
                parent,
                "limits",
                Set.of("context_tokens", "max_completion_tokens", "default_max_completion_tokens", "vision"));
        return checked(
                parent,
                "limits",
                () -> new RouteLimits(
                        fields.count("context_tokens"),
                        fields.count("max_completion_tokens"),
                        fields.count("default_max_completion_tokens"),
                        fields.has("vision") && fields.flag("vision")));
    }

    private static PriceSource source(Fields parent) {
        if (!parent.has("source")) {
            throw parent.refused("source", "must be given: a price states its source, with url and retrieved_at.");
        }
        var fields = nested(parent, "source", Set.of("url", "retrieved_at", "content_sha256"));
        var url = fields.text("url");
        if (!isWebAddress(url)) {
            throw fields.refused("url", "must be an http(s) address.");
        }
        return checked(
                parent,
                "source",
                () -> new PriceSource(url, fields.instant("retrieved_at"), fields.optionalText("content_sha256")));
    }

    private static boolean isWebAddress(String url) {
        try {
            var uri = URI.create(url);
            return ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme())) && uri.getHost() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static PriceSchedule schedule(Fields parent) {
        var fields = nested(parent, "schedule", Set.of("zone", "calendar", "windows"));
        var zone = fields.parsed("zone", ZoneId::of, "a time zone such as Europe/Berlin or UTC");
        var calendar = fields.has("calendar") ? calendar(fields) : null;
        var windows = fields.list("windows", PriceSchedule.MAX_WINDOWS, VersionReader::window);
        return checked(parent, "schedule", () -> new PriceSchedule(zone, calendar, windows));
    }

    private static HolidayCalendar calendar(Fields parent) {
        var fields = nested(parent, "calendar", Set.of("name", "holidays"));
        var days = new TreeSet<>(fields.list(
                "holidays",
                HolidayCalendar.MAX_HOLIDAYS,
                (path, day) -> element(path, day, LocalDate::parse, "a date such as 2026-10-01")));
        return checked(parent, "calendar", () -> new HolidayCalendar(fields.text("name"), days));
    }

    private static PriceWindow window(String path, JsonNode json) {
        var fields = Fields.of(path, json, WINDOW);
        var days = fields.list(
                "days",
                7,
                (at, day) -> element(
                        at,
                        day,
                        text -> DayOfWeek.valueOf(text.toUpperCase(Locale.ROOT)),
                        "a day of the week such as monday"));
        if (days.isEmpty()) {
            throw fields.refused("days", "must name at least one day.");
        }
        var onHolidays = fields.has("on_holidays")
                ? fields.parsed(
                        "on_holidays",
                        text -> PriceWindow.OnHolidays.valueOf(text.toUpperCase(Locale.ROOT)),
                        "one of as_usual, never, only")
                : PriceWindow.OnHolidays.AS_USUAL;
        return checked(
                fields,
                "name",
                () -> new PriceWindow(
                        fields.text("name"),
                        EnumSet.copyOf(days),
                        fields.parsed("from", LocalTime::parse, "a time of day such as 09:00"),
                        fields.parsed("to", LocalTime::parse, "a time of day such as 18:00"),
                        onHolidays,
                        prices(fields)));
    }

    private static <T> T element(String path, JsonNode value, Function<String, T> reader, String form) {
        try {
            return reader.apply(value.asString(""));
        } catch (IllegalArgumentException | java.time.DateTimeException e) {
            var at = ApiError.printable(path);
            throw ApiError.invalidRequest(at, at + " must be " + form + ".");
        }
    }

    private static Fields nested(Fields parent, String name, Set<String> known) {
        return Fields.of(parent.path() + name, parent.node(name), known);
    }

    /** Says of what the contracts' own checks refuse where it was written. */
    private static <T> T checked(Fields fields, String name, Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw fields.refusedBecause(name, String.valueOf(e.getMessage()));
        }
    }
}
