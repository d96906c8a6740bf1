package com.gogogoapi.usage.balance;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.InstallationEvent;
import com.gogogoapi.usage.balance.Balances.Entered;
import com.gogogoapi.usage.balance.Balances.Stated;
import com.gogogoapi.usage.following.Followed;
import com.gogogoapi.usage.following.ReadModel;
import com.gogogoapi.usage.rollup.Grain;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Keeps of every quarter of an hour the balance that the ledger stated last, and every event that changed an account's credit
 * other than by a request. So the credit at the beginning and the end of any day of any zone is the ledger's own word, against
 * which sums are held.
 */
@Component
@Order(0)
class BalanceHistory implements ReadModel {

    private final Balances balances;

    BalanceHistory(Balances balances) {
        this.balances = balances;
    }

    private record Place(AccountId account, long bucket) {}

    @Override
    public void take(List<Followed> events) {
        var stated = new LinkedHashMap<Place, Stated>();
        var entered = new ArrayList<Entered>();
        for (var followed : events) {
            var event = followed.event();
            // Of the installation's own there is no credit.
            if (event instanceof InstallationEvent) {
                continue;
            }
            var bucket = Grain.QUARTER.bucketOf(event.decidedAt());
            var balance = new StatedBalance(followed.sequence(), event.decidedAt(), event.balance());
            stated.put(
                    new Place(event.accountId(), bucket),
                    new Stated(event.accountId(), bucket, followed.shard(), balance));
            CreditEntry.of(followed.shard(), followed.sequence(), event)
                    .ifPresent(entry -> entered.add(new Entered(event.accountId(), entry)));
        }
        balances.write(stated.values(), entered);
    }

    @Override
    public void forget() {
        balances.forget();
    }
}
