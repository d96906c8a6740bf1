package com.gogogoapi.contracts.wire;

import com.gogogoapi.contracts.ledger.RateStanding;
import com.gogogoapi.contracts.messaging.EventJson;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/**
 * How the rates stand that a request was measured against, as a header of the decision on {@code credit-decisions}: JSON, so
 * that the decision itself stays the bytes that are in the log. Absent where there are no rates, and from older ledgers.
 */
public final class RateStandings {

    public static final String HEADER = "ratestandings";

    private static final TypeReference<List<RateStanding>> TYPE = new TypeReference<>() {};

    private RateStandings() {}

    public static void add(Headers to, List<RateStanding> standings) {
        to.add(HEADER, EventJson.mapper().writeValueAsBytes(standings));
    }

    /** Never throws for what is in it: what cannot be read says nothing, and the decision stands for itself. */
    public static List<RateStanding> of(Headers headers) {
        var header = headers.lastHeader(HEADER);
        if (header == null || header.value() == null) {
            return List.of();
        }
        try {
            return List.copyOf(EventJson.mapper().readValue(header.value(), TYPE));
        } catch (JacksonException | IllegalArgumentException | NullPointerException e) {
            return List.of();
        }
    }
}
