package com.gogogoapi.usage.activity;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.usage.activity.Activity.Group;
import com.gogogoapi.usage.api.AsOf;
import com.gogogoapi.usage.api.Csv;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One page of an answer: whole slices, so that no group is torn apart.
 *
 * @param nextCursor where the next page begins; null on the last one
 */
record ActivityPage(
        ActivityQuery query,
        List<Slice> slices,
        List<Group> groups,
        @Nullable Long nextCursor,
        AsOf asOf) {

    /** Of one slice; more are refused. */
    private static final int MOST_GROUPS = 10_000;

    /** Of several slices: what is read and written in a tenth of a second. */
    private static final int USUAL_GROUPS = 3_000;

    private static final List<String> SUMS = List.of(
            "requests",
            "prompt_tokens",
            "cached_prompt_tokens",
            "completion_tokens",
            "reasoning_tokens",
            "charged_usd",
            "refunded_usd",
            "written_off_usd",
            "sequence");

    /** Finds groups of slices, slice by slice; at most so many. */
    interface Finding {
        List<Group> groups(List<Slice> slices, int most);
    }

    static ActivityPage of(ActivityQuery query, Finding finding, AsOf asOf) {
        var slices = query.slices();
        var found = finding.groups(slices, USUAL_GROUPS + 1);
        if (found.size() > USUAL_GROUPS && found.getLast().slice() == 0) {
            var first = slices.subList(0, 1);
            return of(query, first, finding.groups(first, MOST_GROUPS + 1), MOST_GROUPS, asOf);
        }
        return of(query, slices, found, USUAL_GROUPS, asOf);
    }

    /** @param found up to one more than a page has room for */
    private static ActivityPage of(ActivityQuery query, List<Slice> slices, List<Group> found, int room, AsOf asOf) {
        if (found.size() <= room) {
            var end = slices.getLast().to();
            return new ActivityPage(query, slices, found, end < query.to() ? end : null, asOf);
        }
        // The slice of the one too many may have more: it begins the next page.
        var torn = found.getLast().slice();
        if (torn == 0) {
            throw ApiError.invalidRequest(
                    "group_by", "group_by must make at most " + MOST_GROUPS + " groups; there are more in this time.");
        }
        var whole = found.stream().filter(group -> group.slice() < torn).toList();
        return new ActivityPage(query, slices, whole, slices.get(torn).from(), asOf);
    }

    Map<String, Object> json() {
        var answer = new LinkedHashMap<String, Object>();
        answer.put("object", "activity");
        answer.put("group_by", query.dimensions().stream().map(Dimension::word).toList());
        answer.put("zone", query.zone().getId());
        answer.put("from", Instant.ofEpochSecond(query.from()));
        answer.put("to", Instant.ofEpochSecond(query.to()));
        answer.put("data", groups.stream().map(this::row).toList());
        if (nextCursor != null) {
            answer.put("next_cursor", nextCursor.toString());
        }
        answer.put("as_of", asOf);
        return answer;
    }

    private Map<String, @Nullable Object> row(Group group) {
        var row = new LinkedHashMap<String, @Nullable Object>();
        var names = header();
        var values = values(group);
        for (var i = 0; i < names.size(); i++) {
            row.put(names.get(i), values.get(i));
        }
        return row;
    }

    String csv() {
        return Csv.of(header(), groups.stream().map(this::values).toList());
    }

    private List<String> header() {
        var names = new ArrayList<>(
                query.dimensions().stream().map(Dimension::field).toList());
        names.addAll(SUMS);
        return names;
    }

    private List<@Nullable Object> values(Group group) {
        var values = new ArrayList<@Nullable Object>();
        var next = group.values().iterator();
        for (var dimension : query.dimensions()) {
            values.add(dimension.isTime() ? slices.get(group.slice()).label() : dimension.shown(next.next()));
        }
        values.add(group.requests());
        values.add(group.promptTokens());
        values.add(group.cachedPromptTokens());
        values.add(group.completionTokens());
        values.add(group.reasoningTokens());
        values.add(group.charged());
        values.add(group.refunded());
        values.add(group.writtenOff());
        values.add(group.sequence());
        return values;
    }
}
