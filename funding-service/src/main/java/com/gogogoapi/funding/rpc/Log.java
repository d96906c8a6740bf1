package com.gogogoapi.funding.rpc;

import com.gogogoapi.funding.evm.EvmAddress;
import java.util.List;

/**
 * A log of a contract, as the chain has it. Hashes and topics are in lower case: one in two spellings would be two.
 *
 * @param index in its block
 */
public record Log(
        EvmAddress contract,
        List<String> topics,
        String data,
        long height,
        String blockHash,
        String transactionHash,
        int index) {}
