package com.gogogoapi.auditor.verify;

import static com.gogogoapi.fixtures.Grants.aTransferOf;
import static com.gogogoapi.fixtures.Grants.consumed;
import static com.gogogoapi.fixtures.Requests.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.auditor.source.Shards;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.CreditGranted;
import com.gogogoapi.contracts.ledger.CreditTransferred;
import com.gogogoapi.contracts.ledger.GrantConsumed;
import com.gogogoapi.contracts.ledger.intake.CreditTransferRequested;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Transfers in two shards, as somebody writes them who has the database and does all else right. */
class WrongTransfersTest {

    private static final AccountId FROM = accountOf(0, 0);
    private static final AccountId TO = accountOf(1, 0);
    private static final AccountId ANOTHER = accountOf(1, 1);

    /** So that the ends of a transfer are in two shards. */
    private static AccountId accountOf(int shard, int number) {
        return IntStream.range(0, 1_000)
                .mapToObj(id -> "acct_" + id)
                .filter(id -> Shards.of(id, ForgedLog.SHARDS) == shard)
                .skip(number)
                .map(AccountId::new)
                .findFirst()
                .orElseThrow();
    }

    private static CreditTransferRequested transfer(String usd) {
        return aTransferOf(FROM, TO, usd, "merged", NOON);
    }

    private static CreditGranted opened(ForgedLog log) {
        return log.grant(FROM, "5.00", "opening", NOON);
    }

    private static void leaves(ForgedLog log, CreditTransferRequested out, GrantConsumed... of) {
        log.write(CreditTransferred.of(out, NOON, log.balance(FROM).revoked(out.amountUsd()), List.of(of)));
    }

    private static void leaves(ForgedLog log, String usd) {
        leaves(log, transfer(usd), consumed(opened(log).requestId(), usd));
    }

    private static void arrives(ForgedLog log, CreditTransferRequested in) {
        log.write(CreditTransferred.of(in, NOON, log.balance(in.accountId()).granted(in.amountUsd()), null));
    }

    private static Verification.Verdict verify(ForgedLog log) throws Exception {
        var evidence = new Evidence(
                log, Optional.empty(), List.of(), List.of(), List.of(), Optional.empty(), Map.of(), LiveStates.NONE);
        return new Verification(evidence, 1, line -> {}).run();
    }

    @Test
    void bothEndsAreInOrderAndTheBooksAreEven() throws Exception {
        var log = new ForgedLog();
        leaves(log, "2.00");
        arrives(log, transfer("2.00").otherEnd());
        var verdict = verify(log);
        assertThat(verdict.findings()).isEmpty();
        assertThat(verdict.problems()).isEmpty();
        assertThat(verdict.transfersUnderWay()).isZero();
    }

    @Test
    void whatHasLeftAndNotArrivedIsToldAndNoFinding() throws Exception {
        var log = new ForgedLog();
        leaves(log, "2.00");
        var verdict = verify(log);
        assertThat(verdict.isGood()).isTrue();
        assertThat(verdict.transfersUnderWay()).isOne();
        assertThat(verdict.books().totals().get("liabilities:transfers")).hasToString("-2.00");
    }

    private static Arguments planted(String kind, String found, Consumer<ForgedLog> forgery) {
        return Arguments.arguments(kind, found, forgery);
    }

    static Stream<Arguments> forgeries() {
        return Stream.of(
                planted(
                        "what arrives without having left",
                        "must have left account " + FROM,
                        log -> arrives(log, transfer("2.00").otherEnd())),
                planted("more arrives than left", "both ends of a transfer must say the same", log -> {
                    leaves(log, "2.00");
                    arrives(log, transfer("3.00").otherEnd());
                }),
                planted("it arrives elsewhere", "both ends of a transfer must say the same", log -> {
                    leaves(log, "2.00");
                    var elsewhere = aTransferOf(FROM, ANOTHER, "2.00", "merged", NOON);
                    arrives(log, elsewhere.otherEnd());
                }),
                planted("it arrives twice", "a request must be answered once", log -> {
                    leaves(log, "2.00");
                    arrives(log, transfer("2.00").otherEnd());
                    arrives(log, transfer("2.00").otherEnd());
                }),
                planted("more leaves than there is", "must be of what is available", log -> {
                    var opening = opened(log);
                    log.write(CreditTransferred.of(
                            transfer("5.50"),
                            NOON,
                            log.balance(FROM).revoked(transfer("4.50").amountUsd()),
                            List.of(consumed(opening.requestId(), "5.50"))));
                }),
                planted("it leaves another grant than was due", "must consume the grants whose turn it was", log -> {
                    opened(log);
                    var second = log.grant(FROM, "5.00", "second", NOON);
                    leaves(log, transfer("2.00"), consumed(second.requestId(), "2.00"));
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forgeries")
    void eachIsFound(String kind, String found, Consumer<ForgedLog> forgery) throws Exception {
        var log = new ForgedLog();
        forgery.accept(log);
        var verdict = verify(log);
        assertThat(verdict.findings()).as(kind).anyMatch(finding -> finding.what()
                .contains(found));
    }
}
