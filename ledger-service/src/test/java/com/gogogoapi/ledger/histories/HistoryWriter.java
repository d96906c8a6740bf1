package com.gogogoapi.ledger.histories;

import static com.gogogoapi.contracts.ledger.intake.GrantTerms.ofPriority;
import static com.gogogoapi.contracts.ledger.intake.GrantTerms.until;
import static com.gogogoapi.fixtures.Grants.aGrantOf;
import static com.gogogoapi.fixtures.Grants.aRevocationOf;
import static com.gogogoapi.fixtures.Grants.aTransferOf;
import static com.gogogoapi.fixtures.Grants.eventOfGrant;
import static com.gogogoapi.fixtures.Grants.theExpiryOfGrant;
import static com.gogogoapi.fixtures.Requests.ACCOUNT;
import static com.gogogoapi.fixtures.Requests.NOON;
import static com.gogogoapi.fixtures.Requests.aQuoteOf;
import static com.gogogoapi.fixtures.Requests.askedBy;
import static com.gogogoapi.fixtures.Requests.reasoning;
import static com.gogogoapi.fixtures.Requests.theCompletionOf;
import static com.gogogoapi.fixtures.Requests.theFailureOf;
import static com.gogogoapi.fixtures.Requests.usage;
import static com.gogogoapi.fixtures.Requests.within;
import static com.gogogoapi.ledger.account.Accounts.POLICY;
import static com.gogogoapi.ledger.account.Accounts.theExpiryOf;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.gogogoapi.contracts.budget.Budget;
import com.gogogoapi.contracts.budget.BudgetScope;
import com.gogogoapi.contracts.budget.BudgetWindow;
import com.gogogoapi.contracts.budget.Limits;
import com.gogogoapi.contracts.budget.RateLimit;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.identity.InstallationAccount;
import com.gogogoapi.contracts.ledger.IntakeAuthenticated;
import com.gogogoapi.contracts.ledger.IntakeReplaced;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.ParkedAccountResumed;
import com.gogogoapi.contracts.ledger.SigningKeyRevoked;
import com.gogogoapi.contracts.ledger.SigningKeyTrusted;
import com.gogogoapi.contracts.ledger.intake.CreditIntake;
import com.gogogoapi.contracts.ledger.intake.GrantRequested;
import com.gogogoapi.contracts.ledger.intake.GrantTerms;
import com.gogogoapi.contracts.ledger.intake.HoldExpiryDue;
import com.gogogoapi.contracts.ledger.intake.IntakeAuthenticationRequested;
import com.gogogoapi.contracts.ledger.intake.IntakeReplacementRequested;
import com.gogogoapi.contracts.ledger.intake.ParkedResumeRequested;
import com.gogogoapi.contracts.ledger.intake.RequestedBy;
import com.gogogoapi.contracts.ledger.intake.SigningKeyRevocationRequested;
import com.gogogoapi.contracts.ledger.intake.SigningKeyTrustRequested;
import com.gogogoapi.contracts.ledger.order.SigningRole;
import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.version.BuildVersion;
import com.gogogoapi.contracts.wire.EventType;
import com.gogogoapi.fixtures.Authentic;
import com.gogogoapi.ledger.account.AccountState;
import com.gogogoapi.ledger.account.CreditDecisions;
import com.gogogoapi.ledger.account.Decision;
import com.gogogoapi.ledger.account.HoldPolicy;
import com.gogogoapi.ledger.trust.GapAcceptance;
import com.gogogoapi.ledger.trust.ShardTrust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private static final CreditDecisions RULES = new CreditDecisions(new HoldPolicy(POLICY.lifetime(), 3));

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
        grantsOfAllPriorities().writeTo(folder.resolve("grants-consumed-in-turn.history"));
        grantsThatExpire().writeTo(folder.resolve("grants-expire.history"));
        creditTakenBack().writeTo(folder.resolve("credit-is-taken-back.history"));
        creditTransferred().writeTo(folder.resolve("credit-is-transferred.history"));
        requestsOfKeys().writeTo(folder.resolve("requests-of-keys-and-tags.history"));
        requestsWithinBudgets().writeTo(folder.resolve("requests-within-budgets.history"));
        ordersThatAreSigned().writeTo(folder.resolve("orders-are-signed.history"));
        anInstallation().writeTo(folder.resolve("an-installation.history"));
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
        life.happens(aQuoteOf(life.request(), 1_000), NOON);
        life.happens(aGrantOf("0.001", "opening"), NOON);
        var settled = life.request();
        life.happens(aQuoteOf(settled, 1_000), NOON);
        life.happens(theCompletionOf(settled, usage(0, 0, 600)), NOON.plusSeconds(5));
        var claimed = life.request();
        life.happens(aQuoteOf(claimed, 200), NOON);
        life.happens(theCompletionOf(claimed, usage(0, 0, 9_000)), NOON.plusSeconds(6));
        var overrun = life.request();
        life.happens(aQuoteOf(ACCOUNT, overrun, 5_000, 100, NOON.plusSeconds(30)), NOON);
        life.happens(theCompletionOf(overrun, usage(6_200, 0, 100)), NOON.plusSeconds(6));
        life.happens(aGrantOf("1.00", "second"), NOON.plusSeconds(7));
        var free = life.request();
        life.happens(aQuoteOf(free, 10), NOON);
        life.happens(theFailureOf(free), NOON.plusSeconds(8));
        var late = life.request();
        life.happens(aQuoteOf(late, 10_000), NOON);
        life.happens(theExpiryOf(late), NOON.plus(POLICY.lifetime()));
        life.happens(
                theCompletionOf(late, usage(1_000, 200, 5_000)),
                NOON.plus(POLICY.lifetime()).plusSeconds(60));
        life.happens(aQuoteOf(life.request(), 1), NOON.plusSeconds(3_600));
        for (var open = 0; open < 4; open++) {
            life.happens(aQuoteOf(life.request(), 100 + open), NOON);
        }
        return life;
    }

    /** Every request costs more than the first grant has, so that charges consume several. */
    private static HistoryWriter grantsOfAllPriorities() {
        var life = new HistoryWriter();
        for (var round = 0; round < 20; round++) {
            for (var priority : new Integer[] {null, 500, 0, 100}) {
                life.happens(grantOf(priority, "round " + round + " of priority " + priority), NOON);
            }
            var request = life.request();
            life.happens(aQuoteOf(request, 4_000), NOON);
            life.happens(theCompletionOf(request, usage(0, 0, 3_000)), NOON.plusSeconds(round));
        }
        return life;
    }

    /** Some expire whole, some in parts since a hold was open, and some are consumed before they could. */
    private static HistoryWriter grantsThatExpire() {
        var life = new HistoryWriter();
        life.happens(aGrantOf("0.0005", "paid"), NOON);
        for (var round = 0; round < 10; round++) {
            var at = NOON.plusSeconds(100L * round);
            var over = at.plusSeconds(50);
            var consumed = "consumed in round " + round;
            var late = "late in round " + round;
            life.happens(aGrantOf("0.0003", consumed, new GrantTerms(0, over)), at);
            life.happens(aGrantOf("0.0006", late, until(over)), at);
            var charged = life.request();
            life.happens(aQuoteOf(ACCOUNT, charged, 0, 2_000, at.plusSeconds(30)), at);
            life.happens(theCompletionOf(charged, usage(0, 0, 1_500)), at.plusSeconds(5));
            var held = life.request();
            life.happens(aQuoteOf(ACCOUNT, held, 0, 2_500, at.plusSeconds(70)), at.plusSeconds(40));
            life.happens(theExpiryOfGrant(consumed, over), over);
            life.happens(theExpiryOfGrant(late, over), over);
            life.happens(theCompletionOf(held, usage(0, 0, round % 2 == 0 ? 0 : 300)), over.plusSeconds(5));
            life.happens(theExpiryOfGrant(late, over), over.plusSeconds(10));
        }
        return life;
    }

    /** Of corrected grants that are still whole, in part consumed, or gone; and more than there is. */
    private static HistoryWriter creditTakenBack() {
        var life = new HistoryWriter();
        for (var round = 0; round < 10; round++) {
            var wrong = "wrong in round " + round;
            life.happens(aGrantOf("0.0004", "right in round " + round, ofPriority(0)), NOON);
            life.happens(aGrantOf("0.0006", wrong), NOON);
            var request = life.request();
            life.happens(aQuoteOf(request, 2_000), NOON);
            life.happens(theCompletionOf(request, usage(0, 0, round * 300)), NOON.plusSeconds(round));
            var event = eventOfGrant(wrong);
            for (var amount : new String[] {"0.0001", "0.0003", "0.0009"}) {
                life.happens(aRevocationOf(amount, amount + " of round " + round, event), NOON.plusSeconds(round));
            }
        }
        return life;
    }

    /** Away and in, beside credit that expires and so stays; more than there is, and more than lasts. */
    private static HistoryWriter creditTransferred() {
        var life = new HistoryWriter();
        var other = new AccountId("acct_other");
        for (var round = 0; round < 5; round++) {
            var at = NOON.plusSeconds(round);
            life.happens(aGrantOf("0.0004", "lasting in round " + round, ofPriority(round % 2 * 100)), at);
            life.happens(aGrantOf("0.0006", "expires in round " + round, until(at.plusSeconds(600))), at);
            for (var amount : new String[] {"0.0001", "0.0005", "0.9"}) {
                var away = aTransferOf(ACCOUNT, other, amount, amount + " of round " + round, at);
                life.happens(Authentic.OPERATOR.signed(away.approved("j.roe")), at);
            }
            var in =
                    aTransferOf(other, ACCOUNT, "0.00025", "round " + round, at).otherEnd();
            life.happens(Authentic.OPERATOR.signed(in), at);
            var request = life.request();
            life.happens(aQuoteOf(request, 1_000), at);
            life.happens(theCompletionOf(request, usage(0, 0, 900)), at.plusSeconds(1));
        }
        return life;
    }

    /** Asked for by members with tags, and reasoned about: also beyond what was held for. */
    private static HistoryWriter requestsOfKeys() {
        var life = new HistoryWriter();
        life.happens(aGrantOf("1.00", "opening"), NOON);
        for (var round = 0; round < 10; round++) {
            var asks = new RequestedBy(
                    new UUID(0x7000L, 1L << 63 | round % 3),
                    round % 2 == 0 ? null : new UUID(0x7000L, 1L << 63 | 100 + round),
                    List.of("Büro", "round " + round).subList(0, round % 3));
            var request = life.request();
            life.happens(askedBy(asks, aQuoteOf(request, 1_000)), NOON);
            var end = theCompletionOf(request, usage(0, 0, 300L * round));
            life.happens(reasoning(200L * round, end), NOON.plusSeconds(round));
        }
        return life;
    }

    /** Held, shrunk and refused by budgets of a key and an account, over midnight; one that is charged late. */
    private static HistoryWriter requestsWithinBudgets() {
        var life = new HistoryWriter();
        life.happens(aGrantOf("5.00", "opening"), NOON);
        var asks = RequestedBy.key(new UUID(0x7000L, 1L << 63 | 1));
        var limits = new Limits(
                List.of(
                        new Budget(BudgetScope.ofKey(asks.keyId()), BudgetWindow.DAY, Usd.usd("0.001"), false),
                        new Budget(BudgetScope.ofAccount(ACCOUNT), BudgetWindow.MONTH, Usd.usd("0.01"), true)),
                List.of(new RateLimit(BudgetScope.ofAccount(ACCOUNT), 1_000L, 1_000_000L)));
        for (var hour = 0; hour < 30; hour += 3) {
            var at = NOON.plusSeconds(3_600L * hour);
            var request = life.request();
            var quote = aQuoteOf(ACCOUNT, request, 1_000, 1_000, at.plusSeconds(30));
            life.happens(within(limits, askedBy(asks, quote)), at);
            life.happens(theCompletionOf(request, usage(1_000, 0, 100L * hour % 1_000)), at.plusSeconds(60));
        }
        var late = life.request();
        var at = NOON.plusSeconds(3_600L * 40);
        life.happens(within(limits, askedBy(asks, aQuoteOf(ACCOUNT, late, 100, 100, at.plusSeconds(30)))), at);
        life.happens(new HoldExpiryDue(ACCOUNT, late, at.plus(POLICY.lifetime())), at.plus(POLICY.lifetime()));
        life.happens(
                theCompletionOf(late, usage(100, 0, 50)),
                at.plus(POLICY.lifetime()).plusSeconds(1));
        return life;
    }

    /** Grants and a revocation as somebody's orders, and an account that an operator let go on. */
    private static HistoryWriter ordersThatAreSigned() {
        var life = new HistoryWriter();
        life.happens(Authentic.OPERATOR.signed(aGrantOf("1.00", "signed")), NOON);
        life.happens(Authentic.OPERATOR.signed(aGrantOf("0.50", "expires", until(NOON.plusSeconds(60)))), NOON);
        life.happens(
                Authentic.OPERATOR.signed(aRevocationOf("0.25", "taken back", eventOfGrant("signed"))),
                NOON.plusSeconds(1));
        for (var action : ParkedResumeRequested.Action.values()) {
            var order = new ParkedResumeRequested(
                    ACCOUNT, 7 + action.ordinal(), action, "j.doe", "it is mended", NOON.plusSeconds(2), null);
            var parked = new ParkedAccountResumed.Record(
                    new UUID(0x7000L, 1L << 63), "com.gogogoapi.FromTheFuture.v9", "00".repeat(32), "unknown type");
            life.appended(ParkedAccountResumed.of(
                    Authentic.OPERATOR.signed(order), parked, NOON.plusSeconds(2), life.state.balance()));
        }
        return life;
    }

    /** Everything that is said of the installation itself in one shard. */
    private static HistoryWriter anInstallation() {
        var life = new HistoryWriter();
        var account = InstallationAccount.of(3);
        var operator = new SigningKeyTrustRequested(
                account,
                "operator",
                Authentic.OPERATOR.publicKey(),
                List.of(SigningRole.KEYS, SigningRole.OPERATOR),
                "configuration",
                "founded",
                NOON,
                null);
        life.appended(SigningKeyTrusted.of(operator, NOON));
        life.appended(new IntakeAuthenticated(
                account, IntakeAuthenticationRequested.of(3, NOON).requestId(), 17, NOON));
        var funding = Authentic.OPERATOR.signed(new SigningKeyTrustRequested(
                account,
                "funding-service",
                "MCowBQYDK2VwAyEACjoJhCnlt4Q7UFwx9Af8f0rtpKZ5pHp5vg8Aid/zZ0g=",
                List.of(SigningRole.FUNDING),
                "j.doe",
                "deposits begin",
                NOON,
                null));
        life.appended(SigningKeyTrusted.of(funding, NOON));
        life.appended(SigningKeyRevoked.of(
                Authentic.OPERATOR.signed(new SigningKeyRevocationRequested(
                        account, "0123456789abcdef", "j.doe", "it was lost", NOON, null)),
                NOON));
        life.appended(IntakeReplaced.of(
                IntakeReplacementRequested.of(3, "AAAAAAAAAAAAAAAAAAAAAA", "j.doe", "the disk was lost", NOON), NOON));
        var gap = new GapAcceptance(3, 18, "j.doe", "retention passed", NOON, null);
        life.appended(gap.event(21, ShardTrust.NONE));
        return life;
    }

    private static GrantRequested grantOf(@Nullable Integer priority, String reference) {
        return priority == null ? aGrantOf("0.0003", reference) : aGrantOf("0.0003", reference, ofPriority(priority));
    }

    private static HistoryWriter manyRequests() {
        var life = new HistoryWriter();
        life.happens(aGrantOf("1.00", "opening"), NOON);
        for (var i = 0; i < 300; i++) {
            var request = life.request();
            life.happens(aQuoteOf(request, 100 + i), NOON);
            life.happens(theCompletionOf(request, usage(0, 0, i)), NOON.plusSeconds(i));
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
        if (RULES.decide(state, intake, at, history) instanceof Decision.NewEvent(LedgerEvent event)) {
            appended(event);
        }
    }

    private void appended(LedgerEvent event) {
        events.add(event);
        state = state.evolve(event);
        lines.add(EventType.of(event).wireName() + " " + new String(EventJson.write(event), UTF_8));
    }

    private void writeTo(Path file) throws IOException {
        lines.add("balance " + new String(EventJson.mapper().writeValueAsBytes(state.balance()), UTF_8));
        Files.write(file, lines);
    }
}
