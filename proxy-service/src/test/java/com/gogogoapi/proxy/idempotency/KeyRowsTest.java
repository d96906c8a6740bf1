package com.gogogoapi.proxy.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import com.gogogoapi.embedded.Infrastructure;
import com.gogogoapi.proxy.idempotency.KeyRow.State;
import com.gogogoapi.proxy.idempotency.KeyRow.Verdict;
import com.gogogoapi.proxy.idempotency.KeyRows.Claim;
import com.gogogoapi.proxy.idempotency.KeyRows.TooManyKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Keys on a real database: claimed by one, kept within bounds, removed once they expire. */
@Tag("integration")
class KeyRowsTest {

    private static final byte[] THIS = {1};
    private static final byte[] OTHER = {2};
    private static final UUID REQUEST = new UUID(7, 1);
    private static final UUID SHOWN = new UUID(7, 2);
    private static final int MOST_KEYS = 3;
    private static final int MOST_BYTES = 100;

    private static DataSource source;
    private static JdbcTemplate jdbc;

    private final AccountId account =
            new AccountId("acct_" + TimeOrderedIds.next().toString().replace("-", ""));
    private final KeyRows rows = rows(Duration.ofMinutes(10));
    private final ExpiredKeys expired = new ExpiredKeys(source, new DataSourceTransactionManager(source));

    @BeforeAll
    static void migrate() {
        var database = Infrastructure.shared().newDatabase("idempotency");
        source = new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password());
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/proxy-service")
                .load()
                .migrate();
        jdbc = new JdbcTemplate(source);
    }

    private static KeyRows rows(Duration lease) {
        return new KeyRows(
                source,
                new DataSourceTransactionManager(source),
                new IdempotencyProperties(Duration.ofDays(1), 1_000, MOST_BYTES, MOST_KEYS, lease));
    }

    private IdempotencyKey key(String text) {
        return new IdempotencyKey(account, text);
    }

    private Optional<Claim> tryClaim(IdempotencyKey key) throws TooManyKeys {
        return rows.claim(key, rows.find(key).row(), THIS, 5, 0);
    }

    private Claim claim(String text) throws TooManyKeys {
        return tryClaim(key(text)).orElseThrow();
    }

    private KeyRow row(String text) {
        return rows.find(key(text)).row();
    }

    private static KeptAnswer answer(int bytes) {
        return new KeptAnswer(200, Map.of("x-cost-usd", "0.01", "Content-Type", "a/b"), new byte[bytes]);
    }

    private void expire(String text) {
        jdbc.update(
                "update idempotency_key set expires_at = now(), owned_until = least(owned_until, now())"
                        + " where account_id = ? and owner is null",
                account.value());
        assertThat(row(text).isExpired()).isTrue();
    }

    private Map<String, Object> counted() {
        return jdbc.queryForMap("select keys, bytes from idempotency_account where account_id = ?", account.value());
    }

    private void assertCounted(int keys, long bytes) {
        assertThat(counted()).isEqualTo(Map.of("keys", keys, "bytes", bytes));
    }

    @Test
    void ofManyAtOnceOneClaims() throws Exception {
        var key = key("k");
        var nothing = rows.find(key).row();
        assertThat(claimsOf(key, nothing)).isOne();
        assertCounted(1, 0);

        rows.free(new Claim(key, owner()));
        assertThat(claimsOf(key, row("k")))
                .as("and of those who take what ended free")
                .isOne();
        assertCounted(1, 0);
    }

    private UUID owner() {
        return jdbc.queryForObject(
                "select owner from idempotency_key where account_id = ?", UUID.class, account.value());
    }

    private long claimsOf(IdempotencyKey key, KeyRow found) throws Exception {
        try (var threads = Executors.newFixedThreadPool(8)) {
            Callable<Boolean> claiming =
                    () -> rows.claim(key, found, THIS, 5, 1).isPresent();
            return threads
                    .invokeAll(IntStream.range(0, 8).mapToObj(i -> claiming).toList())
                    .stream()
                    .filter(Future::resultNow)
                    .count();
        }
    }

    @Test
    void itGoesFromItsClaimToItsAnswer() throws Exception {
        var claim = claim("k");
        assertThat(row("k"))
                .returns(State.RUNNING, KeyRow::state)
                .returns(true, KeyRow::isOwned)
                .returns(0, KeyRow::attempt);
        assertThat(rows.attempts(claim, 5, 2)).isTrue();
        assertThat(rows.sent(claim, REQUEST, SHOWN)).isTrue();
        assertThat(row("k")).returns(State.SENT, KeyRow::state).returns(2, KeyRow::attempt);
        assertThat(rows.answered(claim, answer(40))).isTrue();
        assertThat(KeyRow.verdict(row("k"), THIS)).isInstanceOfSatisfying(Verdict.Replay.class, replay -> {
            assertThat(replay.shownId()).isEqualTo(SHOWN);
            assertThat(replay.answer().status()).isEqualTo(200);
            assertThat(replay.answer().headers()).isEqualTo(answer(0).headers());
            assertThat(replay.answer().gzipped()).isEqualTo(new byte[40]);
        });
        assertCounted(1, 40);
    }

    @Test
    void onlyItsOwnerChangesIt() throws Exception {
        var first = claim("k");
        rows.abandon(first);
        assertThat(KeyRow.verdict(row("k"), OTHER)).isEqualTo(new Verdict.Mismatch());
        var second = claim("k");
        assertThat(rows.sent(first, REQUEST, SHOWN))
                .as("whoever was taken for dead sends nothing")
                .isFalse();
        assertThat(rows.answered(first, answer(1))).isFalse();
        rows.free(first);
        assertThat(rows.sent(second, REQUEST, SHOWN)).isTrue();
        assertCounted(1, 0);
    }

    @Test
    void aLeaseRunsOutUnlessItIsRenewed() throws Exception {
        var claim = claim("k");
        jdbc.update("update idempotency_key set owned_until = now() where account_id = ?", account.value());
        assertThat(KeyRow.verdict(row("k"), THIS)).isEqualTo(new Verdict.Run());
        rows.renew(List.of(claim.owner()));
        assertThat(KeyRow.verdict(row("k"), THIS)).isEqualTo(new Verdict.Wait());
    }

    @Test
    void anAccountHasSoManyKeysInUse() throws Exception {
        for (var i = 0; i < MOST_KEYS; i++) {
            rows.free(claim("k" + i));
        }
        assertThatThrownBy(() -> claim("one more")).isInstanceOf(TooManyKeys.class);
        assertThat(row("one more")).isNull();
        assertCounted(MOST_KEYS, 0);
        claim("k1");
    }

    @Test
    void andSoManyBytesOfAnswers() throws Exception {
        var first = claim("first");
        rows.sent(first, REQUEST, SHOWN);
        assertThat(rows.answered(first, answer(MOST_BYTES))).isTrue();
        var second = claim("second");
        rows.sent(second, REQUEST, SHOWN);
        assertThat(rows.answered(second, answer(1))).isFalse();
        rows.answeredUnkept(second, SHOWN, null);
        assertThat(KeyRow.verdict(row("second"), THIS)).isEqualTo(new Verdict.NotKept(SHOWN));
        assertCounted(2, MOST_BYTES);
    }

    @Test
    void anExpiredKeyGivesBackWhatItTookWhenItIsUsedAnew() throws Exception {
        var claim = claim("k");
        rows.sent(claim, REQUEST, SHOWN);
        rows.answered(claim, answer(40));
        expire("k");
        assertThat(KeyRow.verdict(row("k"), OTHER)).isEqualTo(new Verdict.Run());
        assertThat(rows.claim(key("k"), row("k"), OTHER, 6, 0)).isPresent();
        assertThat(row("k")).returns(false, KeyRow::isExpired).returns(null, KeyRow::answer);
        assertThat(KeyRow.verdict(row("k"), THIS)).isEqualTo(new Verdict.Mismatch());
        assertCounted(1, 0);
    }

    @Test
    void whatHasExpiredIsRemovedInBatchesAndWhatRunsIsNot() throws Exception {
        for (var i = 0; i < MOST_KEYS - 1; i++) {
            var claim = claim("k" + i);
            rows.sent(claim, REQUEST, SHOWN);
            rows.answered(claim, answer(10));
        }
        claim("runs");
        expire("k0");
        jdbc.update("update idempotency_key set expires_at = now() where account_id = ?", account.value());
        assertThat(expired.remove(1)).isOne();
        assertCounted(MOST_KEYS - 1, 10);
        assertThat(expired.remove(10)).isEqualTo(MOST_KEYS - 2);
        assertThat(expired.remove(10)).isZero();
        assertThat(row("runs").state()).isEqualTo(State.RUNNING);
        assertCounted(1, 0);
    }

    @Test
    void itCanBeToldWhenItExpires() throws Exception {
        var claim = claim("k");
        var at = Instant.now().plusSeconds(3_600);
        rows.answeredUnkept(claim, SHOWN, at);
        assertThat(jdbc.queryForObject(
                        "select floor(extract(epoch from expires_at))::bigint from idempotency_key where account_id = ?",
                        Long.class,
                        account.value()))
                .isEqualTo(at.getEpochSecond());
    }
}
