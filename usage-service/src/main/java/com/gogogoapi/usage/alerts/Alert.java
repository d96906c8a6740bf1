package com.gogogoapi.usage.alerts;

import com.gogogoapi.contracts.identity.AccountId;
import java.time.Instant;
import java.util.UUID;

/**
 * What an account is told.
 *
 * @param id the same for the same thing, so that it is told once
 * @param sequence the event of the ledger that it speaks of, in the account's shard; of what is no event, the last before it
 * @param payload the JSON of it, as it is sent
 */
public record Alert(UUID id, AccountId account, AlertKind kind, int shard, long sequence, Instant at, String payload) {}
