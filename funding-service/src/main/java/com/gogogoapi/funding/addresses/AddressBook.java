package com.gogogoapi.funding.addresses;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.funding.chains.AddressFamily;
import com.gogogoapi.funding.evm.EvmAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All addresses of a family as a watcher holds them: of 100,000 some 20 MB. Who is told a chain's height first and asks for this after it knows
 * every address that can have been paid at by then. Of one thread.
 */
public final class AddressBook {

    private static final int PAGE = 5_000;

    private final DepositAddresses addresses;
    private final AddressFamily family;
    private final Map<EvmAddress, AccountId> accounts = new LinkedHashMap<>();
    private final List<EvmAddress> all = new ArrayList<>();
    private long number;

    public AddressBook(DepositAddresses addresses, AddressFamily family) {
        this.addresses = addresses;
        this.family = family;
    }

    /** Takes in those that were assigned meanwhile. */
    public void refresh() {
        List<DepositAddresses.Assigned> page;
        do {
            page = addresses.after(family, number, PAGE);
            for (var assigned : page) {
                accounts.put(assigned.address(), assigned.account());
                all.add(assigned.address());
                number = assigned.number();
            }
        } while (page.size() == PAGE);
    }

    /** In the order in which they were assigned; grows and never changes. */
    public List<EvmAddress> all() {
        return Collections.unmodifiableList(all);
    }

    /** Whose an address is; null if it is none of ours. */
    public @Nullable AccountId accountOf(EvmAddress address) {
        return accounts.get(address);
    }
}
