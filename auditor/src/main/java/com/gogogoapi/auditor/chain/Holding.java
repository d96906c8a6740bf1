package com.gogogoapi.auditor.chain;

/** What an address holds of a token. */
public record Holding(String contract, String address) {}
