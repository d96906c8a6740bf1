package com.gogogoapi.proxy.execution;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.pricing.TokenUsage;
import com.gogogoapi.proxy.execution.DeliveredText.Part;
import com.gogogoapi.proxy.services.InstallationServices;
import com.gogogoapi.proxy.services.InstallationServices.Service;
import com.gogogoapi.proxy.services.ServiceRefusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
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
        return usage(hold, count(List.of(delivered.all())).getFirst());
    }

    /** The usage of so many tokens delivered. */
    static TokenUsage usage(HeldRequest hold, long delivered) {
        return new TokenUsage(
                hold.promptTokens(), 0, Math.min(delivered, hold.reserved().maxCompletionTokens()));
    }

    /** The tokens of each, asked for at once. */
    List<Long> count(List<Part> parts) {
        try {
            var texts = parts.stream().map(Part::text).toList();
            var request = JsonMapper.shared().writeValueAsBytes(Map.of("texts", texts));
            var answer = services.post(Service.QUOTE, "/internal/token-counts", Map.of(), request);
            var counts = new ArrayList<Long>();
            JsonMapper.shared().readTree(answer.body()).path("tokens").forEach(count -> counts.add(count.asLong()));
            if (counts.size() == parts.size()) {
                return counts;
            }
            log.warn("{} texts were counted and not {}; their pieces are charged", counts.size(), parts.size());
        } catch (ApiError | ServiceRefusal | JacksonException e) {
            log.warn("delivered text could not be counted; its pieces are charged", e);
        }
        return parts.stream().map(Part::pieces).toList();
    }
}
