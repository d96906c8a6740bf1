package com.gogogoapi.auditor.verify;

import static com.gogogoapi.contracts.money.Usd.usd;
import static com.gogogoapi.fixtures.Grants.aDepositOf;
import static com.gogogoapi.fixtures.Grants.aGrantOf;
import static com.gogogoapi.fixtures.Grants.aRevocationOf;
import static com.gogogoapi.fixtures.Grants.aTransferOf;
import static com.gogogoapi.fixtures.Grants.consumed;
import static com.gogogoapi.fixtures.Requests.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.gogogoapi.auditor.source.Shards;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.identity.InstallationAccount;
import com.gogogoapi.contracts.ledger.CreditGranted;
import com.gogogoapi.contracts.ledger.CreditRevoked;
import com.gogogoapi.contracts.ledger.CreditTransferred;
import com.gogogoapi.contracts.ledger.IntakeAuthenticated;
import com.gogogoapi.contracts.ledger.IntakeGapAccepted;
import com.gogogoapi.contracts.ledger.ParkedAccountResumed;
import com.gogogoapi.contracts.ledger.SigningKeyRevoked;
import com.gogogoapi.contracts.ledger.SigningKeyTrusted;
import com.gogogoapi.contracts.ledger.intake.CreditTransferRequested;
import com.gogogoapi.contracts.ledger.intake.GrantRequested;
import com.gogogoapi.contracts.ledger.intake.IntakeAuthenticationRequested;
import com.gogogoapi.contracts.ledger.intake.OrderText;
import com.gogogoapi.contracts.ledger.intake.ParkedResumeRequested;
import com.gogogoapi.contracts.ledger.intake.SigningKeyRevocationRequested;
import com.gogogoapi.contracts.ledger.intake.SigningKeyTrustRequested;
import com.gogogoapi.contracts.ledger.order.OrderSignature;
import com.gogogoapi.contracts.ledger.order.SigningRole;
import com.gogogoapi.evidence.signing.VerifyingKey;
import com.gogogoapi.fixtures.Authentic;
import com.gogogoapi.fixtures.OrderKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What somebody writes who has the database, in all else right: credit that nobody ordered, orders that were changed, keys that
 * nobody vouched for. Each is found where it is.
 */
class WrongSignaturesTest {

    private static final AccountId CUSTOMER = new AccountId("acct_1");
    private static final int SHARD = Shards.of(CUSTOMER.value(), ForgedLog.SHARDS);
    private static final AccountId INSTALLATION = InstallationAccount.of(SHARD);
    private static final OrderKey OPERATOR = Authentic.OPERATOR;
    private static final OrderKey FUNDING = OrderKey.generate();
    private static final OrderKey STRANGER = OrderKey.generate();
    private static final long OLD_EVENTS = 1;
    private static final AccountId ELSEWHERE = new AccountId("acct_elsewhere");
    private static final CreditTransferRequested TRANSFER = aTransferOf(CUSTOMER, ELSEWHERE, "0.25", "moved", NOON);
    private static final CreditTransferRequested ANOTHER_TRANSFER =
            aTransferOf(CUSTOMER, ELSEWHERE, "0.25", "moved again", NOON);

    /** What a ledger writes: an old grant, then the keys and the mark, and from there on signed orders of every kind. */
    private static ForgedLog log() {
        var log = new ForgedLog();
        log.grant(CUSTOMER, "1.00", "from before", NOON);
        trust(log, OPERATOR, null, SigningRole.KEYS, SigningRole.OPERATOR);
        mark(log);
        trust(log, FUNDING, OPERATOR, SigningRole.FUNDING);
        grant(log, OPERATOR.signed(aGrantOf(CUSTOMER, "5.00", "signed; with a line\nbreak, and \u20ac")));
        grant(log, FUNDING.signed(aDepositOf(CUSTOMER, "2.00", "paid", NOON)));
        revoke(log, OPERATOR);
        transfer(log, OPERATOR.signed(TRANSFER.approved("j.roe")));
        resume(log, OPERATOR);
        gap(log, OPERATOR);
        return log;
    }

    private static void trust(ForgedLog log, OrderKey key, @Nullable OrderKey by, SigningRole... roles) {
        var asked = new SigningKeyTrustRequested(
                INSTALLATION, "key " + key.id(), key.publicKey(), List.of(roles), "j.doe", "ours", NOON, null);
        log.write(SigningKeyTrusted.of(by == null ? asked : by.signed(asked), NOON));
    }

    private static void distrust(ForgedLog log, OrderKey key, OrderKey by) {
        log.write(SigningKeyRevoked.of(
                by.signed(new SigningKeyRevocationRequested(INSTALLATION, key.id(), "j.doe", "lost", NOON, null)),
                NOON));
    }

    private static void mark(ForgedLog log) {
        var asked = IntakeAuthenticationRequested.of(SHARD, NOON);
        log.write(new IntakeAuthenticated(INSTALLATION, asked.requestId(), 1, NOON));
    }

    private static void grant(ForgedLog log, GrantRequested grant) {
        log.write(CreditGranted.of(grant, NOON, log.balance(CUSTOMER).granted(grant.amountUsd())));
    }

    private static void revoke(ForgedLog log, @Nullable OrderKey by) {
        var first = aGrantOf(CUSTOMER, "1.00", "from before");
        var event = new UUID(
                first.requestId().getMostSignificantBits(), first.requestId().getLeastSignificantBits() ^ 1);
        var asked = aRevocationOf(CUSTOMER, "0.50", "taken back", event, NOON);
        log.write(CreditRevoked.of(
                by == null ? asked : by.signed(asked),
                NOON,
                log.balance(CUSTOMER).revoked(usd("0.50")),
                List.of(consumed(first.requestId(), "0.50"))));
    }

    private static void transfer(ForgedLog log, CreditTransferRequested out) {
        var first = aGrantOf(CUSTOMER, "1.00", "from before").requestId();
        log.write(CreditTransferred.of(
                out, NOON, log.balance(CUSTOMER).revoked(out.amountUsd()), List.of(consumed(first, "0.25"))));
    }

    private static void resume(ForgedLog log, @Nullable OrderKey by) {
        var asked = new ParkedResumeRequested(
                CUSTOMER, 7, ParkedResumeRequested.Action.SKIP, "j.doe", "not ours", NOON, null);
        var parked = new ParkedAccountResumed.Record(UUID.randomUUID(), "com.gogogoapi.X.v1", "00".repeat(32), "why");
        log.write(ParkedAccountResumed.of(by == null ? asked : by.signed(asked), parked, NOON, log.balance(CUSTOMER)));
    }

    private static void gap(ForgedLog log, @Nullable OrderKey by) {
        var request = IntakeGapAccepted.requestIdOf(INSTALLATION, 9, NOON);
        OrderSignature signature =
                by == null ? null : by.sign(NOON, at -> OrderText.ofGap(INSTALLATION, request, 9, "j.doe", "lost", at));
        log.write(new IntakeGapAccepted(INSTALLATION, request, 9, 12, "j.doe", "lost", NOON, signature));
    }

    private static Verification.Verdict verify(ForgedLog log, VerifyingKey... roots) throws Exception {
        var evidence = new Evidence(
                log,
                Optional.empty(),
                List.of(),
                List.of(roots),
                List.of(),
                Optional.empty(),
                Map.of(),
                LiveStates.NONE);
        return new Verification(evidence, 1, line -> {}).run();
    }

    private static GrantRequested changed(GrantRequested signed, String usd) {
        return new GrantRequested(
                signed.accountId(),
                signed.requestId(),
                usd(usd),
                signed.source(),
                signed.reference(),
                signed.grantedBy(),
                signed.requestedAt(),
                signed.correction(),
                signed.priority(),
                signed.expiresAt(),
                signed.reason(),
                signed.signature());
    }

    private static Arguments planted(String kind, String found, Consumer<ForgedLog> forgery) {
        return arguments(kind, found, forgery);
    }

    static Stream<Arguments> forgeries() {
        var grant = OPERATOR.signed(aGrantOf(CUSTOMER, "1.00", "one more"));
        return Stream.of(
                planted(
                        "a grant that nobody signed",
                        "the grant must be signed, and is not",
                        log -> grant(log, grant.signed(null))),
                planted(
                        "a grant signed by a key that nobody trusts",
                        "must be signed by a key that is trusted",
                        log -> grant(log, STRANGER.signed(grant))),
                planted(
                        "a grant of another amount than was signed",
                        "the grant is not what the key of",
                        log -> grant(log, changed(grant, "1000.00"))),
                planted(
                        "a grant with the signature of another order",
                        "the grant is not what the key of",
                        log -> grant(log, aGrantOf(CUSTOMER, "1.00", "another").signed(grant.signature()))),
                planted(
                        "a transfer that nobody signed",
                        "the transfer must be signed, and is not",
                        log -> transfer(log, ANOTHER_TRANSFER)),
                planted(
                        "a transfer that says another approved it",
                        "the transfer is not what the key of",
                        log -> transfer(log, OPERATOR.signed(ANOTHER_TRANSFER).approved("j.roe"))),
                planted(
                        "a grant that a key signed which is for deposits",
                        "with the role OPERATOR",
                        log -> grant(log, FUNDING.signed(grant))),
                planted(
                        "a deposit that an operator signed",
                        "with the role FUNDING",
                        log -> grant(log, OPERATOR.signed(aDepositOf(CUSTOMER, "1.00", "no deposit", NOON)))),
                planted("a deposit signed by a key after it was revoked", "which was revoked before", log -> {
                    distrust(log, FUNDING, OPERATOR);
                    grant(log, FUNDING.signed(aDepositOf(CUSTOMER, "1.00", "paid late", NOON)));
                }),
                planted("a skip that nobody signed", "the skip of a parked record must be signed", log -> {
                    var asked = new ParkedResumeRequested(
                            CUSTOMER, 8, ParkedResumeRequested.Action.SKIP, "j.doe", "not ours", NOON, null);
                    var parked = new ParkedAccountResumed.Record(
                            UUID.randomUUID(), "com.gogogoapi.X.v1", "00".repeat(32), "why");
                    log.write(ParkedAccountResumed.of(asked, parked, NOON, log.balance(CUSTOMER)));
                }),
                planted("a gap that nobody accepted", "the acceptance of a gap must be signed", log -> {
                    var request = IntakeGapAccepted.requestIdOf(INSTALLATION, 20, NOON);
                    log.write(new IntakeGapAccepted(INSTALLATION, request, 20, 30, "j.doe", "lost", NOON, null));
                }),
                planted(
                        "a key that vouches for itself",
                        "must be signed by a key that is trusted",
                        log -> trust(log, STRANGER, STRANGER, SigningRole.OPERATOR)),
                planted(
                        "a key that one vouches for which may not",
                        "with the role KEYS",
                        log -> trust(log, STRANGER, FUNDING, SigningRole.OPERATOR)),
                planted("a key that is trusted once more", "was trusted or revoked before", log -> {
                    distrust(log, FUNDING, OPERATOR);
                    var asked = new SigningKeyTrustRequested(
                            INSTALLATION,
                            "again",
                            FUNDING.publicKey(),
                            List.of(SigningRole.FUNDING),
                            "j",
                            "r",
                            NOON,
                            null);
                    log.write(SigningKeyTrusted.of(OPERATOR.signed(asked), NOON));
                }),
                planted(
                        "a key revoked by one that may not",
                        "with the role KEYS",
                        log -> distrust(log, OPERATOR, FUNDING)),
                planted("a second beginning", "must begin to be authenticated once", WrongSignaturesTest::mark),
                planted(
                        "what is the installation's under a customer",
                        "must be under installation_",
                        log -> log.write(new IntakeAuthenticated(CUSTOMER, UUID.randomUUID(), 1, NOON))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forgeries")
    void isFound(String kind, String found, Consumer<ForgedLog> forgery) throws Exception {
        var log = log();
        forgery.accept(log);
        var verdict = verify(log);
        assertThat(verdict.findings()).as(kind).hasSize(1).first().satisfies(finding -> {
            assertThat(finding.what()).contains(found);
            assertThat(finding.shard()).isEqualTo(log.last().shard());
            assertThat(finding.sequence()).isEqualTo(log.last().pos());
        });
    }

    @Test
    void whatALedgerWritesIsRightAndSaysWhoSigned() throws Exception {
        var verdict = verify(log(), VerifyingKey.parse(OPERATOR.publicKey()));
        assertThat(verdict.findings()).isEmpty();
        assertThat(verdict.unsignedOrders()).isEqualTo(OLD_EVENTS);
        assertThat(verdict.ordersByKey())
                .isEqualTo(Map.of(
                        "key " + OPERATOR.id() + " (" + OPERATOR.id() + ")", 6L,
                        "key " + FUNDING.id() + " (" + FUNDING.id() + ")", 1L));
    }

    @Test
    void aKeyThatTheLedgerTrustsByItsOwnWordIsOneOfThoseGiven() throws Exception {
        assertThat(verify(log(), VerifyingKey.parse(STRANGER.publicKey())).findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.what()).contains("by the ledger's own word"));
    }

    /** The ledger leaves out what it could not check: it would look as if it had been. */
    @Test
    void aSignatureBeforeTheMarkIsFound() throws Exception {
        var log = new ForgedLog();
        grant(log, OPERATOR.signed(aGrantOf(CUSTOMER, "1.00", "early")));
        assertThat(verify(log).findings()).singleElement().satisfies(finding -> assertThat(finding.what())
                .contains("before its shard's intake was authenticated"));
    }
}
