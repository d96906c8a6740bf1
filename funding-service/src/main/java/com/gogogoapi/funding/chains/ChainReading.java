package com.gogogoapi.funding.chains;

import com.gogogoapi.funding.evm.EvmAddress;
import com.gogogoapi.funding.settings.ChainSettings;
import com.gogogoapi.funding.settings.TokenSettings;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;

/** Makes a chain of its settings, or says in words what they must be. */
final class ChainReading {

    private static final int MAX_NODES = 10;
    private static final int MAX_BLOCKS_PER_QUERY = 100_000;
    private static final int MAX_ADDRESSES_PER_QUERY = 10_000;
    private static final int MAX_DECIMALS = 36;
    private static final int MAX_NAME_CHARS = 40;

    /** Of chains that are made on one's own machine (anvil, hardhat, geth --dev), and of no other. */
    private static final Set<Long> LOCAL_IDS = Set.of(1337L, 31337L);

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final Pattern SYMBOL = Pattern.compile("[A-Za-z0-9.]{1,12}");
    private static final Pattern FUNCTION = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,60}\\((address)?\\)");

    private final String key;
    private final String prefix;
    private final ChainSettings settings;

    ChainReading(String key, ChainSettings settings) {
        this.key = key;
        this.prefix = "gogogoapi.funding.chains." + key + ".";
        this.settings = settings;
    }

    /** @throws IllegalArgumentException if something is not what it must be */
    Chain read() {
        var id = read("chain-id", settings.chainId(), ChainId::parse);
        var name = settings.name() == null ? key : settings.name();
        require(
                !name.isBlank() && name.length() <= MAX_NAME_CHARS,
                "name",
                "must have 1 to " + MAX_NAME_CHARS + " characters.");
        var urls = settings.rpcUrls();
        require(urls.size() <= MAX_NODES, "rpc-urls", "must be at most " + MAX_NODES + ".");
        require(new HashSet<>(urls).size() == urls.size(), "rpc-urls", "must name each node once.");
        urls.forEach(url -> require(isHttp(url), "rpc-urls", "must be addresses that begin with http:// or https://."));
        requireFaucetIsOfATest(id);
        var agreeing = settings.agreeingNodes() == null ? Math.min(2, urls.size()) : settings.agreeingNodes();
        require(
                agreeing >= 1 && agreeing <= urls.size(),
                "agreeing-nodes",
                "must be from 1 to as many as there are RPC URLs.");
        var first = settings.firstBlock();
        require(first == null || first >= 1, "first-block", "must be 1 or more.");
        requireAboveZero("usually-final-after", settings.usuallyFinalAfter());
        requireAboveZero("stands-still-after", settings.standsStillAfter());
        requireAboveZero("final-stands-still-after", settings.finalStandsStillAfter());
        requireWithin("blocks-per-query", settings.blocksPerQuery(), MAX_BLOCKS_PER_QUERY);
        requireWithin("addresses-per-query", settings.addressesPerQuery(), MAX_ADDRESSES_PER_QUERY);
        var tokens = settings.tokens().entrySet().stream()
                .map(token -> token(token.getKey(), token.getValue()))
                .toList();
        require(
                tokens.stream().map(Token::contract).distinct().count() == tokens.size(),
                "tokens",
                "must name each contract once.");
        return new Chain(
                id,
                key,
                name,
                List.copyOf(urls),
                agreeing,
                read("finality", settings.finality(), Finality::parse),
                settings.usuallyFinalAfter(),
                first,
                settings.test(),
                settings.testFaucet(),
                settings.nativeCoin(),
                settings.standsStillAfter(),
                settings.finalStandsStillAfter(),
                settings.blocksPerQuery(),
                settings.addressesPerQuery(),
                tokens);
    }

    /** Neither a wrong word nor a wrong address is to make it give away what is worth something. */
    private void requireFaucetIsOfATest(ChainId id) {
        if (settings.testFaucet()) {
            require(settings.test(), "test-faucet", "must be false where test is not true.");
            require(LOCAL_IDS.contains(id.number()), "test-faucet", "must be false but for chain ids 1337 and 31337.");
            require(
                    settings.rpcUrls().stream().allMatch(url -> LOOPBACK.contains(url.getHost())),
                    "test-faucet",
                    "must be false where a node is not on this machine.");
        }
    }

    private Token token(String symbol, TokenSettings token) {
        var at = "tokens." + symbol + ".";
        require(SYMBOL.matcher(symbol).matches(), "tokens", "must be known by symbols of 1 to 12 letters and digits.");
        var decimals = token.decimals();
        if (decimals == null || decimals < 0 || decimals > MAX_DECIMALS) {
            throw must(at + "decimals", "must be given, from 0 to " + MAX_DECIMALS + ".");
        }
        for (var function : Map.of(
                        "paused-function", String.valueOf(token.pausedFunction()),
                        "blacklist-function", String.valueOf(token.blacklistFunction()))
                .entrySet()) {
            require(
                    function.getValue().equals("null")
                            || FUNCTION.matcher(function.getValue()).matches(),
                    at + function.getKey(),
                    "must be a function such as paused() or isBlacklisted(address).");
        }
        return new Token(
                symbol,
                read(at + "contract", token.contract(), EvmAddress::parse),
                decimals,
                token.pausedFunction(),
                token.blacklistFunction(),
                domain(at, token),
                price(at + "price.", token.price()));
    }

    private Token.@Nullable Domain domain(String at, TokenSettings token) {
        var name = token.domainName();
        var version = token.domainVersion();
        require((name == null) == (version == null), at + "domain-name", "must be given together with domain-version.");
        if (name == null || version == null) {
            return null;
        }
        require(isPlain(name), at + "domain-name", "must have 1 to " + MAX_NAME_CHARS + " characters of ASCII.");
        require(isPlain(version), at + "domain-version", "must have 1 to " + MAX_NAME_CHARS + " characters of ASCII.");
        return new Token.Domain(name, version);
    }

    private static boolean isPlain(String text) {
        return !text.isBlank()
                && text.length() <= MAX_NAME_CHARS
                && text.chars().allMatch(c -> c >= ' ' && c <= '~');
    }

    private Token.@Nullable Price price(String at, TokenSettings.@Nullable Price price) {
        if (price == null) {
            return null;
        }
        var url = price.url();
        if (url == null || !isHttp(url)) {
            throw must(at + "url", "must be an address that begins with http:// or https://.");
        }
        read(at + "pointer", price.pointer(), JsonPointer::compile);
        requireAboveZero(at + "every", price.every());
        requireAboveZero(at + "valid-for", price.validFor());
        var atLeast = read(at + "at-least", price.atLeast(), ChainReading::positive);
        return new Token.Price(url, price.pointer(), atLeast, price.every(), price.validFor());
    }

    private static BigDecimal positive(String text) {
        try {
            var number = new BigDecimal(text);
            if (number.signum() > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("must be a price in USD such as 0.98.", e);
        }
        throw new IllegalArgumentException("must be a price in USD such as 0.98.");
    }

    private <T> T read(String name, @Nullable String text, Function<String, T> reading) {
        if (text == null || text.isBlank()) {
            throw must(name, "must be given.");
        }
        try {
            return reading.apply(text);
        } catch (IllegalArgumentException e) {
            var message = String.valueOf(e.getMessage());
            throw must(name, message.startsWith("must") ? message : "must be right: " + message);
        }
    }

    private static boolean isHttp(URI url) {
        return ("http".equals(url.getScheme()) || "https".equals(url.getScheme())) && url.getHost() != null;
    }

    private void requireAboveZero(String name, Duration duration) {
        require(duration.isPositive(), name, "must be above zero.");
    }

    private void requireWithin(String name, int number, int most) {
        require(number >= 1 && number <= most, name, "must be from 1 to " + most + ".");
    }

    private void require(boolean met, String name, String must) {
        if (!met) {
            throw must(name, must);
        }
    }

    private IllegalArgumentException must(String name, String must) {
        return new IllegalArgumentException(prefix + name + " " + must);
    }
}
