package com.gogogoapi.auditor;

import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.auditor.source.PostgresSource;
import com.gogogoapi.evidence.checkpoint.Checkpoint;
import com.gogogoapi.evidence.log.Chain;
import com.gogogoapi.evidence.signing.SigningKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.DriverManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Promise 9: whoever can write the database cannot hide it. Each test spoils a copy of a log that is right. Where the
 * spoiling is consistent in itself, the same verification without the evidence that catches it finds nothing, which shows
 * that it is this evidence that catches it.
 */
@Tag("integration")
@Tag("slow")
class TamperingTest {

    private static MadeLog made;
    private static String key;
    private static String oldCheckpoints;
    private static Checkpoint first;
    private static int shard;
    private static long grantPos;

    @BeforeAll
    static void make() throws Exception {
        made = new MadeLog().live(12, 300);
        first = made.checkpoint();
        var file = MadeLog.temporaryFolder().resolve("checkpoints.jsonl");
        assertThat(Audited.run("checkpoint", "--jdbc", made.jdbcUrl(), "--out", file.toString())
                        .exit())
                .isZero();
        oldCheckpoints = file.toString();
        made.live(12, 300);
        made.checkpoint();
        key = made.keyFile();
        findAGrant();
    }

    /** A grant that is neither the first nor the last of what the first checkpoint signed. */
    private static void findAGrant() throws Exception {
        try (var source = new PostgresSource(made.jdbcUrl())) {
            for (shard = 0; shard < MadeLog.SHARDS; shard++) {
                for (var row : MadeLog.rows(source, shard)) {
                    if (row.pos() > 20
                            && row.pos() < first.of(shard).orElseThrow().last() - 10
                            && row.type().contains("CreditGranted")
                            && new String(row.payload(), StandardCharsets.UTF_8).contains("CORRECTION")) {
                        grantPos = row.pos();
                        return;
                    }
                }
            }
        }
        throw new AssertionError("no grant in the middle");
    }

    @AfterAll
    static void stop() {
        made.close();
    }

    private static Audited withTheTopic(String url) {
        return Audited.run("verify", "--jdbc", url, "--kafka", made.kafka(), "--key", key);
    }

    private static Audited alone(String url) {
        return Audited.run("verify", "--jdbc", url, "--key", key);
    }

    private static void assertFirstBad(Audited audited, long sequence) {
        assertThat(audited.exit()).as(audited.out() + audited.err()).isEqualTo(1);
        assertThat(audited.lastLine()).startsWith("FAILED: shard " + shard + ", sequence " + sequence + ":");
    }

    /** The finding may name a range, as long as it begins in the right batch and ends before the next. */
    private static void assertFirstBadWithin(Audited audited, long sequence, long most) {
        assertThat(audited.exit()).as(audited.out() + audited.err()).isEqualTo(1);
        var named = audited.lastLine().replaceAll("FAILED: shard " + shard + ", sequence ([0-9]+).*", "$1");
        assertThat(Long.parseLong(named)).as(audited.lastLine()).isBetween(sequence - most, sequence);
        var until = audited.lastLine().replaceAll(".*up to ([0-9]+)\\).*", "$1");
        if (until.matches("[0-9]+")) {
            assertThat(Long.parseLong(until)).isBetween(sequence, sequence + most);
        }
    }

    @Test
    void findsNothingInTheOriginalNorInACopy() throws Exception {
        var untouched = Audited.run(
                "verify",
                "--jdbc",
                made.spoilt(),
                "--kafka",
                made.kafka(),
                "--key",
                key,
                "--checkpoint",
                oldCheckpoints);
        assertThat(untouched.exit()).as(untouched.out() + untouched.err()).isZero();
        assertThat(untouched.lastLine()).contains(" 2 checkpoints");
    }

    @Test
    void findsOneByteChanged() throws Exception {
        // One character of who granted it: the amounts, and so the balances, are as they were.
        var url = made.spoilt("update ledger_event set payload ="
                + " set_byte(payload, position('=operator' in convert_from(payload, 'UTF8')) + 2, 88)"
                + " where shard = " + shard + " and pos = " + grantPos);
        assertFirstBad(withTheTopic(url), grantPos);
        assertFirstBadWithin(alone(url), grantPos, 20);
    }

    @Test
    void findsOneAmountChangedExactlyWithTheLogAlone() throws Exception {
        var url = made.spoilt("update ledger_event set payload = convert_to(replace(convert_from(payload, 'UTF8'),"
                + " '\"amountUsd\":\"0.02\"', '\"amountUsd\":\"0.03\"'), 'UTF8')"
                + " where shard = " + shard + " and pos = " + grantPos);
        assertFirstBad(alone(url), grantPos);
    }

    @Test
    void findsAnEventDeleted() throws Exception {
        var url = made.spoilt("delete from ledger_event where shard = " + shard + " and pos = " + grantPos);
        assertFirstBad(withTheTopic(url), grantPos);
        assertFirstBad(alone(url), grantPos);
    }

    @Test
    void findsTheLastEventsDeletedConsistently() throws Exception {
        var url = made.spoilt(
                "delete from ledger_event e using ledger_shard s where e.shard = s.shard and e.shard = " + shard
                        + " and e.pos >= (select max(first_pos) from ledger_batch where shard = " + shard + ")",
                "delete from ledger_batch where shard = " + shard
                        + " and last_pos = (select max(last_pos) from ledger_batch where shard = " + shard + ")",
                "update ledger_shard set last_pos = (select max(last_pos) from ledger_batch where shard = " + shard
                        + "), hash_head = (select hash from ledger_batch where shard = " + shard
                        + " order by last_pos desc limit 1) where shard = " + shard);
        var lastPos = lastPos(url);
        assertFirstBad(alone(url), lastPos + 1);
        assertFirstBad(withTheTopic(url), lastPos + 1);
        // Without them it is a shorter log; all that is left to tell of it is credit that arrived and now never left.
        var shorter = Audited.run("verify", "--jdbc", withoutCheckpoints(url));
        assertThat(shorter.lastLine()).as(shorter.out() + shorter.err()).matches("OK.*|FAILED.*transfer.*");
    }

    private static long lastPos(String url) throws Exception {
        try (var source = new PostgresSource(url);
                var reader = source.shard(shard)) {
            return reader.end().lastPos();
        }
    }

    private static String withoutCheckpoints(String url) throws Exception {
        MadeLog.execute(url, "delete from ledger_checkpoint");
        return url;
    }

    @Test
    void findsTwoEventsSwapped() throws Exception {
        var url = made.spoilt(
                "update ledger_event set pos = -1 where shard = " + shard + " and pos = " + grantPos,
                "update ledger_event set pos = " + grantPos + " where shard = " + shard + " and pos = "
                        + (grantPos + 1),
                "update ledger_event set pos = " + (grantPos + 1) + " where shard = " + shard + " and pos = -1");
        assertFirstBad(withTheTopic(url), grantPos);
        assertFirstBadWithin(alone(url), grantPos, 20);
    }

    @Test
    void findsAnEventInserted() throws Exception {
        var url = made.spoilt(
                "update ledger_event set pos = pos + 1000001 where shard = " + shard + " and pos >= " + grantPos,
                "update ledger_event set pos = pos - 1000000 where shard = " + shard + " and pos > 1000000",
                "insert into ledger_event select shard, " + grantPos + ", account_id, 1000000, gen_random_uuid(), type,"
                        + " payload, causation_id, trace_parent, at_millis from ledger_event where shard = " + shard
                        + " and pos = " + (grantPos + 1));
        assertFirstBad(withTheTopic(url), grantPos);
        assertFirstBad(alone(url), grantPos);
    }

    @Test
    void findsAConsistentRewriteOfTheChainByAnOlderCheckpoint() throws Exception {
        var url = made.spoilt();
        rewriteFrom(url, grantPos);
        var signedUpTo = first.of(shard).orElseThrow().last();

        // The log's own checkpoints, and likewise one kept elsewhere while the log's own were deleted.
        assertFirstBadWithin(alone(url), grantPos, signedUpTo);
        withoutCheckpoints(url);
        var byTheOldOne = Audited.run("verify", "--jdbc", url, "--key", key, "--checkpoint", oldCheckpoints);
        assertThat(byTheOldOne.exit()).isEqualTo(1);
        assertThat(byTheOldOne.err())
                .contains("shard " + shard + ", sequence 1 (or later, up to " + signedUpTo + ")")
                .contains("is not the one that the given checkpoint 1 signed");

        assertFirstBad(withTheTopic(url), grantPos);
        assertThat(Audited.run("verify", "--jdbc", url).exit())
                .as("without topic and checkpoints the rewritten chain is as good as any")
                .isZero();
    }

    /** As if links had been of one batch each up to here, so that the same events make another chain. */
    @Test
    void findsTheMarkMovedByAnOlderCheckpoint() throws Exception {
        var url = made.spoilt(
                "update ledger_shard set per_event_after = (select min(last_pos) from ledger_batch where shard = "
                        + shard + ") where shard = " + shard);
        assertFirstBadWithin(alone(url), 1, 20);
        chainAnew(url);
        withoutCheckpoints(url);
        assertThat(Audited.run("verify", "--jdbc", url).exit())
                .as("in itself the other chain is as good as any")
                .isZero();
        var byTheOldOne = Audited.run("verify", "--jdbc", url, "--key", key, "--checkpoint", oldCheckpoints);
        assertThat(byTheOldOne.exit()).isEqualTo(1);
        assertThat(byTheOldOne.err())
                .contains(
                        "the given checkpoint 1 signed that links are of one event after sequence 0, and the shard says");
    }

    @Test
    void findsCheckpointsThatSomebodyElseSigned() throws Exception {
        var url = made.spoilt();
        rewriteFrom(url, grantPos);
        withoutCheckpoints(url);
        var forger = SigningKey.parse(SigningKey.generate());
        var forged = forger.sign(first.payload());
        try (var connection = DriverManager.getConnection(url);
                var insert = connection.prepareStatement("insert into ledger_checkpoint values (1, ?, ?)")) {
            insert.setString(1, forged.payload());
            insert.setString(2, forged.signature());
            insert.executeUpdate();
        }
        var audited = alone(url);
        assertThat(audited.exit()).isEqualTo(1);
        assertThat(audited.err()).contains("checkpoint 1 is not signed by any key given");
    }

    @Test
    void findsALostCheckpointThatWasGiven() throws Exception {
        var url = withoutCheckpoints(made.spoilt());
        var audited = Audited.run("verify", "--jdbc", url, "--key", key, "--checkpoint", oldCheckpoints);
        assertThat(audited.exit()).isEqualTo(1);
        assertThat(audited.lastLine()).contains("checkpoint 1, which was given, is missing");
    }

    /** The mutant of promise 10: a charge that is a trillionth of a dollar too high, consistent in everything else. */
    @Test
    void findsAChargeThatIsNotItsTokensPrice() throws Exception {
        var url = made.spoilt();
        var charged = rewriteACharge(url);
        assertFirstBad(alone(url), charged);
        assertThat(alone(url).lastLine()).contains("must be what the tokens cost");
    }

    /** Changes who granted and makes every later link of the chain anew. */
    private static void rewriteFrom(String url, long pos) throws Exception {
        MadeLog.execute(
                url,
                "update ledger_event set payload ="
                        + " convert_to(replace(convert_from(payload, 'UTF8'), '=operator', '=accomplice'), 'UTF8')"
                        + " where shard = " + shard + " and pos = " + pos);
        chainAnew(url);
    }

    private static long rewriteACharge(String url) throws Exception {
        try (var source = new PostgresSource(url)) {
            for (var row : MadeLog.rows(source, shard)) {
                var payload = new String(row.payload(), StandardCharsets.UTF_8);
                if (row.type().contains("CreditSettled") && payload.contains("\"overrunUsd\":\"0.00\"")) {
                    MadeLog.execute(
                            url,
                            "update ledger_event set payload = convert_to(replace(convert_from(payload, 'UTF8'),"
                                    + " '\"overrunUsd\":\"0.00\"', '\"overrunUsd\":\"0.000000000001\"'), 'UTF8')"
                                    + " where shard = " + shard + " and pos = " + row.pos());
                    chainAnew(url);
                    return row.pos();
                }
            }
        }
        throw new AssertionError("no charge");
    }

    private static void chainAnew(String url) throws Exception {
        try (var source = new PostgresSource(url);
                var reader = source.shard(shard);
                var links = reader.links();
                var connection = DriverManager.getConnection(url);
                var link = connection.prepareStatement(
                        "update ledger_batch set hash = ? where shard = ? and last_pos = ?");
                var head = connection.prepareStatement("update ledger_shard set hash_head = ? where shard = ?")) {
            var chain = Chain.fromTheBeginning(reader.end().perEventAfter());
            var rows = MadeLog.rows(source, shard).iterator();
            for (var next = links.next(); next != null; next = links.next()) {
                for (var pos = next.firstPos(); pos <= next.lastPos(); pos++) {
                    chain.add(rows.next().canonicalBytes());
                }
                chain.endBatch();
                link.setBytes(1, chain.head());
                link.setInt(2, shard);
                link.setLong(3, next.lastPos());
                link.executeUpdate();
            }
            head.setBytes(1, chain.head());
            head.setInt(2, shard);
            head.executeUpdate();
        }
    }

    @Test
    void anExportCanBeAuditedWhereThereIsNoDatabase() throws Exception {
        var folder = MadeLog.temporaryFolder();
        assertThat(Audited.run("export", "--jdbc", made.jdbcUrl(), "--out", folder.toString())
                        .exit())
                .isZero();
        assertThat(Audited.run("verify", "--export", folder.toString(), "--key", key, "--checkpoint", oldCheckpoints)
                        .exit())
                .isZero();
        var file = folder.resolve("shard-0" + shard + ".jsonl");
        var lines = Files.readAllLines(file);
        lines.removeIf(line -> line.contains("\"sequence\":" + grantPos + ","));
        Files.write(file, lines);
        assertFirstBad(Audited.run("verify", "--export", folder.toString(), "--key", key), grantPos);
    }
}
