package com.gogogoapi.ledger.log;

import com.gogogoapi.contracts.identity.AccountId;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The log: what was decided, shard by shard, and how much of the intake is in it. {@link PostgresLedgerLog} is the real
 * one; the simulation has one in memory that behaves the same, and the same tests hold both to it.
 */
public interface LedgerLog {

    /** Where these shards stand; a shard met for the first time begins empty. */
    List<ShardPosition> positionsOf(Collection<Integer> shards) throws SQLException;

    /**
     * Appends these batches, each whole or not at all.
     *
     * @param batches at most one of each shard
     * @return the shards that were appended; the others are fenced: another owner moved them
     * @throws SQLException if nothing was appended as far as this side knows; of SQLSTATE class 23 if the rows themselves
     *     were refused
     */
    Set<Integer> append(List<ShardBatch> batches) throws SQLException;

    /** An account's events from a sequence number on, oldest first. */
    List<StoredEvent> accountFrom(String accountId, long firstSeq, int limit) throws SQLException;

    /** An account's events before a sequence number, newest first. */
    List<StoredEvent> accountBefore(String accountId, long beforeSeq, int limit) throws SQLException;

    /** A shard's events after a position, in order. */
    List<StoredEvent> shardAfter(int shard, long afterPos, int limit) throws SQLException;

    /** All events of one request of this account, in order; empty also where the request is another account's. */
    default List<StoredEvent> request(AccountId accountId, UUID requestId) throws SQLException {
        return requests(accountId, List.of(requestId));
    }

    /** The same of several requests together, in the order of the account. */
    List<StoredEvent> requests(AccountId accountId, Collection<UUID> requestIds) throws SQLException;

    /** The accounts of this shard that have parked records, each with how many. */
    Map<String, Integer> parkedAccounts(int shard) throws SQLException;

    /** An account's parked records that nothing became of yet, in the order of the intake. */
    List<ParkedRecord> parkedOf(String accountId, int limit) throws SQLException;
}
