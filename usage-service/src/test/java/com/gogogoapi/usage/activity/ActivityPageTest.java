package com.gogogoapi.usage.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.usage.activity.Activity.Group;
import com.gogogoapi.usage.api.AsOf;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A page is of whole slices, and of no more rows than are read quickly, but for a slice that has more by itself. */
class ActivityPageTest {

    private static final Instant NOW = Instant.parse("2026-06-30T00:00:00Z");
    private static final Instant FROM = Instant.parse("2026-06-01T00:00:00Z");
    private static final AsOf AS_OF = new AsOf(0, 1, NOW, false);

    private static ActivityQuery query(@Nullable String cursor) {
        return ActivityQuery.read("hour,key", "UTC", FROM.toString(), "2026-06-01T10:00:00Z", cursor, NOW);
    }

    /** So many groups in each hour. */
    private static ActivityPage page(@Nullable String cursor, int... groups) {
        return ActivityPage.of(
                query(cursor),
                (slices, most) -> {
                    var found = new ArrayList<Group>();
                    for (var slice = 0; slice < slices.size(); slice++) {
                        var hour = (int) ((slices.get(slice).from() - FROM.getEpochSecond()) / 3_600);
                        for (var i = 0; i < groups[hour] && found.size() < most; i++) {
                            found.add(group(slice, i));
                        }
                    }
                    return found;
                },
                AS_OF);
    }

    private static Group group(int slice, int key) {
        return new Group(slice, List.of(new UUID(0x7000, key)), 1, 1, 0, 1, 0, Usd.ZERO, Usd.ZERO, Usd.ZERO, 1);
    }

    private static List<Integer> rows(int... groups) {
        var rows = new ArrayList<Integer>();
        String cursor = null;
        do {
            var page = page(cursor, groups);
            rows.add(page.groups().size());
            cursor = page.nextCursor() == null ? null : page.nextCursor().toString();
        } while (cursor != null);
        return rows;
    }

    @Test
    void hasWholeSlicesUpToThreeThousandRows() {
        assertThat(rows(500, 500, 500, 500, 500, 500, 500, 500, 500, 1)).containsExactly(3_000, 1_501);
        assertThat(rows(500, 500, 500, 500, 500, 501, 500, 500, 500, 1)).containsExactly(2_500, 2_002);
        assertThat(rows(3_000, 0, 0, 0, 0, 0, 0, 0, 0, 0)).containsExactly(3_000);
        assertThat(rows(0, 0, 0, 0, 0, 0, 0, 0, 0, 0)).containsExactly(0);
    }

    @Test
    void hasASliceWithMoreByItself() {
        assertThat(rows(10_000, 1, 1, 1, 1, 1, 1, 1, 1, 3_001)).containsExactly(10_000, 8, 3_001);
    }

    @Test
    void isRefusedWhereASliceHasTooMany() {
        assertThatThrownBy(() -> page(null, 10_001, 0, 0, 0, 0, 0, 0, 0, 0, 0))
                .isInstanceOf(ApiError.class)
                .hasMessage("group_by must make at most 10000 groups; there are more in this time.");
    }
}
