package com.gogogoapi.funding.addresses;

import com.gogogoapi.chassis.settings.SettingException;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.funding.chains.AddressFamily;
import com.gogogoapi.funding.evm.EvmAddress;
import com.gogogoapi.funding.settings.FundingProperties;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Which address is whose. An account has one of a family of chains, for ever: its index is given out once, in the transaction that
 * records it, and the row that counts them lets one instance at a time have the next.
 */
@Repository
@EnableConfigurationProperties(FundingProperties.class)
public class DepositAddresses {

    private static final Logger log = LoggerFactory.getLogger(DepositAddresses.class);

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final int firstIndex;
    private final Map<AddressFamily, ExtendedPublicKey> keys = new EnumMap<>(AddressFamily.class);

    DepositAddresses(JdbcClient jdbc, TransactionTemplate transactions, Clock clock, FundingProperties properties) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
        this.firstIndex = properties.firstIndex();
        parse(properties.extendedPublicKey(), "extended-public-key").ifPresent(key -> {
            log.info(
                    "addresses are derived of key {}, whose first is {}: the wallet that is to spend must show the same",
                    key.id(),
                    key.address(0));
            keys.put(AddressFamily.MONEY, key);
        });
        parse(properties.testExtendedPublicKey(), "test-extended-public-key")
                .ifPresent(key -> keys.put(AddressFamily.TEST, key));
    }

    /** @param number the how manieth it is of all, from 1: later ones have higher ones */
    public record Assigned(long number, EvmAddress address, AccountId account) {}

    private static Optional<ExtendedPublicKey> parse(@Nullable String text, String name) {
        try {
            return text == null || text.isBlank() ? Optional.empty() : Optional.of(ExtendedPublicKey.parse(text));
        } catch (IllegalArgumentException e) {
            throw new SettingException("gogogoapi.funding." + name + " " + e.getMessage());
        }
    }

    public Optional<EvmAddress> of(AddressFamily family, AccountId account) {
        return jdbc.sql("select address from deposit_address where family = ? and account_id = ?")
                .params(family.wireName(), account.value())
                .query(String.class)
                .optional()
                .map(EvmAddress::new);
    }

    /**
     * The account's address, given to it now if it had none.
     *
     * @return empty where there is no key to derive any of
     */
    public Optional<EvmAddress> assigned(AddressFamily family, AccountId account) {
        var known = of(family, account);
        var from = keys.get(family);
        if (known.isPresent() || from == null) {
            return known;
        }
        return Optional.of(Objects.requireNonNull(transactions.execute(status -> {
            var index = nextIndex(from);
            // Of two who ask for one account at once the second waited for the first.
            var meanwhile = of(family, account);
            if (meanwhile.isPresent()) {
                status.setRollbackOnly();
                return meanwhile.get();
            }
            var address = from.address(index);
            jdbc.sql("""
                insert into deposit_address (family, address, account_id, key_id, key_index, number, assigned_at)
                values (?, ?, ?, ?, ?, (select coalesce(max(number), 0) + 1 from deposit_address), ?)\
                """)
                    .params(
                            family.wireName(),
                            address.value(),
                            account.value(),
                            from.id(),
                            index,
                            Timestamp.from(clock.instant()))
                    .update();
            return address;
        })));
    }

    /** Holds the row that counts until the transaction ends. */
    private int nextIndex(ExtendedPublicKey from) {
        jdbc.sql("insert into address_key (key_id, next_index) values (?, ?) on conflict do nothing")
                .params(from.id(), firstIndex)
                .update();
        // Of all keys, so that numbers are given in the order in which they can be seen.
        jdbc.sql("select key_id from address_key order by key_id for update")
                .query()
                .listOfRows();
        return jdbc.sql("""
                update address_key set next_index = greatest(next_index, ?) + 1 where key_id = ? returning next_index - 1\
                """).params(firstIndex, from.id()).query(Integer.class).single();
    }

    /** Those of a family that were assigned after that many, in order. */
    public List<Assigned> after(AddressFamily family, long number, int most) {
        return jdbc.sql("""
            select number, address, account_id from deposit_address
             where family = ? and number > ? order by number limit ?\
            """)
                .params(family.wireName(), number, most)
                .query((row, at) -> new Assigned(
                        row.getLong("number"),
                        new EvmAddress(row.getString("address")),
                        new AccountId(row.getString("account_id"))))
                .list();
    }
}
