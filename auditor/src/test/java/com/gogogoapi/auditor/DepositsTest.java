package com.gogogoapi.auditor;

import static com.gogogoapi.auditor.DepositsInstallation.TREASURY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A real chain and a real ledger: what is right is proven, and each kind of wrong is found and named. */
@Tag("integration")
@Tag("slow")
class DepositsTest {

    private static final String NO_SUCH = "0x" + "ab".repeat(32);

    private static DepositsInstallation made;
    private static LyingNode limited;
    private static Audited right;
    private static Audited wrong;
    private static Path proofs;
    private static Path journal;
    private static Path books;
    private static Path addresses;
    private static String screened;
    private static String first;

    /** What was planted, by reference. */
    private static String anotherAmount;

    private static String fake;
    private static String anothersAddress;
    private static String omitted;
    private static String gone;
    private static String elsewhere;
    private static String notFinal;

    @BeforeAll
    static void make() throws Exception {
        made = new DepositsInstallation(920_001);
        limited = LyingNode.before(made.chain);
        limited.failsEvery = 7;
        limited.mostBlocks = 3;
        addresses = made.addresses(3, 4, 5);
        proofs = made.folder.resolve("proofs.csv");
        journal = made.folder.resolve("treasury.journal");
        creditWhatIsRight();
        awaitOld();
        var explained = made.file("explained", screened + ",screening rejected it\n");
        right = made.audited(
                List.of(made.chain.url(), limited.url()),
                addresses,
                "--explained",
                explained.toString(),
                "--proofs",
                proofs.toString(),
                "--journal",
                journal.toString());
        books = made.folder.resolve("books");
        var export = new ArrayList<>(List.of("export", "--format", "hledger", "--out", books.toString()));
        export.addAll(made.source());
        assertThat(Audited.run(export.toArray(String[]::new)).exit()).isZero();
        plant();
        awaitOld();
        wrong = made.audited(List.of(made.chain.url()), addresses, "--explained", explained.toString());
    }

    private static void creditWhatIsRight() {
        var chain = made.chain;
        var paid = made.pay(made.usdc, 3, 5_000_001);
        first = made.reference(paid, 0);
        made.credit(3, "5.000001", first);
        made.credit(4, "7.00", made.reference(made.pay(made.usdt, 4, 7_000_000), 0));
        // Of 18 decimals a credit has twelve, and the rest is left out.
        var dollars = made.pay(made.dollar, 5, new BigInteger("1999999999999999999"));
        made.credit(5, "1.999999999999", made.reference(dollars, 0));
        var payer = chain.deploy("Payer");
        chain.send(made.usdc, "transfer(address,uint256)", payer, 100_000_000);
        var many = chain.rpc(
                        "eth_sendTransaction",
                        Map.of(
                                "from",
                                chain.wallet(0),
                                "to",
                                payer,
                                "data",
                                payCall(
                                        made.usdc,
                                        List.of(chain.wallet(3), chain.wallet(4), chain.wallet(4)),
                                        2_500_000),
                                "gas",
                                "0x4c4b40"))
                .asString();
        chain.mine(1);
        made.credit(3, "2.50", made.reference(many, 0));
        made.credit(4, "2.50", made.reference(many, 1));
        made.credit(4, "2.50", made.reference(many, 2));
        made.pay(made.token("FakeUsdc"), 3, 9_000_000);
        made.pay(made.usdc, 4, 0);
        screened = made.reference(made.pay(made.usdc, 5, 66_000_000), 0);
        chain.sendAs(chain.wallet(3), made.usdc, "transfer(address,uint256)", chain.wallet(TREASURY), 4_000_000);
        made.becomeFinal();
    }

    /** {@code pay(address,address[],uint256)} as contracts are called. */
    private static String payCall(String token, List<String> to, long amount) {
        var selector = made.chain.rpc(
                "web3_sha3",
                "0x" + HexFormat.of().formatHex("pay(address,address[],uint256)".getBytes(StandardCharsets.US_ASCII)));
        var data = new StringBuilder(selector.asString().substring(0, 10));
        data.append("0".repeat(24)).append(token.substring(2));
        data.append("%064x".formatted(96)).append("%064x".formatted(amount)).append("%064x".formatted(to.size()));
        to.forEach(address -> data.append("0".repeat(24)).append(address.substring(2)));
        return data.toString();
    }

    private static void plant() {
        var chain = made.chain;
        made.credit(3, "100.00", made.id() + "/" + NO_SUCH + "/0");
        anotherAmount = made.reference(made.pay(made.usdc, 3, 1_000_000), 0);
        made.credit(3, "10.00", anotherAmount);
        made.credit(
                3,
                "5.000001",
                first.toUpperCase(Locale.ROOT).replace("EIP155", "eip155").replace("0X", "0x"));
        fake = made.reference(made.pay(made.token("FakeUsdc"), 4, 8_000_000), 0);
        made.credit(4, "8.00", fake);
        anothersAddress = made.reference(made.pay(made.usdc, 4, 3_000_000), 0);
        made.credit(5, "3.00", anothersAddress);
        omitted = made.reference(made.pay(made.usdt, 5, 12_000_000), 0);
        var reorganised = made.pay(made.usdc, 3, 2_000_000);
        gone = made.reference(reorganised, 0);
        made.credit(3, "2.00", gone);
        chain.reorganise(1);
        elsewhere = chain.sendAs(chain.wallet(4), made.usdt, "transfer(address,uint256)", chain.wallet(8), 1_500_000);
        made.becomeFinal();
        made.credit(4, "1.00", "by hand");
        notFinal = made.reference(made.pay(made.usdc, 3, 6_000_000), 0);
        made.credit(3, "6.00", notFinal);
    }

    /** A deposit may take a second here, by the time of its block, which is in whole ones. */
    private static void awaitOld() {
        var newest = Long.parseLong(
                made.chain
                        .rpc("eth_getBlockByNumber", "latest", false)
                        .path("timestamp")
                        .asString()
                        .substring(2),
                16);
        await().atMost(60, TimeUnit.SECONDS).until(() -> System.currentTimeMillis() > 1_000 * (newest + 3));
    }

    @AfterAll
    static void stop() {
        if (limited != null) {
            limited.close();
        }
        made.close();
    }

    @Test
    void whatIsRightIsProven() throws Exception {
        assertThat(right.exit()).as(right.out() + right.err()).isZero();
        assertThat(right.lastLine()).startsWith("OK: 6 credits of deposits, 6 proven, 21.500000999999 USD;");
        assertThat(right.err()).contains(screened).contains("screening rejected it");
        assertThat(Files.readAllLines(proofs)).hasSize(7).anySatisfy(line -> assertThat(line)
                .startsWith(first + ",acct_3,5.000001,"));
    }

    @Test
    void balancesAreWhatArrivedLessWhatWasSwept() {
        assertThat(right.err())
                .contains("USDC: 78.500001 received − 4 swept = 74.500001; the addresses hold 74.500001")
                .contains("DOL: 1.999999999999999999 received − 0 swept");
    }

    @Test
    void everyKindOfWrongCreditIsNamed() {
        assertThat(wrong.exit()).isEqualTo(1);
        assertThat(wrong.err())
                .contains(NO_SUCH + "/0 (shard")
                .contains("the chain has no such transaction")
                .contains("is for a transfer that was credited already")
                .contains("credit by hand ");
        assertThat(about(anotherAmount)).contains("so 1.000000000000 USD must be credited");
        assertThat(about(fake)).contains("which is no token that is credited");
        assertThat(about(anothersAddress)).contains("the address of acct_4");
        assertThat(about(gone)).contains("the chain has no such transaction");
        assertThat(about(notFinal)).contains("is not final");
        // Once each: that the other way round does not find them either says nothing new.
        assertThat(wrong.err()).doesNotContain("is it\n");
    }

    @Test
    void whatIsNotCreditedAndWhatLeftElsewhereIsNamed() {
        assertThat(about(omitted)).contains("is final and not credited: 12.000000000000 USD are missing");
        assertThat(about(elsewhere)).contains("which is not the treasury");
    }

    private static String about(String what) {
        return wrong.err().lines().filter(line -> line.contains(what)).reduce("", (before, line) -> before + line);
    }

    @Test
    void aNodeThatInventsIsFoundByAnother() throws Exception {
        try (var lying = LyingNode.before(made.chain)) {
            var real = made.chain.receipt(first.split("/")[1]);
            lying.invent(NO_SUCH, real, real.path("blockHash").asString());
            var audited = made.audited(List.of(made.chain.url(), lying.url()), addresses);
            assertThat(audited.err()).contains("transaction " + NO_SUCH + ": the nodes must agree");
            assertThat(audited.err()).contains("node 1 (127.0.0.1) has none").doesNotContain("key-of-a-customer");
        }
    }

    @Test
    void aReceiptOfABlockThatIsNotOnTheChainProvesNothing() throws Exception {
        try (var lying = LyingNode.before(made.chain)) {
            lying.invent(NO_SUCH, made.chain.receipt(first.split("/")[1]), "0x" + "cd".repeat(32));
            var audited = made.audited(List.of(lying.url()), addresses);
            assertThat(audited.err()).contains("0x" + "cd".repeat(32) + " is not on the chain");
        }
    }

    @Test
    void aNodeThatLeavesOutIsFoundByAnother() throws Exception {
        try (var lying = LyingNode.before(made.chain)) {
            lying.leftOut.add(omitted.split("/")[1]);
            var audited = made.audited(List.of(made.chain.url(), lying.url()), addresses);
            assertThat(audited.err()).contains(omitted + ": the nodes must agree");
        }
    }

    @Test
    void anAddressThatIsNotTheKeysIsFound() throws Exception {
        var list = made.file(
                "other",
                "{\"data\":[{\"account_id\":\"acct_7\",\"index\":7,\"address\":\"" + made.chain.wallet(8) + "\"}]}");
        var audited = made.audited(List.of(made.chain.url()), addresses, "--addresses", list.toString());
        assertThat(audited.err())
                .contains("must be the key's of index 7, which is "
                        + made.chain.wallet(7).toLowerCase(Locale.ROOT));
    }

    @Test
    void aNodeThatIsAwayIsNoVerdict() throws Exception {
        var audited = Audited.run(
                "deposits",
                "--chains",
                made.chains().toString(),
                "--rpc",
                "eip155:1=http://127.0.0.1:1",
                made.source().get(0),
                made.source().get(1));
        assertThat(audited.exit()).isEqualTo(2);
        assertThat(audited.err()).contains("The file of chains must have eip155:1");
    }

    @Test
    void hledgerAcceptsTheTreasurysBooksBesideTheLedgers() throws Exception {
        assumeThat(ran("hledger", "--version")).contains("hledger");
        assertThat(ran("hledger", "check", "-s", "-f", journal.toString())).isEmpty();
        assertThat(Files.readString(journal))
                .contains("* sweep | ", "* uncredited deposit | " + screened, "* below a trillionth | ");
        var all =
                new ArrayList<>(List.of("hledger", "bal", "--depth", "2", "-O", "csv", "-N", "-f", journal.toString()));
        for (var shard = 0; shard < RunLedger.SHARDS; shard++) {
            var file = books.resolve("shard-0" + shard + ".journal").toString();
            assertThat(ran("hledger", "check", "-s", "-f", file)).isEmpty();
            all.addAll(List.of("-f", file));
        }
        var balances = ran(all.toArray(String[]::new));
        assertThat(balances)
                .contains("\"assets:treasury\",\"4.")
                .contains("\"liabilities:deposits-uncredited\",\"-66.")
                // What lies at the addresses: 74.500001 USDC, 7 USDT, 1.999999999999999999 of the third.
                .contains("\"assets:deposits-clearing\",\"83.500000999999999999 USD\"");
    }

    private static String ran(String... command) throws Exception {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
