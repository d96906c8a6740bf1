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
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.yaml.snakeyaml.Yaml;

/** What docs/ says of routes and events is what the code has, no more and no less. */
class PublishedDescriptionsTest {

    private static Map<String, Object> document(String name) throws IOException {
        return new Yaml().load(Files.readString(Path.of("..", "..", "docs", name)));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> at(Map<String, Object> document, String... path) {
        for (var step : path) {
            document = (Map<String, Object>) document.get(step);
        }
        return document;
    }

    @Test
    void openApiHasEveryPublicRouteUnderBothPrefixes() throws Exception {
        var openApi = document("openapi.yaml");
        var described = new TreeSet<String>();
        at(openApi, "paths").forEach((path, methods) -> describe(described, path, methods, "/v1", "/api/v1"));
        at(openApi, "x-pages").forEach((path, methods) -> describe(described, path, methods, ""));
        assertThat(routes()).isEqualTo(described);
    }

    private static void describe(Set<String> described, String path, Object methods, String... prefixes) {
        for (var method : ((Map<?, ?>) methods).keySet()) {
            for (var prefix : prefixes) {
                described.add(method.toString().toUpperCase() + " " + prefix + path);
            }
        }
    }

    private static Set<String> routes() throws ClassNotFoundException {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(RestController.class));
        var routes = new TreeSet<String>();
        for (var bean : scanner.findCandidateComponents("com.gogogoapi.proxy")) {
            var controller = Class.forName(bean.getBeanClassName());
            var onClass = AnnotatedElementUtils.findMergedAnnotation(controller, RequestMapping.class);
            var prefixes = onClass == null ? new String[] {""} : onClass.path();
            for (var method : controller.getDeclaredMethods()) {
                var mapping = AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class);
                if (mapping != null) {
                    for (var prefix : prefixes) {
                        for (var path : mapping.path()) {
                            routes.add(mapping.method()[0] + " " + prefix + path);
                        }
                    }
                }
            }
        }
        return routes;
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
