package com.gogogoapi.proxy.execution;

import com.gogogoapi.contracts.quote.RequestProtocol;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What upstreams speak ({@code gogogoapi.proxy.upstream.protocols.*}).
 *
 * @param protocols by route; one that is not named speaks all
 */
@ConfigurationProperties("gogogoapi.proxy.upstream")
record SpokenProtocolsProperties(@DefaultValue Map<String, Set<RequestProtocol>> protocols) {

    SpokenProtocolsProperties {
        protocols.forEach((route, spoken) -> {
            if (spoken.isEmpty()) {
                throw new IllegalArgumentException(
                        "gogogoapi.proxy.upstream.protocols." + route + " must name at least one protocol.");
            }
        });
    }
}
