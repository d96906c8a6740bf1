package com.gogogoapi.funding.watch;

import java.util.LinkedHashMap;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Down as soon as somebody should look at a chain; which one and why is in the details. */
@Component("watchedChains")
class ChainsHealth implements HealthIndicator {

    private final ChainStatuses statuses;

    ChainsHealth(ChainStatuses statuses) {
        this.statuses = statuses;
    }

    @Override
    public Health health() {
        var details = new LinkedHashMap<String, Object>();
        var all = statuses.all();
        all.forEach(chain -> details.put(chain.chainId(), chain.alarms().isEmpty() ? "well" : chain.alarms()));
        var isWell = all.stream().allMatch(chain -> chain.alarms().isEmpty());
        return (isWell ? Health.up() : Health.down()).withDetails(details).build();
    }
}
