package com.gogogoapi.funding.treasury;

import com.gogogoapi.chassis.settings.SettingException;
import com.gogogoapi.funding.chains.Chain;
import com.gogogoapi.funding.chains.Chains;
import com.gogogoapi.funding.evm.EvmAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** Where each chain's tokens are to be sent. */
@Component
@EnableConfigurationProperties(TreasurySettings.class)
class Treasuries {

    private final Map<String, EvmAddress> byChain = new HashMap<>();

    Treasuries(Chains chains, TreasurySettings settings) {
        for (var chain : chains.all()) {
            var of = settings.chains().get(chain.key());
            if (of != null && of.treasury() != null && !of.treasury().isBlank()) {
                byChain.put(chain.id().text(), parse(chain.key(), of.treasury()));
            }
        }
    }

    private static EvmAddress parse(String key, String text) {
        try {
            return EvmAddress.parse(text);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new SettingException(
                    "gogogoapi.funding.chains." + key + ".treasury must be right: " + e.getMessage());
        }
    }

    /** Empty where none is set: then nothing may leave. */
    Optional<EvmAddress> of(Chain chain) {
        return Optional.ofNullable(byChain.get(chain.id().text()));
    }
}
