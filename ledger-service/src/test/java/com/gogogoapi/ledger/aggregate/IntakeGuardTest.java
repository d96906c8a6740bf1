package com.gogogoapi.ledger.aggregate;

import static com.gogogoapi.fixtures.Grants.aDepositOf;
import static com.gogogoapi.fixtures.Grants.aGrantOf;
import static com.gogogoapi.fixtures.Grants.aRevocationOf;
import static com.gogogoapi.fixtures.Grants.eventOfGrant;
import static com.gogogoapi.fixtures.Requests.ACCOUNT;
import static com.gogogoapi.fixtures.Requests.NOON;
import static com.gogogoapi.fixtures.Requests.aQuoteOf;
import static com.gogogoapi.fixtures.Requests.newRequest;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.identity.InstallationAccount;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import com.gogogoapi.contracts.ledger.CreditGranted;
import com.gogogoapi.contracts.ledger.IntakeAuthenticated;
import com.gogogoapi.contracts.ledger.IntakeGapAccepted;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.ParkedAccountResumed;
import com.gogogoapi.contracts.ledger.SigningKeyTrusted;
import com.gogogoapi.contracts.ledger.intake.GrantRequested;
import com.gogogoapi.contracts.ledger.intake.IntakeAuthenticationRequested;
import com.gogogoapi.contracts.ledger.intake.LedgerIntake;
import com.gogogoapi.contracts.ledger.intake.OrderText;
import com.gogogoapi.contracts.ledger.intake.ParkedResumeRequested;
import com.gogogoapi.contracts.ledger.intake.SigningKeyRevocationRequested;
import com.gogogoapi.contracts.ledger.intake.SigningKeyTrustRequested;
import com.gogogoapi.contracts.ledger.order.SigningRole;
import com.gogogoapi.contracts.messaging.EventMetadata;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.wire.EventAttributes;
import com.gogogoapi.contracts.wire.EventRecords;
import com.gogogoapi.contracts.wire.IntakeAuthor;
import com.gogogoapi.contracts.wire.IntakeSecret;
import com.gogogoapi.contracts.wire.Topics;
import com.gogogoapi.evidence.log.Sha256;
import com.gogogoapi.fixtures.Authentic;
import com.gogogoapi.fixtures.OrderKey;
import com.gogogoapi.ledger.log.IntakeRecord;
import com.gogogoapi.ledger.log.ParkedRecord;
import com.gogogoapi.ledger.log.StoredEvent;
import com.gogogoapi.ledger.trust.GapAcceptance;
import com.gogogoapi.ledger.trust.IntakeGuard.Refusal;
import java.sql.SQLException;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who is believed and who is not, from the record to the event; on a real PostgreSQL. */
@Tag("integration")
class IntakeGuardTest {

    private static final int SHARDS = 8;
    private static final int SHARD = shardOf(ACCOUNT);
    private static final AccountId INSTALLATION = InstallationAccount.of(SHARD);
    private static final OrderKey STRANGER = OrderKey.generate();
    private static final int MANY = 1_000;

    private final EngineBench bench = new EngineBench();
    private AccountEngine engine;

    @BeforeEach
    void start() throws SQLException {
        bench.knows(Authentic.secrets(), SHARDS);
        engine = bench.engine(SHARD);
    }

    private static int shardOf(AccountId account) {
        return Utils.toPositive(Utils.murmur2(account.value().getBytes(UTF_8))) % SHARDS;
    }

    /** As the service does when it starts. */
    private void found() throws SQLException {
        take(sealed(
                trust(Authentic.OPERATOR, "operator", SigningRole.KEYS, SigningRole.OPERATOR),
                IntakeAuthor.LEDGER_SERVICE));
        take(sealed(IntakeAuthenticationRequested.of(SHARD, NOON), IntakeAuthor.LEDGER_SERVICE));
    }

    private static SigningKeyTrustRequested trust(OrderKey key, String name, SigningRole... roles) {
        return new SigningKeyTrustRequested(
                INSTALLATION, name, key.publicKey(), List.of(roles), "j.doe", "it is ours", NOON, null);
    }

    private static ProducerRecord<String, byte[]> record(LedgerIntake asked) {
        return EventRecords.record(
                Topics.LEDGER_INTAKE,
                null,
                asked.accountId().value(),
                asked,
                EventMetadata.of(TimeOrderedIds.next(), "/test", NOON));
    }

    private static ProducerRecord<String, byte[]> sealed(LedgerIntake asked, IntakeAuthor as) {
        var record = record(asked);
        Authentic.secret(as).seal(record);
        return record;
    }

    private static IntakeRecord arrived(ProducerRecord<String, byte[]> record, String key, byte[] value) {
        var attributes = EventAttributes.of(record.headers());
        return new IntakeRecord(
                SHARD,
                0,
                key,
                String.valueOf(attributes.type()),
                value,
                attributes.id(),
                null,
                attributes.replyPartition(),
                NOON.toEpochMilli(),
                attributes.seal());
    }

    private static IntakeRecord arrived(ProducerRecord<String, byte[]> record) {
        return arrived(record, record.key(), record.value());
    }

    private BatchOutcome take(ProducerRecord<String, byte[]> record) throws SQLException {
        return bench.runRecords(engine, SHARD, arrived(record));
    }

    private BatchOutcome take(IntakeRecord record) throws SQLException {
        return bench.runRecords(engine, SHARD, record);
    }

    private void refused(String reason) {
        assertThat(bench.takeRefused()).extracting(Refusal::reason).containsExactly(reason);
    }

    private void nobodyIsParked() {
        assertThat(engine.parkedAccounts()).isZero();
    }

    private Usd available() throws SQLException {
        return bench.replayed(ACCOUNT).balance().availableUsd();
    }

    private List<LedgerEvent> story(AccountId account) throws SQLException {
        return bench.ledgerLog().accountFrom(account.value(), 0, MANY).stream()
                .map(StoredEvent::event)
                .toList();
    }

    private static GrantRequested grant(String usd, String reference) {
        return Authentic.OPERATOR.signed(aGrantOf(usd, reference));
    }

    @Test
    void whatIsAuthenticatedAndSignedIsDecidedAndTheSignatureIsInTheEvent() throws SQLException {
        found();
        take(sealed(grant("5.00", "a"), IntakeAuthor.PROXY_SERVICE));
        take(sealed(aQuoteOf(newRequest(), 100), IntakeAuthor.QUOTE_SERVICE));

        assertThat(bench.takeRefused()).isEmpty();
        assertThat(story(ACCOUNT)).hasSize(2).first().isInstanceOfSatisfying(CreditGranted.class, granted -> {
            var signature = granted.signature();
            assertThat(signature).isNotNull();
            assertThat(signature.key()).isEqualTo(Authentic.OPERATOR.id());
        });
        assertThat(story(INSTALLATION)).hasSize(2);
    }

    /** The hole: whoever reached the broker minted credit. */
    @Test
    void whoReachesTheBrokerAndHasNoSecretMintsNothingAndStopsNobody() throws SQLException {
        found();
        take(record(grant("1000.00", "forged")));
        refused("unauthenticated");
        take(arrived(
                sealed(grant("1000.00", "forged"), IntakeAuthor.PROXY_SERVICE), ACCOUNT.value(), "{".getBytes(UTF_8)));
        refused("unauthenticated");
        var unknown = new IntakeSecret(IntakeAuthor.PROXY_SERVICE, "a secret that somebody made up by himself");
        var guessed = record(grant("1000.00", "forged"));
        unknown.seal(guessed);
        take(guessed);
        refused("unauthenticated");
        assertThat(available()).isEqualTo(Usd.ZERO);
        nobodyIsParked();
        take(sealed(grant("5.00", "a"), IntakeAuthor.PROXY_SERVICE));
        assertThat(available()).isEqualTo(Usd.usd("5.00"));
    }

    @Test
    void aServiceMakesOnlyWhatIsItsOwn() throws SQLException {
        found();
        take(sealed(grant("1000.00", "forged"), IntakeAuthor.QUOTE_SERVICE));
        refused("wrong-author");
        take(sealed(aQuoteOf(newRequest(), 100), IntakeAuthor.PROXY_SERVICE));
        refused("wrong-author");
        take(sealed(IntakeAuthenticationRequested.of(SHARD, NOON), IntakeAuthor.PROXY_SERVICE));
        refused("wrong-author");
        nobodyIsParked();
    }

    @Test
    void aRecordIsNobodyElsesAndInNoOtherShard() throws SQLException {
        found();
        var original = sealed(grant("5.00", "a"), IntakeAuthor.PROXY_SERVICE);
        take(arrived(original, "acct_another", original.value()));
        refused("unauthenticated");
        var elsewhere =
                new AccountId("acct_elsewhere_" + (shardOf(new AccountId("acct_elsewhere_1")) == SHARD ? 2 : 1));
        assertThat(shardOf(elsewhere)).isNotEqualTo(SHARD);
        take(sealed(Authentic.OPERATOR.signed(aGrantOf(elsewhere, "5.00", "a")), IntakeAuthor.PROXY_SERVICE));
        refused("wrong-shard");
        take(original);
        take(original);
        assertThat(bench.takeRefused()).as("the very same again is a repeat").isEmpty();
        assertThat(story(ACCOUNT)).hasSize(1);
    }

    /** Whoever has the proxy's secret and not the operator's key. */
    @Test
    void anOrderIsSignedByATrustedKeyAndAsItWasSigned() throws SQLException {
        found();
        take(sealed(aGrantOf("1000.00", "unsigned"), IntakeAuthor.PROXY_SERVICE));
        refused("unsigned");
        take(sealed(STRANGER.signed(aGrantOf("1000.00", "a stranger's")), IntakeAuthor.PROXY_SERVICE));
        refused("unsigned");
        var small = grant("1.00", "small");
        var large = aGrantOf("1000.00", "small").signed(small.signature());
        take(sealed(large, IntakeAuthor.PROXY_SERVICE));
        refused("unsigned");
        var elsewhere = aGrantOf("1.00", "another").signed(small.signature());
        take(sealed(elsewhere, IntakeAuthor.PROXY_SERVICE));
        refused("unsigned");
        take(sealed(aRevocationOf("1.00", "unsigned", eventOfGrant("small")), IntakeAuthor.PROXY_SERVICE));
        refused("unsigned");
        assertThat(story(ACCOUNT)).isEmpty();
        nobodyIsParked();
        take(sealed(small, IntakeAuthor.PROXY_SERVICE));
        assertThat(available()).isEqualTo(Usd.usd("1.00"));
    }

    @Test
    void aKeyIsTrustedByOneThatMaySayIsKeptToItsRolesAndNoLongerOnceRevoked() throws SQLException {
        found();
        var funding = OrderKey.generate();
        var trust = trust(funding, "funding-service", SigningRole.FUNDING);
        take(sealed(funding.signed(trust), IntakeAuthor.PROXY_SERVICE));
        refused("unsigned");
        take(sealed(Authentic.OPERATOR.signed(trust), IntakeAuthor.PROXY_SERVICE));
        take(sealed(funding.signed(aGrantOf("1000.00", "no deposit")), IntakeAuthor.FUNDING_SERVICE));
        refused("unsigned");
        var deposit = aDepositOf(ACCOUNT, "3.00", "paid", NOON);
        take(sealed(funding.signed(deposit), IntakeAuthor.FUNDING_SERVICE));
        assertThat(available()).isEqualTo(Usd.usd("3.00"));

        var revocation = new SigningKeyRevocationRequested(INSTALLATION, funding.id(), "j.doe", "lost", NOON, null);
        take(sealed(funding.signed(revocation), IntakeAuthor.PROXY_SERVICE));
        refused("unsigned");
        take(sealed(Authentic.OPERATOR.signed(revocation), IntakeAuthor.PROXY_SERVICE));
        var another = aDepositOf(ACCOUNT, "3.00", "paid again", NOON);
        take(sealed(funding.signed(another), IntakeAuthor.FUNDING_SERVICE));
        refused("unsigned");
        take(sealed(Authentic.OPERATOR.signed(trust), IntakeAuthor.PROXY_SERVICE));
        take(sealed(funding.signed(another), IntakeAuthor.FUNDING_SERVICE));
        refused("unsigned");
        assertThat(available()).isEqualTo(Usd.usd("3.00"));

        // Whoever owns the shard next believes the same.
        engine = bench.engine(SHARD);
        take(sealed(funding.signed(another), IntakeAuthor.FUNDING_SERVICE));
        refused("unsigned");
    }

    @Test
    void whatWasThereBeforeTheMarkIsDecidedAsItWasAndStandsThereUnsigned() throws SQLException {
        take(record(aGrantOf("1.00", "old")));
        take(record(grant("2.00", "signed before anybody could check")));
        found();
        take(record(aGrantOf("4.00", "old, but too late")));
        refused("unauthenticated");

        assertThat(story(ACCOUNT)).hasSize(2).allSatisfy(event -> assertThat(((CreditGranted) event).signature())
                .isNull());
        assertThat(story(INSTALLATION).getLast())
                .isInstanceOfSatisfying(IntakeAuthenticated.class, mark -> assertThat(mark.fromOffset())
                        .isEqualTo(3));
    }

    @Test
    void onlyTheLedgerItselfFoundsAndOnlyOnce() throws SQLException {
        take(record(trust(STRANGER, "stranger", SigningRole.KEYS)));
        refused("unauthenticated");
        take(record(IntakeAuthenticationRequested.of(SHARD, NOON)));
        refused("unauthenticated");
        take(sealed(STRANGER.signed(trust(STRANGER, "stranger", SigningRole.KEYS)), IntakeAuthor.PROXY_SERVICE));
        refused("unsigned");
        take(arrived(record(aGrantOf(INSTALLATION, "1.00", "to nobody"))));
        refused("no-account");
        found();
        found();
        assertThat(story(INSTALLATION))
                .extracting(Object::getClass)
                .containsExactly(SigningKeyTrusted.class, IntakeAuthenticated.class);
        nobodyIsParked();
    }

    /** Of a batch that does not get into the log nobody may believe anything. */
    @Test
    void trustCountsOnceItIsInTheLog() throws SQLException {
        var asked = sealed(IntakeAuthenticationRequested.of(SHARD, NOON), IntakeAuthor.LEDGER_SERVICE);
        var polled = bench.intake(SHARD, arrived(asked));
        assertThat(engine.decide(List.of(polled.intake())).parks()).isTrue();
        engine.forget();
        take(record(aGrantOf("1.00", "old")));
        assertThat(bench.takeRefused()).isEmpty();
    }

    @Test
    void whoLetsAnAccountGoOnIsInItsStory() throws SQLException {
        found();
        var unreadable = new ProducerRecord<>(Topics.LEDGER_INTAKE, ACCOUNT.value(), "{}".getBytes(UTF_8));
        unreadable.headers().add("ce_type", "com.gogogoapi.FromTheFuture.v9".getBytes(UTF_8));
        unreadable.headers().add("ce_id", TimeOrderedIds.next().toString().getBytes(UTF_8));
        Authentic.secret(IntakeAuthor.PROXY_SERVICE).seal(unreadable);
        take(unreadable);
        var parked = parked().getFirst();
        var skip = resume(parked.offset(), ParkedResumeRequested.Action.SKIP);
        take(sealed(skip, IntakeAuthor.PROXY_SERVICE));
        refused("unsigned");
        take(sealed(skip, IntakeAuthor.LEDGER_SERVICE));
        refused("unsigned");

        take(sealed(
                Authentic.OPERATOR.signed(resume(parked.offset(), ParkedResumeRequested.Action.RETRY)),
                IntakeAuthor.PROXY_SERVICE));
        assertThat(parked()).hasSize(1);
        take(sealed(Authentic.OPERATOR.signed(skip), IntakeAuthor.PROXY_SERVICE));
        assertThat(parked()).isEmpty();
        assertThat(story(ACCOUNT)).hasSize(2).last().isInstanceOfSatisfying(ParkedAccountResumed.class, skipped -> {
            assertThat(skipped.action()).isEqualTo(ParkedResumeRequested.Action.SKIP);
            assertThat(skipped.recordId()).isEqualTo(parked.record().causationId());
            assertThat(skipped.recordSha256()).isEqualTo(Sha256.hex(Sha256.of("{}".getBytes(UTF_8))));
            assertThat(skipped.resumedBy()).isEqualTo("j.doe");
            assertThat(skipped.reason()).isEqualTo("it is mended");
            assertThat(skipped.signature()).isNotNull();
        });
    }

    /** Its order holds no longer once the key that signed it is revoked. */
    @Test
    void whatWasParkedUnsignedIsNotDecidedLater() throws SQLException {
        bench.runRecords(
                engine,
                SHARD,
                bench.record(SHARD, ACCOUNT, "com.gogogoapi.FromTheFuture.v9", "{}"),
                bench.record(aGrantOf("1.00", "from before"), SHARD));
        found();
        var skip = resume(parked().getFirst().offset(), ParkedResumeRequested.Action.SKIP);
        take(sealed(Authentic.OPERATOR.signed(skip), IntakeAuthor.PROXY_SERVICE));
        assertThat(parked()).singleElement().satisfies(grant -> assertThat(grant.why())
                .isEqualTo("It must be signed."));
        assertThat(story(ACCOUNT)).singleElement().isInstanceOf(ParkedAccountResumed.class);
    }

    @Test
    void aGapIsPassedByASignedWordThatIsInTheLog() throws SQLException {
        found();
        var from = bench.position(SHARD);
        var unsigned = new GapAcceptance(SHARD, from.nextOffset(), "j.doe", "retention passed", NOON, null);
        assertThat(engine.faultOf(unsigned)).isEqualTo("It must be signed.");
        var signature = Authentic.OPERATOR.sign(
                NOON,
                at -> OrderText.ofGap(
                        INSTALLATION, unsigned.requestId(), from.nextOffset(), "j.doe", "retention passed", at));
        var gap = new GapAcceptance(SHARD, from.nextOffset(), "j.doe", "retention passed", NOON, signature);
        assertThat(engine.faultOf(gap)).isNull();
        var batch = engine.passGap(gap, 1_000);
        engine.applyOutcome(batch, batch.append(List.of(from)));

        assertThat(bench.position(SHARD).nextOffset()).isEqualTo(1_000);
        assertThat(story(INSTALLATION).getLast())
                .isInstanceOfSatisfying(IntakeGapAccepted.class, accepted -> assertThat(accepted.acceptedBy())
                        .isEqualTo("j.doe"));
    }

    private static ParkedResumeRequested resume(long offset, ParkedResumeRequested.Action action) {
        return new ParkedResumeRequested(ACCOUNT, offset, action, "j.doe", "it is mended", NOON, null);
    }

    private List<ParkedRecord> parked() throws SQLException {
        return bench.ledgerLog().parkedOf(ACCOUNT.value(), MANY);
    }
}
