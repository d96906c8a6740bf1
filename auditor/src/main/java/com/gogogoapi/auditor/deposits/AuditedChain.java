package com.gogogoapi.auditor.deposits;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.gogogoapi.auditor.source.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A chain as the auditor says that it is: what is credited there, and since when.
 *
 * @param chainId as CAIP-2 has it: {@code eip155:8453}
 * @param firstBlock before which no address of ours can have been paid at
 * @param finality {@code finalized}, {@code safe}, or how many blocks have to lie above one that is final
 * @param treasury to where what arrived may be sent on; null where it may not
 */
record AuditedChain(
        String chainId,
        long firstBlock,
        String finality,
        @Nullable String treasury,
        List<AuditedToken> tokens) {

    private static final Pattern CHAIN = Pattern.compile("eip155:[1-9][0-9]{0,17}");
    private static final Pattern FINALITY = Pattern.compile("finalized|safe|[0-9]{1,5}");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private record FileOfChains(@Nullable List<ChainJson> chains) {}

    private record ChainJson(
            @JsonProperty("chain_id") @Nullable String chainId,
            @JsonProperty("first_block") @Nullable Long firstBlock,
            @Nullable String finality,
            @Nullable String treasury,
            @Nullable List<TokenJson> tokens) {}

    private record TokenJson(
            @Nullable String symbol,
            @Nullable String contract,
            @Nullable Integer decimals) {}

    static List<AuditedChain> read(Path file) throws IOException {
        try {
            var json = JSON.readValue(Files.readString(file), FileOfChains.class);
            var chains = json.chains() == null
                    ? List.<AuditedChain>of()
                    : json.chains().stream().map(AuditedChain::of).toList();
            require(!chains.isEmpty(), "chains", "must have one or more.");
            require(
                    chains.stream().map(AuditedChain::chainId).distinct().count() == chains.size(),
                    "chains",
                    "must have each chain_id once.");
            return chains;
        } catch (JacksonException | IllegalArgumentException e) {
            throw new SourceException(file + " must be a file of chains", e);
        }
    }

    private static AuditedChain of(ChainJson json) {
        var id = String.valueOf(json.chainId());
        require(CHAIN.matcher(id).matches(), "chain_id", "must be such as eip155:8453.");
        var first = json.firstBlock();
        require(first != null && first >= 0, "first_block", "of " + id + " must be 0 or more.");
        var finality = json.finality() == null ? "finalized" : json.finality();
        require(
                FINALITY.matcher(finality).matches(),
                "finality",
                "of " + id + " must be finalized, safe, or a number of blocks.");
        var tokens = json.tokens() == null
                ? List.<AuditedToken>of()
                : json.tokens().stream().map(AuditedChain::token).toList();
        require(!tokens.isEmpty(), "tokens", "of " + id + " must be one or more.");
        var treasury = json.treasury() == null ? null : address(json.treasury(), "treasury");
        return new AuditedChain(id, first == null ? 0 : first, finality, treasury, tokens);
    }

    private static AuditedToken token(TokenJson json) {
        var decimals = json.decimals();
        require(json.symbol() != null && !json.symbol().isBlank(), "symbol", "must be given.");
        require(
                decimals != null && decimals >= 0 && decimals <= AuditedToken.MAX_DECIMALS,
                "decimals",
                "must be from 0 to 36.");
        return new AuditedToken(
                String.valueOf(json.symbol()),
                address(String.valueOf(json.contract()), "contract"),
                decimals == null ? 0 : decimals);
    }

    /** In lower case. */
    static String address(String text, String field) {
        var lower = text.toLowerCase(Locale.ROOT);
        require(lower.matches("0x[0-9a-f]{40}"), field, "must be 0x and 40 hexadecimal digits.");
        return lower;
    }

    private static void require(boolean met, String field, String must) {
        if (!met) {
            throw new IllegalArgumentException(field + " " + must);
        }
    }

    Optional<AuditedToken> token(String contract) {
        return tokens.stream()
                .filter(token -> token.contract().equals(contract))
                .findFirst();
    }

    List<String> contracts() {
        return tokens.stream().map(AuditedToken::contract).toList();
    }
}
