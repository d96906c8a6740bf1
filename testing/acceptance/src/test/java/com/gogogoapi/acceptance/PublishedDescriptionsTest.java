package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.gogogoapi.contracts.wire.EventType;
import com.gogogoapi.contracts.wire.Topics;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/** What docs/ says of routes and events is what the code has, no more and no less. */
class PublishedDescriptionsTest {

    private static final List<String> AT_THE_ROOT = List.of("x-beta", "x-pages");
    private static final List<String> SECTIONS = List.of("paths", "x-beta", "x-pages");

    private static Map<String, Object> document(String name) throws IOException {
        var options = new LoaderOptions();
        // Ours names what it repeats; the limit is there against documents of others.
        options.setMaxAliasesForCollections(1_000);
        return new Yaml(options).load(Files.readString(Path.of("..", "..", "docs", name)));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> at(Map<String, Object> document, String... path) {
        for (var step : path) {
            document = (Map<String, Object>) document.get(step);
        }
        return document;
    }

    @Test
    void openApiHasEveryPublicRouteUnderBothPrefixes() throws IOException {
        var openApi = document("openapi.yaml");
        var described = new TreeSet<String>();
        at(openApi, "paths").forEach((path, methods) -> describe(described, path, methods, "/v1", "/api/v1"));
        for (var section : AT_THE_ROOT) {
            at(openApi, section).forEach((path, methods) -> describe(described, path, methods, ""));
        }
        assertThat(routes()).isEqualTo(described);
    }

    private static void describe(Set<String> described, String path, Object methods, String... prefixes) {
        for (var method : methodsOf(methods).keySet()) {
            for (var prefix : prefixes) {
                described.add(method.toString().toUpperCase() + " " + prefix + path);
            }
        }
    }

    /** What is said of a path that is no method of it is what all of them have. */
    private static Map<?, ?> methodsOf(Object path) {
        var methods = new TreeMap<Object, Object>((Map<?, ?>) path);
        methods.remove("parameters");
        return methods;
    }

    private static Set<String> routes() {
        return PublicRoute.all().stream().map(PublicRoute::toString).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Each with its query parameters, since those that are not known are refused. */
    @Test
    void openApiHasEveryQueryParameter() throws IOException {
        var openApi = document("openapi.yaml");
        var described = new TreeMap<String, Set<String>>();
        for (var section : SECTIONS) {
            at(openApi, section).forEach((path, methods) -> methodsOf(methods)
                    .forEach((method, route) -> described.put(
                            method.toString().toUpperCase() + " " + (section.equals("paths") ? "/v1" : "") + path,
                            queryParameters((Map<?, ?>) route))));
        }
        var known = new TreeMap<String, Set<String>>();
        PublicRoute.all().stream()
                .filter(route -> !route.path().startsWith("/api/"))
                .forEach(route -> known.put(route.toString(), route.parameters()));
        assertThat(known).isEqualTo(described);
    }

    private static Set<String> queryParameters(Map<?, ?> route) {
        return route.get("parameters") instanceof List<?> parameters
                ? parameters.stream()
                        .map(parameter -> (Map<?, ?>) parameter)
                        .filter(parameter -> "query".equals(parameter.get("in")))
                        .map(parameter -> String.valueOf(parameter.get("name")))
                        .collect(Collectors.toSet())
                : Set.of();
    }

    @Test
    void asyncApiHasEveryTopic() throws IOException {
        assertThat(at(document("asyncapi.yaml"), "channels").keySet())
                .containsExactlyInAnyOrder(
                        Topics.LEDGER_INTAKE,
                        Topics.LEDGER_EVENTS,
                        Topics.LEDGER_CHECKPOINTS,
                        Topics.CREDIT_DECISIONS,
                        Topics.ROUTE_PRICES,
                        Topics.API_KEYS,
                        Topics.DEAD_LETTERS);
    }

    private static String nameInJson(RecordComponent field) {
        var named = field.getAccessor().getAnnotation(JsonProperty.class);
        return named == null ? field.getName() : named.value();
    }

    @Test
    void asyncApiHasEveryEventWithItsFields() throws IOException {
        var messages = at(document("asyncapi.yaml"), "components", "messages");
        assertThat(messages).hasSize(EventType.values().length);
        for (var type : EventType.values()) {
            var message = at(messages, type.eventClass().getSimpleName());
            assertThat(message).as(type.wireName()).containsEntry("name", type.wireName());
            var fields = Arrays.stream(type.eventClass().getRecordComponents())
                    .map(PublishedDescriptionsTest::nameInJson)
                    .collect(Collectors.toSet());
            // Fields that are left out when absent are described as properties, all others as required.
            var payload = at(message, "payload");
            @SuppressWarnings("unchecked")
            var described = new TreeSet<>((List<String>) payload.get("required"));
            if (payload.containsKey("properties")) {
                described.addAll(at(payload, "properties").keySet());
            }
            assertThat(described).as(type.wireName()).containsExactlyInAnyOrderElementsOf(fields);
        }
    }
}
