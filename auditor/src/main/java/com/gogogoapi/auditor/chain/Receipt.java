package com.gogogoapi.auditor.chain;

import java.util.List;
import java.util.Optional;

/**
 * What came of a transaction.
 *
 * @param transfers those of its logs that are a token's transfers
 * @param logs how many logs it has of whatever kind
 */
public record Receipt(
        String transactionHash, long height, String blockHash, boolean succeeded, List<Transfer> transfers, int logs) {

    public Optional<Transfer> transfer(int logIndex) {
        return transfers.stream()
                .filter(transfer -> transfer.logIndex() == logIndex)
                .findFirst();
    }
}
