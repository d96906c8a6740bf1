package com.gogogoapi.auditor.verify;

import static com.gogogoapi.auditor.verify.SoldRoutes.AT_PEAK;
import static com.gogogoapi.auditor.verify.SoldRoutes.BACKDATED;
import static com.gogogoapi.auditor.verify.SoldRoutes.BASE;
import static com.gogogoapi.auditor.verify.SoldRoutes.BEFORE;
import static com.gogogoapi.auditor.verify.SoldRoutes.EARLIER;
import static com.gogogoapi.auditor.verify.SoldRoutes.MODEL;
import static com.gogogoapi.auditor.verify.SoldRoutes.NEXT;
import static com.gogogoapi.auditor.verify.SoldRoutes.NOW;
import static com.gogogoapi.auditor.verify.SoldRoutes.PEAK;
import static com.gogogoapi.auditor.verify.SoldRoutes.PUBLISHED;
import static com.gogogoapi.auditor.verify.SoldRoutes.at;
import static com.gogogoapi.auditor.verify.SoldRoutes.version;
import static com.gogogoapi.auditor.verify.WrittenCharge.FIRST_GRANT;
import static com.gogogoapi.contracts.money.Usd.usd;
import static com.gogogoapi.fixtures.Requests.aQuoteOf;
import static com.gogogoapi.fixtures.Requests.newRequest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.gogogoapi.auditor.source.Shards;
import com.gogogoapi.contracts.budget.Budget;
import com.gogogoapi.contracts.budget.BudgetScope;
import com.gogogoapi.contracts.budget.BudgetWindow;
import com.gogogoapi.contracts.budget.Limits;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.AboveHold;
import com.gogogoapi.contracts.ledger.BudgetExceeded;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.RefusalReason;
import com.gogogoapi.contracts.ledger.intake.GrantRequested;
import com.gogogoapi.contracts.ledger.intake.Outcome;
import com.gogogoapi.contracts.ledger.intake.QuoteRequested;
import com.gogogoapi.contracts.ledger.intake.RequestedBy;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.pricing.RoutePricePublished;
import com.gogogoapi.contracts.pricing.TokenUsage;
import com.gogogoapi.fixtures.Grants;
import com.gogogoapi.fixtures.Requests;
import com.gogogoapi.fixtures.Route;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of wrong charge, written so that everything else of the log agrees with it, is found where it is. */
class WrongChargesTest {

    private static final BudgetScope KEY = new BudgetScope(BudgetScope.Kind.KEY, new UUID(7, 1));
    private static final AccountId CUSTOMER = new AccountId("acct_1");
    private static final AccountId OTHER = inAnotherShard();
    private static final TokenUsage USAGE = new TokenUsage(1_000, 200, 300);

    private static AccountId inAnotherShard() {
        return Stream.iterate(2, number -> number + 1)
                .map(number -> new AccountId("acct_" + number))
                .filter(account ->
                        Shards.of(account.value(), ForgedLog.SHARDS) != Shards.of(CUSTOMER.value(), ForgedLog.SHARDS))
                .findFirst()
                .orElseThrow();
    }

    private static QuoteRequested quote(Route route, Instant when) {
        return quote(route, CUSTOMER, newRequest(), when);
    }

    private static QuoteRequested quote(Route route, AccountId account, UUID request, Instant when) {
        return aQuoteOf(route, account, request, 1_000, 500, when, when.plusSeconds(30));
    }

    private static CreditReserved hold(ForgedLog log, Route route, String time) {
        return log.hold(quote(route, at(time)), at(time));
    }

    private static CreditReserved hold(ForgedLog log) {
        return hold(log, NOW, "12:00");
    }

    private static ForgedLog log() {
        var log = new ForgedLog();
        for (var account : List.of(CUSTOMER, OTHER)) {
            log.grant(account, "5.00", FIRST_GRANT, at("10:00"));
            log.grant(account, "1.00", "second", at("10:01"));
        }
        log.charge(hold(log, NOW, "11:00"), USAGE);
        return log;
    }

    private static Verification.Verdict verify(ForgedLog log, List<RoutePricePublished> published) throws Exception {
        var evidence = new Evidence(
                log,
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                Optional.of(new PublishedPrices(published, PublishedPrices.USUALLY_PRICED_WITHIN)),
                Map.of(),
                LiveStates.NONE);
        return new Verification(evidence, 1, line -> {}).run();
    }

    private static Arguments planted(String kind, String found, Consumer<ForgedLog> forgery) {
        return arguments(kind, found, forgery);
    }

    private static Usd more(Usd amount) {
        return amount.plus(usd("0.000000000001"));
    }

    static Stream<Arguments> charges() {
        return Stream.of(
                planted(
                        "a trillionth of a dollar above the cost",
                        "must be what the tokens cost",
                        log -> log.charge(hold(log), USAGE, charge -> charge.charged = more(charge.charged))),
                planted(
                        "of more completion tokens than the limit that was held for",
                        "within the bounds of its hold",
                        log -> log.charge(hold(log), new TokenUsage(1_000, 200, 501))),
                planted(
                        "of more prompt tokens than are believed",
                        "within the bounds of its hold",
                        log -> log.charge(hold(log), new TokenUsage(1_001, 200, 300))),
                planted(
                        "of less than was stated, within the bounds",
                        "within the bounds of its hold",
                        log -> log.charge(
                                hold(log),
                                USAGE,
                                charge -> charge.aboveHold =
                                        AboveHold.of(new TokenUsage(1_000, 200, 400), USAGE, NOW.prices()))),
                planted(
                        "with another amount above the hold than the rest of the tokens costs",
                        "what is above the hold must be",
                        log -> log.charge(
                                hold(log),
                                new TokenUsage(1_000, 200, 500),
                                charge -> charge.aboveHold =
                                        new AboveHold(new TokenUsage(1_000, 200, 900), usd("0.000000000001")))),
                planted(
                        "below the cost",
                        "must be what the tokens cost",
                        log -> log.charge(hold(log), USAGE, charge -> charge.charged = usd("0.0001"))),
                planted(
                        "written off where there was credit",
                        "must be what the credit covers",
                        log -> log.charge(hold(log), USAGE, charge -> {
                            charge.overrun = charge.charged;
                            charge.charged = Usd.ZERO;
                        })),
                planted(
                        "at other prices than the hold pinned",
                        "at the prices that its hold pinned",
                        log -> log.charge(hold(log), USAGE, charge -> {
                            charge.prices = AT_PEAK;
                            charge.charged = AT_PEAK.costOf(USAGE);
                        })),
                planted(
                        "as of another version than the hold pinned",
                        "at the prices that its hold pinned",
                        log -> log.charge(hold(log), USAGE, charge -> charge.priceVersion = "flash@next")),
                planted(
                        "as of another hold than there was",
                        "must state the hold it is of",
                        log -> log.charge(hold(log), USAGE, charge -> charge.held = usd("0.0001"))),
                planted(
                        "by a rule that is free",
                        "by a rule that charges",
                        log -> log.charge(hold(log), USAGE, charge -> charge.outcome = Outcome.UPSTREAM_FAILED)),
                planted(
                        "of a grant whose turn it was not",
                        "must consume the grants whose turn it was",
                        log -> log.charge(
                                hold(log),
                                USAGE,
                                charge -> charge.consumed = List.of(Grants.consumed(
                                        GrantRequested.requestIdOf(CUSTOMER, "second"), charge.charged.toString())))),
                planted("twice of one hold", "must have an open hold that is charged", log -> {
                    var hold = hold(log);
                    log.charge(hold, USAGE);
                    hold(log, NOW, "12:01");
                    log.charge(hold, USAGE);
                }),
                planted("of a hold that was released", "must have an open hold that is charged", log -> {
                    var hold = hold(log);
                    log.release(hold, Outcome.UPSTREAM_FAILED, at("12:01"));
                    hold(log, NOW, "12:02");
                    log.charge(hold, USAGE);
                }),
                planted("under an identity of its own", "its identity must be that of its request and step", log -> {
                    var charge = new WrittenCharge(hold(log), USAGE);
                    log.write(charge.event(log.balance(CUSTOMER)), UUID.randomUUID());
                }));
    }

    static Stream<Arguments> holds() {
        return Stream.of(
                planted(
                        "more than its tokens cost at most",
                        "must be what its tokens cost at most",
                        log -> log.hold(quote(NOW, at("12:00")), at("12:00"), usd("1.00"))),
                planted(
                        "at a version that nobody published",
                        "price version flash@none must be one that route-prices has",
                        log -> hold(log, new Route(MODEL, "flash@none", BASE), "12:00")),
                planted(
                        "at a version of another route",
                        "must be one of the route that is held for, deepseek-v4-flash, and is of deepseek-v4-pro",
                        log -> hold(log, new Route(MODEL, Route.PRO.priceVersion(), Route.PRO.prices()), "12:00")),
                planted(
                        "at prices that the version never had",
                        "must be those published as flash@now",
                        log -> hold(log, new Route(MODEL, "flash@now", EARLIER), "12:00")),
                planted(
                        "at a version that is not in force yet",
                        "price version flash@next must have been in force when the request was priced, from"
                                + " 2026-11-23T11:54:00Z to 2026-11-23T12:00:05Z, and began at 2026-11-23T20:00:00Z",
                        log -> hold(log, NEXT, "12:00")),
                planted(
                        "at a version of which it was said later that it had been in force",
                        "and began at 2026-11-23T21:00:00Z",
                        log -> hold(log, BACKDATED, "12:00")),
                planted("at a version that was replaced", "and flash@now was", log -> hold(log, BEFORE, "12:00")),
                planted(
                        "at a window's prices before it",
                        "the prices of flash@now must be those that applied when the request was priced",
                        log -> hold(log, PEAK, "13:59:54")),
                planted(
                        "at a window's prices long after it",
                        "are those of other hours",
                        log -> hold(log, PEAK, "18:06:00")),
                planted(
                        "at the usual prices within a window",
                        "are those of other hours",
                        log -> hold(log, NOW, "14:06:00")));
    }

    /** A hold costs $0.00028. */
    private static QuoteRequested within(String limit, String time) {
        var budget = new Budget(KEY, BudgetWindow.DAY, usd(limit), false);
        return Requests.within(
                new Limits(List.of(budget), List.of()),
                Requests.askedBy(RequestedBy.key(KEY.id()), quote(NOW, at(time))));
    }

    private static BudgetExceeded taken(String limit, String spent, String held, String time) {
        return new BudgetExceeded(
                new Budget(KEY, BudgetWindow.DAY, usd(limit), false), usd(spent), usd(held), at(time));
    }

    static Stream<Arguments> budgets() {
        return Stream.of(
                planted("held beyond a budget", "a hold must not exceed the DAY budget of 0.0005", log -> {
                    log.hold(within("0.0005", "12:00"), at("12:00"));
                    log.hold(within("0.0005", "12:01"), at("12:01"));
                }),
                planted("refused for a budget of which enough is left", "must need more than is left of it", log -> {
                    log.hold(within("0.001", "12:00"), at("12:00"));
                    log.refuse(within("0.001", "12:01"), taken("0.001", "0", "0.00028", "12:01"), at("12:01"));
                }),
                planted("refused as if more were spent", "of the budget there must be spent", log -> {
                    log.hold(within("0.0005", "12:00"), at("12:00"));
                    log.refuse(within("0.0005", "12:01"), taken("0.0005", "0.0003", "0.00028", "12:01"), at("12:01"));
                }),
                planted("charged late for nobody's spending", "at the prices of its hold", log -> {
                    var hold = log.hold(within("0.0005", "12:00"), at("12:00"));
                    log.expire(hold);
                    log.chargeLate(hold, USAGE);
                }));
    }

    static Stream<Arguments> repeats() {
        return Stream.of(
                planted("held and charged again", "a request must be answered once", log -> {
                    var quote = quote(NOW, at("12:00"));
                    log.charge(log.hold(quote, at("12:00")), USAGE);
                    log.hold(quote, at("12:01"));
                }),
                planted("held again for another account", "a request must be answered once", log -> {
                    var quote = quote(NOW, at("12:00"));
                    var first = Shards.of(CUSTOMER.value(), ForgedLog.SHARDS) == 0 ? CUSTOMER : OTHER;
                    var second = first.equals(CUSTOMER) ? OTHER : CUSTOMER;
                    log.charge(log.hold(quote(NOW, first, quote.requestId(), at("12:00")), at("12:00")), USAGE);
                    log.hold(quote(NOW, second, quote.requestId(), at("12:01")), at("12:01"));
                }),
                planted("held after it was refused", "a request must be answered once", log -> {
                    var quote = quote(NOW, at("12:00"));
                    log.refuse(quote, RefusalReason.QUOTE_EXPIRED, at("12:00"));
                    log.hold(quote, at("12:01"));
                }),
                planted("granted again", "a request must be answered once", log -> {
                    log.grant(CUSTOMER, "1.00", "twice", at("12:00"));
                    log.grant(CUSTOMER, "1.00", "twice", at("12:01"));
                }),
                planted(
                        "charged late where nothing was held",
                        "a late charge must be of a hold that expired before it, and none of its request did",
                        log -> log.chargeLate(hold(log), USAGE, charge -> charge.request = newRequest())),
                planted("charged late after it was refused", "none of its request did", log -> {
                    var hold = hold(log);
                    var quote = quote(NOW, at("12:01"));
                    log.refuse(quote, RefusalReason.QUOTE_EXPIRED, at("12:01"));
                    log.chargeLate(hold, USAGE, charge -> charge.request = quote.requestId());
                }),
                planted(
                        "charged late while it was held",
                        "its request's is open",
                        log -> log.chargeLate(hold(log), USAGE)),
                planted("charged late twice", "a request must be charged late once", log -> {
                    var hold = hold(log);
                    log.expire(hold);
                    log.chargeLate(hold, USAGE);
                    log.chargeLate(hold, USAGE);
                }),
                planted(
                        "charged late after it failed, for which nothing is due",
                        "its request ended otherwise",
                        log -> {
                            var hold = hold(log);
                            log.release(hold, Outcome.UPSTREAM_FAILED, at("12:01"));
                            log.chargeLate(hold, USAGE);
                        }),
                planted("charged late after it was charged", "its request ended otherwise", log -> {
                    var hold = hold(log);
                    log.charge(hold, USAGE);
                    log.chargeLate(hold, USAGE);
                }),
                planted("charged late at other prices", "at the prices of its hold", log -> {
                    var hold = hold(log);
                    log.expire(hold);
                    log.chargeLate(hold, USAGE, charge -> {
                        charge.prices = AT_PEAK;
                        charge.charged = AT_PEAK.costOf(USAGE);
                    });
                }),
                planted(
                        "charged late for more completion tokens than the limit that was held for",
                        "within the bounds of its hold",
                        log -> {
                            var hold = hold(log);
                            log.expire(hold);
                            log.chargeLate(hold, new TokenUsage(1_000, 200, 501));
                        }),
                planted(
                        "charged late for more prompt tokens than are believed",
                        "within the bounds of its hold",
                        log -> {
                            var hold = hold(log);
                            log.expire(hold);
                            log.chargeLate(hold, new TokenUsage(1_001, 200, 300));
                        }),
                planted(
                        "charged late for less than was stated, within the bounds",
                        "within the bounds of its hold",
                        log -> {
                            var hold = hold(log);
                            log.expire(hold);
                            log.chargeLate(
                                    hold,
                                    USAGE,
                                    charge -> charge.aboveHold =
                                            AboveHold.of(new TokenUsage(1_000, 200, 400), USAGE, NOW.prices()));
                        }),
                planted(
                        "charged late with another amount above the hold than the rest of the tokens costs",
                        "what is above the hold must be",
                        log -> {
                            var hold = hold(log);
                            log.expire(hold);
                            log.chargeLate(
                                    hold,
                                    new TokenUsage(1_000, 200, 500),
                                    charge -> charge.aboveHold =
                                            new AboveHold(new TokenUsage(1_000, 200, 900), usd("0.000000000001")));
                        }),
                planted("charged late to somebody else", "of its request did", log -> {
                    var hold = hold(log);
                    log.expire(hold);
                    log.chargeLate(hold, USAGE, charge -> charge.account = OTHER);
                }),
                planted("given up before its time, and charged late", "must not expire before its time", log -> {
                    var hold = hold(log);
                    log.release(hold, Outcome.HOLD_EXPIRED, at("12:14"));
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"charges", "holds", "budgets", "repeats"})
    void isFound(String kind, String found, Consumer<ForgedLog> forgery) throws Exception {
        var log = log();
        forgery.accept(log);
        var verdict = verify(log, PUBLISHED);
        assertThat(verdict.isGood()).as(kind).isFalse();
        assertThat(verdict.problems()).isEmpty();
        assertThat(verdict.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.what()).contains(found);
            assertThat(finding.shard()).isEqualTo(log.last().shard());
            assertThat(finding.sequence()).isEqualTo(log.last().pos());
        });
    }

    @Test
    void aVersionThatIsPublishedAgainAsAnotherIsFound() throws Exception {
        var again = Stream.concat(
                        PUBLISHED.stream(),
                        Stream.of(version(new Route(MODEL, "flash@now", EARLIER), at("08:00"), at("07:00"), null)))
                .toList();
        assertThat(verify(log(), again).problems())
                .singleElement()
                .asString()
                .contains("price version flash@now must be published as one thing for ever");
    }

    /** The same again is how a compacted topic is kept whole. */
    @Test
    void aLogThatIsRightHasNothingToFind() throws Exception {
        var log = log();
        log.charge(hold(log, BEFORE, "07:00"), USAGE);
        log.charge(hold(log, PEAK, "15:00"), USAGE);
        // Quotes that were made before the window began, ended, or the version turned, and executed after.
        log.charge(hold(log, NOW, "14:05:59"), USAGE);
        log.charge(hold(log, PEAK, "18:05:59"), USAGE);
        log.charge(hold(log, BEFORE, "08:05:59"), USAGE);
        // Priced by a clock that is ahead of the ledger's.
        log.charge(hold(log, PEAK, "13:59:55"), USAGE);
        log.charge(hold(log, NEXT, "19:59:55"), USAGE);
        var late = hold(log);
        log.expire(late);
        log.chargeLate(late, USAGE);
        var lateAndBeyond = hold(log);
        log.expire(lateAndBeyond);
        log.chargeLate(
                lateAndBeyond,
                new TokenUsage(1_000, 200, 500),
                charge -> charge.aboveHold =
                        AboveHold.of(new TokenUsage(1_200, 200, 900), new TokenUsage(1_000, 200, 500), NOW.prices()));
        log.release(hold(log), Outcome.CLIENT_LEFT_EARLY, at("12:01"));
        log.hold(within("0.0005", "12:01"), at("12:01"));
        log.refuse(within("0.0005", "12:01"), taken("0.0005", "0", "0.00028", "12:01"), at("12:01"));
        log.refuse(quote(NOW, at("12:00")), RefusalReason.QUOTE_EXPIRED, at("12:01"));
        log.revoke(log.grant(CUSTOMER, "1.00", "a mistake", at("12:02")), "1.00", "made good", at("12:03"));
        var twice = Stream.concat(PUBLISHED.stream(), PUBLISHED.stream()).toList();
        var verdict = verify(log, twice);
        assertThat(verdict.findings()).isEmpty();
        assertThat(verdict.problems()).isEmpty();
        assertThat(verdict.uncheckedPrices()).isZero();
    }
}
