package com.gogogoapi.usage.following;

import com.gogogoapi.contracts.ledger.LedgerEvent;

/**
 * An event in its turn.
 *
 * @param sequence its number in its shard, from 1
 */
public record Followed(int shard, long sequence, LedgerEvent event) {}
