package com.gogogoapi.contracts.wire;

import java.util.List;

/** The topics. Their names are for ever. */
public final class Topics {

    /** Everything that can change a balance, keyed by account. Its partitions are the ledger's shards. */
    public static final String LEDGER_INTAKE = "ledger-intake";

    /** Every event of the ledger's log, in shard order; partition = shard. */
    public static final String LEDGER_EVENTS = "ledger-events";

    /** The ledger's fast answers, each to the one partition that its asker named. */
    public static final String CREDIT_DECISIONS = "credit-decisions";

    /** The ledger's signed checkpoints, in order, kept for ever. */
    public static final String LEDGER_CHECKPOINTS = "ledger-checkpoints";

    /** Every price version, every cost version and every route's loss policy, keyed by what they name, compacted. */
    public static final String ROUTE_PRICES = "route-prices";

    /** The last of every API key, keyed by its hash, compacted. */
    public static final String API_KEYS = "api-keys";

    /** Records that a consumer could not read, as they were, with the reason in a header. */
    public static final String DEAD_LETTERS = "dead-letters";

    public static final List<String> ALL = List.of(
            LEDGER_INTAKE, LEDGER_EVENTS, CREDIT_DECISIONS, LEDGER_CHECKPOINTS, ROUTE_PRICES, API_KEYS, DEAD_LETTERS);

    private Topics() {}
}
