package com.gogogoapi.proxy.execution;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.pricing.ModelName;
import com.gogogoapi.contracts.quote.RequestProtocol;
import com.gogogoapi.proxy.body.Place;
import com.gogogoapi.proxy.body.RequestBody;
import com.gogogoapi.proxy.services.InstallationServices;
import com.gogogoapi.proxy.services.InstallationServices.Service;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Which protocols the upstream of a route speaks, and how a request in another one gets there. */
@Component
@EnableConfigurationProperties(SpokenProtocolsProperties.class)
public class SpokenProtocols {

    /** Names change as seldom as aliases are set. */
    private static final Duration KNOWN_FOR = Duration.ofSeconds(5);

    private static final int MAX_NAMES = 1_000;

    private final Map<String, Set<RequestProtocol>> spoken;
    private final InstallationServices services;
    private final Cache<String, String> routes = Caffeine.newBuilder()
            .maximumSize(MAX_NAMES)
            .expireAfterWrite(KNOWN_FOR)
            .build();

    SpokenProtocols(SpokenProtocolsProperties properties, InstallationServices services) {
        this.spoken = properties.protocols();
        this.services = services;
    }

    /**
     * A request as its upstream can be asked.
     *
     * @throws ApiError 400 if it cannot be
     */
    Protocol.Request asked(RequestProtocol protocol, Protocol.Request request, RequestBody body, Place place) {
        if (spoken.isEmpty()) {
            return request;
        }
        var route = routeOf(request.model());
        if (speaks(route, protocol)) {
            return request;
        }
        requireServed(protocol, route, request.model());
        return place.look(body, request::translated);
    }

    /** True of a route of which nothing is said. */
    private boolean speaks(String route, RequestProtocol protocol) {
        var spokenThere = spoken.get(route);
        return spokenThere == null || spokenThere.contains(protocol);
    }

    /**
     * A request of that protocol can be executed on that route.
     *
     * @param named what the client calls the route
     * @throws ApiError 400 protocol_not_served
     */
    public void requireServed(RequestProtocol protocol, String route, String named) {
        var spokenThere = spoken.get(route);
        if (spokenThere != null && !protocol.isServedBy(spokenThere)) {
            throw ApiError.refused(
                    400,
                    "protocol_not_served",
                    "model",
                    "The model '" + ApiError.printable(named) + "' must be called by "
                            + Arrays.stream(RequestProtocol.values())
                                    .filter(spokenThere::contains)
                                    .map(RequestProtocol::wireName)
                                    .collect(Collectors.joining(" or "))
                            + ": its upstream does not speak " + protocol.wireName() + ".");
        }
    }

    /** Whatever the client calls it. */
    private String routeOf(String name) {
        if (spoken.containsKey(name) || !ModelName.isValid(name)) {
            return name;
        }
        return routes.get(name, unknown -> JsonMapper.shared()
                .readTree(services.get(Service.QUOTE, "/internal/routes/" + unknown, Map.of())
                        .body())
                .path("model")
                .asString(unknown));
    }
}
