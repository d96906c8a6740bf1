package com.gogogoapi.ledger.histories;

import static com.gogogoapi.ledger.account.Fixtures.ACCOUNT;
import static com.gogogoapi.ledger.account.Fixtures.NOON;
import static com.gogogoapi.ledger.account.Fixtures.completed;
import static com.gogogoapi.ledger.account.Fixtures.expiry;
import static com.gogogoapi.ledger.account.Fixtures.failed;
import static com.gogogoapi.ledger.account.Fixtures.grant;
import static com.gogogoapi.ledger.account.Fixtures.grantExpiry;
import static com.gogogoapi.ledger.account.Fixtures.quote;
import static com.gogogoapi.ledger.account.Fixtures.revocation;
import static com.gogogoapi.ledger.account.Fixtures.usage;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.intake.CreditIntake;
import com.gogogoapi.contracts.ledger.intake.GrantRequested;
import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.contracts.version.BuildVersion;
import com.gogogoapi.contracts.wire.EventType;
import com.gogogoapi.ledger.account.AccountState;
import com.gogogoapi.ledger.account.CreditDecisions;
import com.gogogoapi.ledger.account.Decision;
import com.gogogoapi.ledger.account.EventIds;
import com.gogogoapi.ledger.account.HoldPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes the histories of the version that is being built: {@code main}, run in this module's folder, makes the folder of
 * that version, which must not be there yet.
 */
final class HistoryWriter {

    private static final HoldPolicy POLICY = new HoldPolicy(Duration.ofMinutes(15), 3);

    private final List<String> lines = new ArrayList<>();
    private final List<LedgerEvent> events = new ArrayList<>();
    private AccountState state = AccountState.NEW;
    private int requests;

    private HistoryWriter() {}

    public static void main(String[] arguments) throws IOException {
        write(Files.createDirectory(
                GoldenHistoriesTest.FOLDER.resolve(BuildVersion.release().toString())));
    }

    /** @param folder there, and empty */
    static void write(Path folder) throws IOException {
        aLifeOfEverything().writeTo(folder.resolve("a-life-of-everything.history"));
        grantsOfAllPriorities().writeTo(folder.resolve("grants-burn-in-turn.history"));
        grantsThatExpire().writeTo(folder.resolve("grants-expire.history"));
        creditTakenBack().writeTo(folder.resolve("credit-is-taken-back.history"));
        manyRequests().writeTo(folder.resolve("more-requests-than-are-remembered.history"));
        Files.write(
                folder.resolve("kinds"),
                Arrays.stream(EventType.values())
                        .filter(type -> LedgerEvent.class.isAssignableFrom(type.eventClass()))
                        .map(EventType::wireName)
                        .toList());
    }

    private static HistoryWriter aLifeOfEverything() {
        var life = new HistoryWriter();
        life.happens(quote(life.request(), 1_000), NOON);
        life.happens(grant("0.001", "opening"), NOON);
        var settled = life.request();
        life.happens(quote(settled, 1_000), NOON);
        life.happens(completed(settled, usage(0, 0, 600)), NOON.plusSeconds(5));
        var overrun = life.request();
        life.happens(quote(overrun, 2_900), NOON);
        life.happens(completed(overrun, usage(0, 0, 9_000)), NOON.plusSeconds(6));
        life.happens(grant("1.00", "second"), NOON.plusSeconds(7));
        var free = life.request();
        life.happens(quote(free, 10), NOON);
        life.happens(failed(free), NOON.plusSeconds(8));
        var late = life.request();
        life.happens(quote(late, 10_000), NOON);
        life.happens(expiry(late), NOON.plus(POLICY.lifetime()));
        life.happens(
                completed(late, usage(1_000, 200, 5_000)),
                NOON.plus(POLICY.lifetime()).plusSeconds(60));
        life.happens(quote(life.request(), 1), NOON.plusSeconds(3_600));
        for (var open = 0; open < 4; open++) {
            life.happens(quote(life.request(), 100 + open), NOON);
        }
        return life;
    }

    /** Every request costs more than the first grant has, so that charges burn several. */
    private static HistoryWriter grantsOfAllPriorities() {
        var life = new HistoryWriter();
        for (var round = 0; round < 20; round++) {
            for (var priority : new Integer[] {null, 500, 0, 100}) {
                life.happens(grantOf(priority, "round " + round + " of priority " + priority), NOON);
            }
            var request = life.request();
            life.happens(quote(request, 4_000), NOON);
            life.happens(completed(request, usage(0, 0, 3_000)), NOON.plusSeconds(round));
        }
        return life;
    }

    /** Some expire whole, some in parts since a hold was open, and some are burned before they could. */
    private static HistoryWriter grantsThatExpire() {
        var life = new HistoryWriter();
        life.happens(grant("0.0005", "paid"), NOON);
        for (var round = 0; round < 10; round++) {
            var at = NOON.plusSeconds(100L * round);
            var over = at.plusSeconds(50);
            var burned = "burned in round " + round;
            var late = "late in round " + round;
            life.happens(grant("0.0003", burned, 0, over), at);
            life.happens(grant("0.0006", late, null, over), at);
            var charged = life.request();
            life.happens(quote(ACCOUNT, charged, 0, 2_000, at.plusSeconds(30)), at);
            life.happens(completed(charged, usage(0, 0, 1_500)), at.plusSeconds(5));
            var held = life.request();
            life.happens(quote(ACCOUNT, held, 0, 2_500, at.plusSeconds(70)), at.plusSeconds(40));
            life.happens(grantExpiry(burned, over), over);
            life.happens(grantExpiry(late, over), over);
            life.happens(completed(held, usage(0, 0, round % 2 == 0 ? 0 : 300)), over.plusSeconds(5));
            life.happens(grantExpiry(late, over), over.plusSeconds(10));
        }
        return life;
    }

    /** Of corrected grants that are still whole, in part burned, or gone; and more than there is. */
    private static HistoryWriter creditTakenBack() {
        var life = new HistoryWriter();
        for (var round = 0; round < 10; round++) {
            var wrong = "wrong in round " + round;
            life.happens(grant("0.0004", "right in round " + round, 0, null), NOON);
            life.happens(grant("0.0006", wrong), NOON);
            var request = life.request();
            life.happens(quote(request, 2_000), NOON);
            life.happens(completed(request, usage(0, 0, round * 300)), NOON.plusSeconds(round));
            var event = EventIds.ofRequest(GrantRequested.requestIdOf(ACCOUNT, wrong))
                    .getFirst();
            for (var amount : new String[] {"0.0001", "0.0003", "0.0009"}) {
                life.happens(revocation(amount, amount + " of round " + round, event), NOON.plusSeconds(round));
            }
        }
        return life;
    }

    private static GrantRequested grantOf(@Nullable Integer priority, String reference) {
        return grant("0.0003", reference, priority, null);
    }

    private static HistoryWriter manyRequests() {
        var life = new HistoryWriter();
        life.happens(grant("1.00", "opening"), NOON);
        for (var i = 0; i < 300; i++) {
            var request = life.request();
            life.happens(quote(request, 100 + i), NOON);
            life.happens(completed(request, usage(0, 0, i)), NOON.plusSeconds(i));
        }
        return life;
    }

    /** Time-ordered, and the same whenever this is run. */
    private UUID request() {
        return new UUID((NOON.plusMillis(requests).toEpochMilli() << 16) | 0x7000L, 1L << 63 | requests++);
    }

    private void happens(CreditIntake intake, Instant at) {
        var history = events.stream()
                .filter(event -> event.requestId().equals(intake.requestId()))
                .toList();
        if (CreditDecisions.decide(state, intake, at, POLICY, history)
                instanceof Decision.NewEvent(LedgerEvent event)) {
            events.add(event);
            state = state.evolve(event);
            lines.add(EventType.of(event).wireName() + " " + new String(EventJson.write(event), UTF_8));
        }
    }

    private void writeTo(Path file) throws IOException {
        lines.add("balance " + new String(EventJson.mapper().writeValueAsBytes(state.balance()), UTF_8));
        Files.write(file, lines);
    }
}
