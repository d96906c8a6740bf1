package com.gogogoapi.auditor.deposits;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.gogogoapi.auditor.source.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whose an address is, as the installation says: the one thing here that no chain and no ledger tells. What can be checked of it is that
 * each address is the extended public key's of its index, that no account has two and no address belongs to two, also in lists that were
 * kept from earlier, and that no deposit was ever credited to another account than its address's.
 */
final class AddressList {

    private static final int TELL_EVERY = 10_000;
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Map<String, Entry> byAddress = new HashMap<>();
    private final Map<String, String> ofAccounts = new HashMap<>();
    private final Map<Integer, String> ofIndices = new HashMap<>();
    private final Findings findings;
    private final String family;

    /** @param family of chains: of others, which are derived of other keys, nothing is taken */
    AddressList(Findings findings, String family) {
        this.findings = findings;
        this.family = family;
    }

    private record Page(@Nullable List<Json> data) {}

    private record Json(
            @JsonProperty("account_id") @Nullable String accountId,
            @Nullable Integer index,
            @Nullable String address,
            @Nullable String family) {}

    private record Entry(String account, int index) {}

    /** Answers of {@code GET /api/v1/operator/deposit-addresses}, one page after another. */
    void read(Path file) throws IOException {
        try (var in = Files.newBufferedReader(file);
                var pages = JSON.readerFor(Page.class).<Page>readValues(in)) {
            while (pages.hasNext()) {
                var page = pages.next().data();
                if (page == null) {
                    throw new IllegalArgumentException("Every page must have data.");
                }
                page.forEach(this::add);
            }
        } catch (JacksonException | IllegalArgumentException e) {
            throw new SourceException(file + " must be a list of addresses", e);
        }
    }

    private void add(Json json) {
        if (json.family() != null && !json.family().equals(family)) {
            return;
        }
        var account = json.accountId();
        var index = json.index();
        if (account == null || index == null || index < 0) {
            throw new IllegalArgumentException("Every address must have an account_id and an index.");
        }
        var address = AuditedChain.address(String.valueOf(json.address()), "address");
        var entry = new Entry(account, index);
        var before = byAddress.putIfAbsent(address, entry);
        if (before != null && !before.equals(entry)) {
            findings.wrong("address " + address + " must be of one account for ever: it is of " + before.account()
                    + " and of " + account);
        }
        var other = ofAccounts.putIfAbsent(account, address);
        if (other != null && !other.equals(address)) {
            findings.wrong(account + " must have one address for ever: it has " + other + " and " + address);
        }
        var same = ofIndices.putIfAbsent(index, address);
        if (same != null && !same.equals(address)) {
            findings.wrong("index " + index + " must be given out once: to " + same + " and to " + address);
        }
    }

    /** Derives every one of them. */
    void derivedOf(PublicAddresses key, Consumer<String> progress) {
        var done = 0;
        for (var entry : byAddress.entrySet()) {
            var derived = key.address(entry.getValue().index());
            if (!derived.equals(entry.getKey())) {
                findings.wrong("address " + entry.getKey() + " of "
                        + entry.getValue().account() + " must be the key's of index "
                        + entry.getValue().index() + ", which is " + derived);
            }
            if (++done % TELL_EVERY == 0) {
                progress.accept(done + " of " + byAddress.size() + " addresses derived");
            }
        }
    }

    int size() {
        return byAddress.size();
    }

    List<String> addresses() {
        return new ArrayList<>(byAddress.keySet());
    }

    boolean has(String address) {
        return byAddress.containsKey(address);
    }

    /** Null where it is none of ours. */
    @Nullable
    String accountOf(String address) {
        var entry = byAddress.get(address);
        return entry == null ? null : entry.account();
    }
}
