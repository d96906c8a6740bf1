package com.gogogoapi.funding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.gogogoapi.contracts.funding.DepositChanges;
import com.gogogoapi.contracts.funding.DepositChanges.DepositChange;
import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.embedded.Database;
import com.gogogoapi.embedded.Infrastructure;
import com.gogogoapi.simulator.chain.LocalChain;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is passed on of deposits: in order, at least once, always under the same name, whoever is away or killed. */
@Tag("integration")
@Tag("slow")
class TellingTest {

    private static final int FINALITY = 4;

    private static LocalChain chain;
    private static LedgersHand ledger;
    private static HttpServer usage;
    private static String usdc;
    private static String other;

    private static final List<DepositChange> taken = new CopyOnWriteArrayList<>();
    private static final AtomicInteger refused = new AtomicInteger();

    /** 204, 503 for one that is away, or 0 for one that takes it and then cannot say so. */
    private static volatile int answers = 204;

    @BeforeAll
    static void start() throws IOException {
        chain = LocalChain.start(LocalChain.Options.inMemory(910_042, FINALITY / 2));
        ledger = LedgersHand.start();
        usage = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        usage.createContext("/internal/deposit-changes", TellingTest::take);
        usage.start();
        usdc = chain.deploy("UsdcLike");
        other = chain.deploy("UsdcLike");
        chain.send(usdc, "mint(address,uint256)", chain.wallet(0), BigInteger.TEN.pow(30));
        chain.send(other, "mint(address,uint256)", chain.wallet(0), BigInteger.TEN.pow(30));
        chain.mine(1);
    }

    @AfterAll
    static void stop() {
        usage.stop(0);
        ledger.close();
        chain.close();
    }

    private static void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            var changes = EventJson.mapper()
                    .readValue(exchange.getRequestBody().readAllBytes(), DepositChanges.class)
                    .changes();
            if (answers == 503) {
                refused.incrementAndGet();
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            taken.addAll(changes);
            if (answers == 204) {
                exchange.sendResponseHeaders(204, -1);
            }
        }
    }

    private static List<String> settings(Database database) {
        var more = new ArrayList<>(RunningFunding.chain(chain, List.of(chain.url()), Map.of("USDC", usdc)));
        more.add("--gogogoapi.funding.telling.usage-url=http://127.0.0.1:"
                + usage.getAddress().getPort());
        return RunningFunding.settings(database, ledger, more);
    }

    private static List<String> told(String account) {
        return taken.stream()
                .filter(change -> change.account().value().equals(account))
                .map(DepositChange::type)
                .toList();
    }

    private static void awaitTold(String account, String... types) {
        await().atMost(RunningFunding.SOON)
                .untilAsserted(() -> assertThat(told(account)).containsExactly(types));
    }

    @Test
    void whatIsSeenGoneCreditedAndNotCreditedIsToldInOrder() {
        try (var funding = RunningFunding.start(settings(Infrastructure.shared().newDatabase("funding_told")))) {
            var address = funding.address("acct_told");
            chain.send(usdc, "transfer(address,uint256)", address, 2_000_000);
            chain.mine(1);
            awaitTold("acct_told", "deposit.seen");
            assertThat(taken.getLast().details())
                    .containsEntry("amount_usd", "2.00")
                    .containsEntry("token", "USDC")
                    .containsEntry("state", "seen")
                    .containsEntry("chain_id", "eip155:910042");
            chain.mine(FINALITY + 1);
            awaitTold("acct_told", "deposit.seen", "deposit.credited");

            // What is not credited is told of once it is final, and by a name of its own where anybody can make it.
            chain.send(other, "transfer(address,uint256)", funding.address("acct_other"), 2_000_000);
            chain.mine(FINALITY + 1);
            awaitTold("acct_other", "deposit.unsupported");
            assertThat(taken.getLast().details()).containsKeys("reason", "explanation", "remedy");
            awaitTold("acct_told", "deposit.seen", "deposit.credited");
        }
    }

    @Test
    void whoeverIsAwayOrKilledEachIsToldUnderOneName() throws Exception {
        var settings = settings(Infrastructure.shared().newDatabase("funding_told_killed"));
        var account = "acct_told_killed";
        answers = 503;
        try (var killed = InstancesTest.startProcess(settings)) {
            var before = refused.get();
            var sent = chain.send(usdc, "transfer(address,uint256)", killed.address(account), 3_000_000);
            chain.mine(FINALITY + 1);
            killed.awaitState(account, sent, "credited");
            await().atMost(RunningFunding.SOON).until(() -> refused.get() > before);
        }
        assertThat(told(account)).isEmpty();
        // It is taken, and whoever passed it on is killed before he knows.
        answers = 0;
        try (var killed = InstancesTest.startProcess(settings)) {
            await().atMost(RunningFunding.SOON).until(() -> !told(account).isEmpty());
            assertThat(killed.deposits(account)).hasSize(1);
        }
        answers = 204;
        var before = told(account).size();
        try (var last = RunningFunding.start(settings)) {
            await().atMost(RunningFunding.SOON)
                    .until(() -> told(account).size() > before && told(account).contains("deposit.credited"));
            assertThat(last.deposits(account)).hasSize(1);
        }
        var names = new HashSet<String>();
        taken.stream()
                .filter(change -> change.account().value().equals(account))
                .forEach(change -> names.add(change.type() + " " + change.identity()));
        assertThat(names)
                .filteredOn(name -> name.startsWith("deposit.credited"))
                .hasSize(1);
        assertThat(names).hasSizeLessThanOrEqualTo(2);
    }
}
