package com.gogogoapi.pricing.wording;

import com.gogogoapi.contracts.pricing.HolidayCalendar;
import com.gogogoapi.contracts.pricing.PriceSchedule;
import com.gogogoapi.contracts.pricing.PriceVersion;
import com.gogogoapi.contracts.pricing.PriceWindow;
import com.gogogoapi.contracts.pricing.TokenPrices;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A version's hours and their prices as a person would say them. */
public final class ScheduleWords {

    private ScheduleWords() {}

    /**
     * Prices and when they apply.
     *
     * @param name as people read it: {@code Peak}
     * @param when a phrase without a full stop: {@code Monday to Friday, 09:00–12:00 and 14:00–18:00 …}
     */
    public record Tariff(String name, String when, TokenPrices prices) {}

    private record Group(String name, Set<DayOfWeek> days, PriceWindow.OnHolidays onHolidays, TokenPrices prices) {}

    /** The windows in their order, windows that differ only in their hours as one, and what applies at all other times. */
    public static List<Tariff> of(PriceVersion version) {
        var schedule = version.schedule();
        if (schedule == null) {
            return List.of(new Tariff("At all times", "every day, all day", version.prices()));
        }
        var groups = new LinkedHashMap<Group, List<String>>();
        for (var window : schedule.windows()) {
            groups.computeIfAbsent(
                            new Group(window.name(), window.days(), window.onHolidays(), window.prices()),
                            group -> new ArrayList<>())
                    .add(hours(window));
        }
        var tariffs = new ArrayList<Tariff>();
        groups.forEach((group, hours) -> tariffs.add(new Tariff(
                name(group.name()),
                days(group.days()) + ", " + joined(hours) + " " + zone(schedule) + holidays(group, schedule.calendar()),
                group.prices())));
        tariffs.add(new Tariff(otherwise(schedule), "at all other times", version.prices()));
        return tariffs;
    }

    /** The name of what applies at an instant. */
    public static String name(PriceVersion version, @Nullable String window) {
        if (window != null) {
            return name(window);
        }
        var schedule = version.schedule();
        return schedule == null ? "At all times" : otherwise(schedule);
    }

    private static String name(String window) {
        return window.substring(0, 1).toUpperCase(Locale.ROOT) + window.substring(1);
    }

    private static String otherwise(PriceSchedule schedule) {
        return schedule.windows().stream().allMatch(window -> window.name().equals("peak")) ? "Off-peak" : "Otherwise";
    }

    private static String hours(PriceWindow window) {
        if (window.from().equals(window.to())) {
            return window.from().equals(LocalTime.MIDNIGHT)
                    ? "all day"
                    : window.from() + " to the same time of the next day";
        }
        if (window.to().equals(LocalTime.MIDNIGHT)) {
            return window.from() + "–24:00";
        }
        return window.from() + "–" + window.to() + (window.to().isBefore(window.from()) ? " of the next day" : "");
    }

    private static String days(Set<DayOfWeek> days) {
        if (days.size() == DayOfWeek.values().length) {
            return "every day";
        }
        var ordered = List.copyOf(days); // in the order of the week
        var isRange = days.size() > 2
                && ordered.getLast().getValue() - ordered.getFirst().getValue() == days.size() - 1;
        if (isRange) {
            return name(ordered.getFirst()) + " to " + name(ordered.getLast());
        }
        return joined(ordered.stream().map(ScheduleWords::name).toList());
    }

    private static String name(DayOfWeek day) {
        return day.getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    }

    private static String zone(PriceSchedule schedule) {
        var id = schedule.zone().getId();
        return id.equals("UTC") || id.equals("Z") ? "UTC" : "on the clocks of " + place(id);
    }

    private static String place(String zone) {
        return zone.substring(zone.lastIndexOf('/') + 1).replace('_', ' ') + " (" + zone + ")";
    }

    private static String holidays(Group group, @Nullable HolidayCalendar calendar) {
        if (calendar == null) {
            return "";
        }
        return switch (group.onHolidays()) {
            case AS_USUAL -> "";
            case NEVER -> ", but not on holidays (" + calendar.name() + ")";
            case ONLY -> ", on holidays only (" + calendar.name() + ")";
        };
    }

    private static String joined(List<String> parts) {
        return parts.size() < 2
                ? String.join("", parts)
                : String.join(", ", parts.subList(0, parts.size() - 1)) + " and " + parts.getLast();
    }
}
