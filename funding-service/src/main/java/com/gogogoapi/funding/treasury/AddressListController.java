package com.gogogoapi.funding.treasury;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.funding.evm.EvmAddress;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Whose every address is and of which index: what an auditor holds deposits against, and a signer derives keys by. */
@RestController
class AddressListController {

    private static final int MAX_LIMIT = 1_000;

    private final JdbcClient jdbc;

    AddressListController(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record Page(
            String object,
            List<AddressView> data,
            @JsonProperty("next_cursor") @Nullable String nextCursor) {}

    /** @param number the how manieth of all */
    record AddressView(
            long number,
            @JsonProperty("account_id") String accountId,
            String family,
            @JsonProperty("key_id") String keyId,
            int index,
            String address,
            @JsonProperty("assigned_at") Instant assignedAt) {}

    /** In the order in which they were assigned. @param cursor where the page before ended */
    @GetMapping("/internal/address-list")
    Page list(@RequestParam(defaultValue = "1000") String limit, @RequestParam(defaultValue = "0") String cursor) {
        if (!limit.matches("[0-9]{1,4}") || Integer.parseInt(limit) < 1 || Integer.parseInt(limit) > MAX_LIMIT) {
            throw ApiError.invalidRequest("limit", "limit must be a whole number from 1 to " + MAX_LIMIT + ".");
        }
        if (!cursor.matches("[0-9]{1,18}")) {
            throw ApiError.invalidRequest("cursor", "cursor must be the next_cursor of the page before.");
        }
        var most = Integer.parseInt(limit);
        var found = jdbc.sql("""
            select number, account_id, family, key_id, key_index, address, assigned_at from deposit_address
             where number > ? order by number limit ?\
            """)
                .params(Long.parseLong(cursor), most + 1)
                .query((row, at) -> new AddressView(
                        row.getLong("number"),
                        row.getString("account_id"),
                        row.getString("family"),
                        row.getString("key_id"),
                        row.getInt("key_index"),
                        new EvmAddress(row.getString("address")).checksummed(),
                        row.getTimestamp("assigned_at").toInstant()))
                .list();
        var shown = found.size() > most ? found.subList(0, most) : found;
        return new Page(
                "list",
                shown,
                found.size() > most ? Long.toString(shown.getLast().number()) : null);
    }
}
