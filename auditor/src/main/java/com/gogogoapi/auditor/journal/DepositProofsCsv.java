package com.gogogoapi.auditor.journal;

import java.io.IOException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** For each credited deposit the transaction, block and log that prove it, a line each. */
public final class DepositProofsCsv {

    private final Csv csv;

    public DepositProofsCsv(Appendable out) throws IOException {
        csv = new Csv(
                out,
                "reference",
                "account_id",
                "amount_usd",
                "event_id",
                "shard",
                "sequence",
                "chain_id",
                "transaction_hash",
                "log_index",
                "block",
                "block_hash",
                "contract",
                "token",
                "amount_atomic",
                "sender",
                "address");
    }

    /** The columns in their order. */
    public void write(Stream<@Nullable Object> cells) throws IOException {
        csv.print(cells);
    }
}
