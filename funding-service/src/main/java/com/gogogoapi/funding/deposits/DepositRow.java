package com.gogogoapi.funding.deposits;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.funding.evm.EvmAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads a deposit of a row. */
public final class DepositRow {

    private DepositRow() {}

    public static Deposit read(ResultSet row, int number) throws SQLException {
        var contract = row.getString("contract");
        var usd = row.getBigDecimal("amount_usd");
        var reason = row.getString("reason");
        return new Deposit(
                row.getObject("deposit_id", UUID.class),
                row.getString("chain_id"),
                row.getString("transaction_hash"),
                row.getInt("log_index"),
                new AccountId(row.getString("account_id")),
                new EvmAddress(row.getString("address")),
                new EvmAddress(row.getString("sender")),
                contract == null ? null : new EvmAddress(contract),
                row.getString("symbol"),
                row.getObject("decimals", Integer.class),
                row.getBigDecimal("amount").toBigIntegerExact(),
                usd == null ? null : new Usd(usd),
                DepositState.of(row.getString("state")),
                reason == null ? null : RejectReason.of(reason),
                row.getLong("height"),
                row.getString("block_hash"),
                row.getTimestamp("block_time").toInstant(),
                row.getTimestamp("seen_at").toInstant(),
                instant(row, "final_at"),
                row.getString("waits_for"),
                row.getString("screening"),
                instant(row, "asked_at"),
                instant(row, "credited_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }
}
