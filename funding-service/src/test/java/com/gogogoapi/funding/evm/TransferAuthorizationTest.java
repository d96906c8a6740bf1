package com.gogogoapi.funding.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.bitcoinj.crypto.ECKey;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Held against what the official client ({@code @x402/evm} with viem) makes of the same. */
class TransferAuthorizationTest {

    private static List<JsonNode> made() throws IOException {
        try (var in = TransferAuthorizationTest.class.getResourceAsStream("authorizations.json")) {
            var all = new ArrayList<JsonNode>();
            JsonMapper.shared().readTree(in).forEach(all::add);
            assertThat(all).hasSize(5);
            return all;
        }
    }

    private static TransferAuthorization authorization(JsonNode json) {
        return new TransferAuthorization(
                EvmAddress.parse(json.path("from").asString()),
                EvmAddress.parse(json.path("to").asString()),
                new BigInteger(json.path("value").asString()),
                new BigInteger(json.path("validAfter").asString()),
                new BigInteger(json.path("validBefore").asString()),
                json.path("nonce").asString());
    }

    private static byte[] hash(JsonNode made, TransferAuthorization authorization) {
        return authorization.hash(
                made.path("name").asString(),
                made.path("version").asString(),
                made.path("chain").asLong(),
                EvmAddress.parse(made.path("asset").asString()));
    }

    @Test
    void whoSignedIsFoundOutOfWhatTheOfficialClientSigned() throws IOException {
        for (var made : made()) {
            var authorization = authorization(made.path("authorization"));
            var hash = hash(made, authorization);
            assertThat("0x" + HexFormat.of().formatHex(hash))
                    .isEqualTo(made.path("hash").asString());
            var signature = Signature.parse(made.path("signature").asString());
            assertThat(signature.signer(hash)).contains(authorization.from());
            assertThat(signature.text()).isEqualTo(made.path("signature").asString());
            var key = EvmKey.parse(made.path("key").asString());
            assertThat(key.address()).isEqualTo(authorization.from());
            assertThat(key.sign(hash)).isEqualTo(signature);
        }
    }

    @Test
    void whateverIsChangedIsSignedByAnotherOrNobody() throws IOException {
        var made = made().getFirst();
        var signed = authorization(made.path("authorization"));
        var signature = Signature.parse(made.path("signature").asString());
        var other = EvmAddress.parse(made.path("asset").asString());
        for (var changed : List.of(
                new TransferAuthorization(
                        signed.from(),
                        other,
                        signed.value(),
                        signed.validAfter(),
                        signed.validBefore(),
                        signed.nonce()),
                new TransferAuthorization(
                        signed.from(),
                        signed.to(),
                        signed.value().add(BigInteger.ONE),
                        signed.validAfter(),
                        signed.validBefore(),
                        signed.nonce()),
                new TransferAuthorization(
                        signed.from(),
                        signed.to(),
                        signed.value(),
                        signed.validAfter(),
                        signed.validBefore().add(BigInteger.ONE),
                        signed.nonce()))) {
            assertThat(signature.signer(hash(made, changed))).isNotEqualTo(java.util.Optional.of(signed.from()));
        }
    }

    @Test
    void ofTwoSignaturesOfTheSameOneIsRefused() throws IOException {
        var good = Signature.parse(made().getFirst().path("signature").asString());
        var high = ECKey.ecDomainParameters().getN().subtract(good.s());
        assertThatThrownBy(() -> new Signature(good.r(), high, 1 - good.recovery()))
                .hasMessageContaining("lower half");
        for (var broken :
                List.of("", "0x", "0x" + "1".repeat(128), "0x" + "1".repeat(128) + "1d", "0x" + "0".repeat(130))) {
            assertThatThrownBy(() -> Signature.parse(broken))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("A signature");
        }
    }

    @Test
    void aTransactionIsTheVeryOneThatViemSigns() throws IOException {
        for (var made : made()) {
            var tx = made.path("tx");
            var call = new EvmKey.Call(
                    made.path("chain").asLong(),
                    tx.path("nonce").asLong(),
                    new BigInteger(tx.path("priority").asString()),
                    new BigInteger(tx.path("max").asString()),
                    tx.path("gas").asLong(),
                    EvmAddress.parse(made.path("asset").asString()),
                    tx.path("data").asString());
            assertThat(EvmKey.parse(made.path("key").asString()).sign(call).bytes())
                    .isEqualTo(tx.path("signed").asString());
        }
    }

    @Test
    void aKeyTellsNothingOfItself() {
        assertThatThrownBy(() -> EvmKey.parse("12ab"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("12ab");
        assertThat(EvmKey.parse("1".repeat(64)).toString()).doesNotContain("1".repeat(64));
    }
}
