package com.gogogoapi.auditor;

import static com.gogogoapi.fixtures.Grants.aDepositOf;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.intake.CreditIntake;
import com.gogogoapi.contracts.wire.BrokerUser;
import com.gogogoapi.embedded.Database;
import com.gogogoapi.embedded.EmbeddedKafka;
import com.gogogoapi.embedded.Infrastructure;
import com.gogogoapi.evidence.signing.SigningKey;
import com.gogogoapi.simulator.chain.LocalChain;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A real chain and a real ledger, and in between whoever credits, who may be wrong. The accounts' addresses are the chain's own wallets,
 * whose derivation is the chain's work and none of ours.
 */
final class DepositsInstallation implements AutoCloseable {

    /** Of {@code m/44'/60'/0'/0} of the mnemonic that every test chain has. */
    static final String XPUB =
            "xpub6DyUKdwoLWmUJ4Tn9Bbsdtx7B5Ws18mEN19e5HT52ikE53FiUheSQXrZUNPovqfyKmw4579A1Mm3GXXKM39N64uoo"
                    + "BfJ4tNAzFsEbodRTx4";

    /** Blocks above one that is final. */
    static final int FINALITY = 2;

    static final int TREASURY = 9;

    final LocalChain chain;
    final String usdc;
    final String usdt;
    final String dollar;
    final Path folder;
    private final Database database = Infrastructure.shared().newDatabase("deposits");
    private final EmbeddedKafka kafka;
    private final RunLedger ledger;
    private long credits;

    DepositsInstallation(long chainId) throws Exception {
        folder = MadeLog.temporaryFolder();
        kafka = RunLedger.broker(folder.resolve("kafka"));
        ledger = RunLedger.on(database, kafka.as(BrokerUser.LEDGER_SERVICE), SigningKey.generate());
        chain = LocalChain.start(LocalChain.Options.inMemory(chainId, FINALITY / 2));
        usdc = token("UsdcLike");
        usdt = token("UsdtLike");
        dollar = token("Dollar18");
    }

    String token(String contract) {
        var address = chain.deploy(contract);
        chain.send(address, "mint(address,uint256)", chain.wallet(0), BigInteger.TEN.pow(30));
        chain.mine(1);
        return address;
    }

    /** The account whose address is the wallet of that number. */
    static String account(int wallet) {
        return "acct_" + wallet;
    }

    /** In a block of its own. */
    String pay(String token, int wallet, Object amount) {
        var sent = chain.send(token, "transfer(address,uint256)", chain.wallet(wallet), amount);
        chain.mine(1);
        return sent;
    }

    String id() {
        return "eip155:" + chain.id();
    }

    /** Of a transaction's log of that number in the transaction. */
    String reference(String transaction, int log) {
        var index = chain.receipt(transaction)
                .path("logs")
                .path(log)
                .path("logIndex")
                .asString();
        return id() + "/" + transaction + "/" + Long.parseLong(index.substring(2), 16);
    }

    void credit(int wallet, String usd, String reference) {
        var grant = aDepositOf(new AccountId(account(wallet)), usd, reference, Instant.now());
        ledger.send(List.<CreditIntake>of(grant));
        credits++;
    }

    void becomeFinal() {
        chain.mine(FINALITY + 1);
    }

    Path addresses(int... wallets) throws IOException {
        var entries = new ArrayList<String>();
        for (var wallet : wallets) {
            entries.add("{\"account_id\":\"%s\",\"index\":%d,\"address\":\"%s\"}"
                    .formatted(account(wallet), wallet, chain.wallet(wallet)));
        }
        return file(
                "addresses",
                "{\"object\":\"list\",\"data\":[" + String.join(",", entries) + "],\"next_cursor\":null}\n");
    }

    Path chains() throws IOException {
        return file("chains", """
            {"chains":[{"chain_id":"%s","first_block":1,"treasury":"%s","tokens":[
              {"symbol":"USDC","contract":"%s","decimals":6},
              {"symbol":"USDT","contract":"%s","decimals":6},
              {"symbol":"DOL","contract":"%s","decimals":18}]}]}
            """.formatted(id(), chain.wallet(TREASURY), usdc, usdt, dollar));
    }

    Path file(String name, String text) throws IOException {
        return Files.writeString(Files.createTempFile(folder, name, ".json"), text);
    }

    List<String> source() throws Exception {
        return List.of("--jdbc", database.urlWithLogin(), "--kafka", MadeLog.kafkaFile(kafka.as(BrokerUser.AUDITOR)));
    }

    /** @param nodes addresses of the chain's nodes */
    Audited audited(List<String> nodes, Path addresses, String... more) throws Exception {
        ledger.awaitSigned(credits);
        var command = new ArrayList<>(List.of("deposits", "--chains", chains().toString()));
        nodes.forEach(node -> command.addAll(List.of("--rpc", id() + "=" + node)));
        command.addAll(List.of("--addresses", addresses.toString(), "--extended-public-key", XPUB));
        command.addAll(List.of("--credited-within", "1s"));
        command.addAll(List.of(more));
        command.addAll(source());
        return Audited.run(command.toArray(String[]::new));
    }

    @Override
    public void close() {
        chain.close();
        ledger.close();
        kafka.close();
    }
}
