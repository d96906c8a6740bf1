package com.gogogoapi.funding.x402;

import com.gogogoapi.funding.chains.Chains;
import com.gogogoapi.funding.rpc.Nodes;
import com.gogogoapi.funding.settings.FundingProperties;
import java.time.Clock;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Who settles: our own key or a facilitator; nobody unless one of them is given. */
@Component
class Settlers {

    private final Optional<Settler> current;

    Settlers(
            FundingProperties properties,
            Nodes nodes,
            Chains chains,
            Payments payments,
            SettlementRows rows,
            Clock clock) {
        var settings = properties.x402();
        if (settings.settlesItself()) {
            current = Optional.of(new OwnSettler(settings.settler(), nodes, chains, payments, rows, clock));
        } else if (settings.isOn()) {
            current = Optional.of(new FacilitatorSettler(settings.facilitator(), payments, clock));
        } else {
            current = Optional.empty();
        }
    }

    Optional<Settler> current() {
        return current;
    }
}
