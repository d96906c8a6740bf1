package com.gogogoapi.proxy.execution;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.pricing.TokenUsage;
import com.gogogoapi.proxy.services.InstallationServices;
import com.gogogoapi.proxy.services.InstallationServices.Service;
import com.gogogoapi.proxy.services.ServiceRefusal;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Counts what was delivered where the upstream did not say: the quoted prompt and the tokens of the text, never more than was held. */
@Component
class DeliveredTokens {

    private static final Logger log = LoggerFactory.getLogger(DeliveredTokens.class);

    private final InstallationServices services;

    DeliveredTokens(InstallationServices services) {
        this.services = services;
    }

    TokenUsage estimate(HeldRequest hold, DeliveredText delivered) {
        var reserved = hold.reserved();
        var completion = Math.min(count(delivered), reserved.maxCompletionTokens());
        return new TokenUsage(hold.promptTokens(), 0, completion);
    }

    private long count(DeliveredText delivered) {
        try {
            var request = JsonMapper.shared().writeValueAsBytes(Map.of("text", delivered.text()));
            var answer = services.post(Service.QUOTE, "/internal/token-counts", Map.of(), request);
            return JsonMapper.shared().readTree(answer.body()).path("tokens").asLong();
        } catch (ApiError | ServiceRefusal e) {
            log.warn("delivered text could not be counted; its pieces are charged", e);
            return delivered.pieces();
        }
    }
}
