package com.gogogoapi.funding.credit;

import com.gogogoapi.funding.evm.EvmAddress;
import com.gogogoapi.funding.evm.Hex;
import com.gogogoapi.funding.rpc.Log;
import com.gogogoapi.funding.rpc.Node;
import com.gogogoapi.funding.rpc.Receipt;
import java.util.List;
import java.util.Optional;

/**
 * A transfer by an authorisation of EIP-3009, as it is known again in whatever transaction used it: its contract logs the authorisation's
 * use and then the transfer.
 */
public record AuthorizedTransfer(EvmAddress contract, EvmAddress payer, EvmAddress to, String nonce) {

    private static final String USED = Hex.topic("AuthorizationUsed(address,bytes32)");
    private static final String CANCELLED = Hex.topic("AuthorizationCanceled(address,bytes32)");

    /** By which its use is looked for among logs. */
    public List<String> usedTopics() {
        return List.of(USED, payer.word(), nonce);
    }

    /** By which it is looked for whether the payer took it back. */
    public List<String> cancelledTopics() {
        return List.of(CANCELLED, payer.word(), nonce);
    }

    /** The transfer's log, if that transaction used it. */
    public Optional<Log> in(Receipt receipt) {
        if (!receipt.succeeded()) {
            return Optional.empty();
        }
        var used = receipt.logs().stream()
                .filter(log -> log.contract().equals(contract) && log.topics().equals(usedTopics()))
                .findFirst();
        return used.flatMap(use -> receipt.logs().stream()
                .filter(log -> log.index() > use.index())
                .filter(log -> log.contract().equals(contract)
                        && log.topics().equals(List.of(Node.TRANSFER, payer.word(), to.word())))
                .findFirst());
    }
}
