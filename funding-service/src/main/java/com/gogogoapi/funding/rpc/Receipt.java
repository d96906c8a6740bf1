package com.gogogoapi.funding.rpc;

import java.util.List;

/** What came of a transaction. @param succeeded otherwise it did nothing but cost */
public record Receipt(String transactionHash, String blockHash, boolean succeeded, List<Log> logs) {}
