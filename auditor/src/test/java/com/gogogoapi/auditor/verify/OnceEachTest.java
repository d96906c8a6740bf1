package com.gogogoapi.auditor.verify;

import static com.gogogoapi.fixtures.Requests.newRequest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import com.gogogoapi.auditor.source.SourceException;
import com.gogogoapi.evidence.log.LogRow;
import com.gogogoapi.fixtures.Prices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which of many identities came twice, when memory has room for a small part of them only. */
class OnceEachTest {

    private static final int ANSWERED = 1;
    private static final int ENDED = 2;
    private static final int CHARGED_LATE = 3;
    private static final LateTerms.Tokens TOKENS = new LateTerms.Tokens(20, 20);
    private static final LateTerms TERMS = new LateTerms("acct_1", "flash", "flash@1", Prices.FLASH, TOKENS, List.of());

    @TempDir
    private Path folder;

    private final long[] last = new long[3];

    private static LogRow row(int shard, long pos, UUID request, int step) {
        var id = new UUID(request.getMostSignificantBits(), request.getLeastSignificantBits() ^ step);
        return new LogRow(shard, pos, "acct_1", 0, id, "type", new byte[0], id, null, 0);
    }

    private long add(OnceEach all, int shard, UUID request, int step) {
        return add(all, shard, request, step, null);
    }

    private long add(OnceEach all, int shard, UUID request, int step, @Nullable LateTerms late) {
        var pos = ++last[shard];
        all.add(row(shard, pos, request, step), step, Optional.ofNullable(late));
        return pos;
    }

    /** Two parts, each many pages long and looked into in dozens of passes. */
    private OnceEach small() {
        return new OnceEach(folder, 2, 512);
    }

    private List<UUID> many(OnceEach all, int requests) {
        var ids = new ArrayList<UUID>();
        for (var i = 0; i < requests; i++) {
            var request = newRequest();
            ids.add(request);
            add(all, i % 3, request, ANSWERED);
            add(all, i % 3, request, ENDED, i % 5 == 0 ? TERMS : null);
            if (i % 5 == 0) {
                add(all, i % 3, request, CHARGED_LATE, TERMS);
            }
        }
        return ids;
    }

    @Test
    void nothingIsFoundWhereEachIsOnce() throws IOException {
        try (var all = small()) {
            many(all, 10_000);
            assertThat(all.findings()).isEmpty();
        }
        try (var left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void whatCameTwiceIsFoundAndTheFirstOfEachShardIsNamed() {
        try (var all = small()) {
            var ids = many(all, 10_000);
            var answered = add(all, 0, ids.get(9_000), ANSWERED);
            add(all, 0, ids.get(6), ANSWERED);
            var elsewhere = add(all, 1, ids.get(3), ENDED);
            var late = add(all, 2, ids.get(5), CHARGED_LATE, TERMS);
            assertThat(all.findings())
                    .extracting(Finding::shard, Finding::sequence)
                    .containsExactly(tuple(0, answered), tuple(1, elsewhere), tuple(2, late));
            assertThat(all.findings())
                    .extracting(Finding::what)
                    .satisfiesExactly(
                            what -> assertThat(what)
                                    .startsWith(
                                            "a request must be answered once, and this one was at shard 0, sequence "),
                            what -> assertThat(what)
                                    .isEqualTo("a request must end once, and this one did at shard 0, sequence 5"),
                            what -> assertThat(what).startsWith("a request must be charged late once"));
        }
    }

    @Test
    void oneIdentityManyTimesIsNoMoreThanTwice() {
        try (var all = small()) {
            var request = newRequest();
            for (var i = 0; i < 20_000; i++) {
                add(all, 0, request, ANSWERED);
            }
            assertThat(all.findings())
                    .singleElement()
                    .extracting(Finding::sequence)
                    .isEqualTo(2L);
        }
    }

    @Test
    void aLateChargeNeedsTheExpiryOfItsHoldBeforeIt() {
        try (var all = small()) {
            many(all, 1_000);
            var late = add(all, 0, newRequest(), CHARGED_LATE, TERMS);
            var after = newRequest();
            var early = add(all, 1, after, CHARGED_LATE, TERMS);
            add(all, 1, after, ENDED, TERMS);
            var released = newRequest();
            add(all, 2, released, ENDED);
            var ofReleased = add(all, 2, released, CHARGED_LATE, TERMS);
            assertThat(all.findings()).extracting(Finding::sequence).containsExactly(late, early, ofReleased);
            assertThat(all.findings())
                    .extracting(Finding::what)
                    .satisfiesExactly(
                            what -> assertThat(what).endsWith("none of its request did"),
                            what -> assertThat(what).endsWith("none of its request did"),
                            what -> assertThat(what).contains("ended otherwise"));
        }
    }

    @Test
    void aLateChargeIsAtThePricesOfItsHold() {
        try (var all = small()) {
            for (var other : List.of(
                    new LateTerms("acct_2", "flash", "flash@1", Prices.FLASH, TOKENS, List.of()),
                    new LateTerms("acct_1", "flash", "flash@2", Prices.FLASH, TOKENS, List.of()),
                    new LateTerms("acct_1", "flash", "flash@1", Prices.PRO, TOKENS, List.of()))) {
                var shard = 0;
                var request = newRequest();
                add(all, shard, request, ENDED, TERMS);
                add(all, shard, request, CHARGED_LATE, other);
            }
            assertThat(all.findings()).singleElement().satisfies(finding -> {
                assertThat(finding.sequence()).isEqualTo(2);
                assertThat(finding.what()).contains("of the account and at the prices of its hold");
            });
        }
    }

    /** In dozens of passes, each with its share of what differs. */
    @Test
    void aLateChargeIsWithinTheBoundsOfItsHold() {
        try (var all = small()) {
            many(all, 1_000);
            var request = newRequest();
            add(all, 0, request, ENDED, TERMS);
            var beyond =
                    new LateTerms("acct_1", "flash", "flash@1", Prices.FLASH, new LateTerms.Tokens(20, 22), List.of());
            var charged = add(all, 0, request, CHARGED_LATE, beyond);
            assertThat(all.findings()).singleElement().satisfies(finding -> {
                assertThat(finding.sequence()).isEqualTo(charged);
                assertThat(finding.what()).contains("within the bounds of its hold");
            });
        }
    }

    @Test
    void wordsThatRunIntoEachOtherAreOtherWords() {
        assertThat(new LateTerms("a", "b\nc", "d", Prices.FLASH, TOKENS, List.of()).text())
                .isNotEqualTo(new LateTerms("a", "b", "c\nd", Prices.FLASH, TOKENS, List.of()).text());
    }

    @Test
    void aFolderThatCannotBeWrittenSaysSo() {
        try (var all = new OnceEach(folder.resolve("missing"), 2, 512)) {
            assertThatThrownBy(() -> many(all, 10_000))
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining("must have room");
        }
    }
}
