package com.gogogoapi.funding.chains;

/**
 * Chains on which an account has the same address: all of Ethereum's kind have one key for each. Test chains are a family by themselves:
 * nobody may have the private half of their key, and what is money is never to be sent there.
 */
public enum AddressFamily {
    MONEY("eip155"),
    TEST("eip155-test");

    private final String wireName;

    AddressFamily(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }
}
