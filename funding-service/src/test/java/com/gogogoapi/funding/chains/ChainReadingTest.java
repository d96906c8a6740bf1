package com.gogogoapi.funding.chains;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.gogogoapi.funding.settings.ChainSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;

/** A chain's settings are what they must be, or it is said in words what that is. */
class ChainReadingTest {

    private static final Map<String, String> GOOD = Map.of(
            "chain-id", "eip155:8453",
            "rpc-urls", "https://one.example/key,https://two.example",
            "tokens.USDC.contract", "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913",
            "tokens.USDC.decimals", "6");

    private static Chain read(Map<String, String> settings) {
        var source = new MapConfigurationPropertySource();
        settings.forEach((name, value) -> source.put("base." + name, value));
        var chain = new Binder(source).bindOrCreate("base", Bindable.of(ChainSettings.class));
        return new ChainReading("base", chain).read();
    }

    @Test
    void whatIsNotSaidIsTheUsual() {
        var chain = read(GOOD);
        assertThat(chain.id().number()).isEqualTo(8453);
        assertThat(chain.agreeingNodes()).isEqualTo(2);
        assertThat(chain.finality()).isEqualTo(new Finality.Tag("finalized"));
        assertThat(chain.tokens()).singleElement().satisfies(token -> assertThat(token.decimals())
                .isEqualTo(6));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        chain-id                       | 8453                     | chain-id must be a chain id of CAIP-2 such as eip155:8453.
        chain-id                       | eip155:08453             | chain-id must be a chain id of CAIP-2 such as eip155:8453.
        rpc-urls                       | ftp://one.example        | rpc-urls must be addresses that begin with http:// or https://.
        rpc-urls                       | http://a.example,http://a.example | rpc-urls must name each node once.
        agreeing-nodes                 | 3                        | agreeing-nodes must be from 1 to as many as there are RPC URLs.
        agreeing-nodes                 | 0                        | agreeing-nodes must be from 1 to as many as there are RPC URLs.
        finality                       | latest                   | finality must be finalized, safe, or a number of blocks from 1 to 10000.
        finality                       | 0                        | finality must be finalized, safe, or a number of blocks from 1 to 10000.
        first-block                    | 0                        | first-block must be 1 or more.
        stands-still-after             | 0s                       | stands-still-after must be above zero.
        blocks-per-query               | 0                        | blocks-per-query must be from 1 to 100000.
        addresses-per-query            | 10001                    | addresses-per-query must be from 1 to 10000.
        tokens.USDC.contract           | 0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02914 | tokens.USDC.contract must be right: The address 0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02914 must have the checksum of EIP-55: a digit of it is wrong.
        tokens.USDC.contract           | 0x12                     | tokens.USDC.contract must be right: An address must be 0x and 40 hexadecimal digits.
        tokens.USDC.decimals           | 37                       | tokens.USDC.decimals must be given, from 0 to 36.
        tokens.USDC.paused-function    | paused                   | tokens.USDC.paused-function must be a function such as paused() or isBlacklisted(address).
        tokens.USDC.domain-name        | USD Coin                 | tokens.USDC.domain-name must be given together with domain-version.
        tokens.USDC.price.at-least     | x                        | tokens.USDC.price.url must be an address that begins with http:// or https://.
        """)
    void whatIsNotAsItMustBeIsNamed(String setting, String value, String message) {
        var settings = new HashMap<>(GOOD);
        settings.put(setting, value);
        assertThatThrownBy(() -> read(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("gogogoapi.funding.chains.base." + message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        eip155:8453  | https://one.example    | false | must be false where test is not true.
        eip155:31337 | http://127.0.0.1:8545  | false | must be false where test is not true.
        eip155:8453  | http://127.0.0.1:8545  | true  | must be false but for chain ids 1337 and 31337.
        eip155:31337 | https://one.example    | true  | must be false where a node is not on this machine.
        eip155:31337 | http://localhost:8545,https://one.example | true | must be false where a node is not on this machine.
        """)
    void whatIsWorthSomethingIsNotGivenAway(String id, String urls, boolean test, String message) {
        var settings = new HashMap<>(GOOD);
        settings.putAll(
                Map.of("chain-id", id, "rpc-urls", urls, "test", Boolean.toString(test), "test-faucet", "true"));
        assertThatThrownBy(() -> read(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("gogogoapi.funding.chains.base.test-faucet " + message);
    }

    @Test
    void aTestOfThisMachineMayBeGivenAwayAndIsAFamilyByItself() {
        var settings = new HashMap<>(GOOD);
        settings.putAll(Map.of(
                "chain-id",
                "eip155:31337",
                "rpc-urls",
                "http://127.0.0.1:8545",
                "test",
                "true",
                "test-faucet",
                "true"));
        assertThat(read(settings)).returns(true, Chain::faucet).returns(AddressFamily.TEST, Chain::family);
        assertThat(read(GOOD)).returns(false, Chain::faucet).returns(AddressFamily.MONEY, Chain::family);
    }

    /** Whose digits are wrong would not have the checksum. */
    @Test
    void theChainsOfTheServicesFileAreAsTheyMustBe() throws Exception {
        var environment = new StandardEnvironment();
        new YamlPropertySourceLoader()
                .load("funding-service", new ClassPathResource("funding-service.yml"))
                .forEach(environment.getPropertySources()::addLast);
        ConfigurationPropertySources.attach(environment);
        var chains = Binder.get(environment)
                .bind("gogogoapi.funding.chains", Bindable.mapOf(String.class, ChainSettings.class))
                .get();
        assertThat(chains.keySet())
                .containsExactlyInAnyOrder("local", "ethereum", "base", "arbitrum", "optimism", "polygon");
        chains.forEach((key, settings) -> {
            assertThat(settings.rpcUrls()).as(key + " is off").isEmpty();
            var chain = new ChainReading(key, on(settings)).read();
            assertThat(chain.tokens()).isNotEmpty().allMatch(token -> token.decimals() == 6);
        });
    }

    private static ChainSettings on(ChainSettings off) {
        return new ChainSettings(
                off.chainId(),
                off.name(),
                List.of(java.net.URI.create("https://node.example")),
                off.agreeingNodes(),
                off.finality(),
                off.usuallyFinalAfter(),
                off.firstBlock(),
                off.test(),
                off.testFaucet(),
                off.nativeCoin(),
                off.standsStillAfter(),
                off.finalStandsStillAfter(),
                off.blocksPerQuery(),
                off.addressesPerQuery(),
                off.tokens());
    }
}
