package com.gogogoapi.simulator.chain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/** The compiled contracts of TestTokens.sol. */
final class Contracts {

    private static final Map<String, String> BYTECODE = read();

    private Contracts() {}

    private static Map<String, String> read() {
        try (var in = Contracts.class.getResourceAsStream("contracts.json")) {
            if (in == null) {
                throw new IOException("The build must have compiled TestTokens.sol.");
            }
            var all = new TreeMap<String, String>();
            JsonMapper.shared()
                    .readTree(in)
                    .properties()
                    .forEach(contract ->
                            all.put(contract.getKey(), contract.getValue().asString()));
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String bytecode(String name) {
        var code = BYTECODE.get(name);
        if (code == null) {
            throw new IllegalArgumentException("The contract must be one of " + BYTECODE.keySet() + ".");
        }
        return code;
    }
}
