package com.gogogoapi.funding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.gogogoapi.embedded.Database;
import com.gogogoapi.embedded.FreePorts;
import com.gogogoapi.embedded.Infrastructure;
import com.gogogoapi.simulator.chain.LocalChain;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two instances, and some that are killed: an address is one account's, and a deposit is credited once. */
@Tag("integration")
@Tag("long")
class InstancesTest {

    private static final int FINALITY = 4;

    private static LocalChain chain;
    private static LedgersHand ledger;
    private static String usdc;

    @BeforeAll
    static void start() throws IOException {
        chain = LocalChain.start(LocalChain.Options.kept(910_003, FINALITY / 2));
        ledger = LedgersHand.start();
        usdc = chain.deploy("UsdcLike");
        chain.send(usdc, "mint(address,uint256)", chain.wallet(0), BigInteger.TEN.pow(30));
        chain.mine(1);
    }

    @AfterAll
    static void stop() {
        ledger.close();
        chain.close();
    }

    private static List<String> settings(Database database) {
        return RunningFunding.settings(
                database, ledger, RunningFunding.chain(chain, List.of(chain.url()), Map.of("USDC", usdc)));
    }

    @Test
    void anAddressIsOneAccountsAlsoWhereTwoInstancesAssignAtOnce() throws Exception {
        var settings = settings(Infrastructure.shared().newDatabase("funding_addresses"));
        try (var one = RunningFunding.start(settings);
                var other = RunningFunding.start(settings);
                var threads = Executors.newFixedThreadPool(8)) {
            var asked = new HashMap<String, List<Future<String>>>();
            for (var i = 0; i < 150; i++) {
                var account = "acct_at_once_" + i;
                asked.put(
                        account,
                        List.of(
                                threads.submit(() -> one.address(account)),
                                threads.submit(() -> other.address(account)),
                                threads.submit(() -> other.address(account))));
            }
            var addresses = new HashSet<String>();
            for (var account : asked.values()) {
                var first = account.getFirst().get();
                for (var again : account) {
                    assertThat(again.get()).isEqualTo(first);
                }
                addresses.add(first);
            }
            assertThat(addresses).hasSize(asked.size());
        }
    }

    @Test
    void anotherInstanceTakesOverAChain() {
        var settings = settings(Infrastructure.shared().newDatabase("funding_take_over"));
        try (var other = takenOver(settings)) {
            var sent = chain.send(usdc, "transfer(address,uint256)", other.address("acct_taken_over"), 2_000_000);
            chain.mine(FINALITY + 1);
            other.awaitState("acct_taken_over", sent, "credited");
        }
    }

    private static RunningFunding takenOver(List<String> settings) {
        try (var one = RunningFunding.start(settings)) {
            var other = RunningFunding.start(settings);
            one.awaitCaughtUp(chain, FINALITY);
            return other;
        }
    }

    @Test
    void whateverIsKilledWheneverEachDepositIsCreditedOnce() throws Exception {
        var settings = settings(Infrastructure.shared().newDatabase("funding_killed"));
        var sent = new ArrayList<String>();
        var account = "acct_killed";
        for (var kill = 0; kill < 3; kill++) {
            try (var killed = startProcess(settings)) {
                var address = killed.address(account);
                for (var i = 0; i < 10; i++) {
                    sent.add(chain.send(usdc, "transfer(address,uint256)", address, 1_000_000 + i));
                    chain.mine(1);
                }
                switch (kill) {
                    case 0 -> killed.awaitState(account, sent.getLast(), "seen");
                    case 1 -> {
                        // While the ledger decides nothing, so that it is killed between asking and hearing of it.
                        ledger.isAway = true;
                        chain.mine(FINALITY + 1);
                        killed.awaitState(account, sent.getLast(), "final");
                    }
                    default -> chain.mine(FINALITY + 1);
                }
            }
            ledger.isAway = false;
            if (kill == 1) {
                chain.kill();
                chain.startAgain();
            }
        }
        try (var last = RunningFunding.start(settings)) {
            chain.mine(FINALITY + 1);
            for (var each : sent) {
                last.awaitState(account, each, "credited");
            }
            assertThat(last.deposits(account)).hasSize(sent.size());
        }
        assertThat(ledger.creditedOn(chain).keySet().stream()
                        .filter(reference -> sent.contains(reference.split("/")[1])))
                .hasSize(sent.size());
    }

    /** The service as a process of its own, which is killed at the end. */
    static RunningFunding startProcess(List<String> settings) throws Exception {
        var port = FreePorts.next();
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                FundingService.class.getName(),
                "--server.port=" + port));
        command.addAll(settings);
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Path.of("target", "killed-" + port + ".log").toFile())
                .start();
        var running = new RunningFunding(
                "http://127.0.0.1:" + port, () -> process.destroyForcibly().waitFor());
        await().atMost(RunningFunding.SOON)
                .ignoreExceptions()
                .until(() -> running.send("GET", "/actuator/health/readiness", Map.of(), "")
                                .statusCode()
                        == 200);
        return running;
    }
}
