package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.proxy.access.RouteRules;
import com.gogogoapi.proxy.access.Who;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/** Who may call what is in the document as it is in the table that is asked. */
class RouteRulesTest {

    private static Map<String, Object> document() throws IOException {
        var options = new LoaderOptions();
        options.setMaxAliasesForCollections(1_000);
        return new Yaml(options).load(Files.readString(Path.of("..", "..", "docs", "openapi.yaml")));
    }

    /** By method and path, the names of {@code x-roles}. */
    static Map<String, Set<String>> documented() throws IOException {
        var document = document();
        var roles = new TreeMap<String, Set<String>>();
        for (var section : List.of("x-pages", "x-beta", "paths")) {
            ((Map<?, ?>) document.get(section))
                    .forEach((path, methods) -> ((Map<?, ?>) methods).forEach((method, route) -> {
                        // Beside its methods a path has parameters.
                        if (route instanceof Map<?, ?> described) {
                            roles.put(method.toString().toUpperCase() + " " + path, roles(section, described));
                        }
                    }));
        }
        return roles;
    }

    /** Pages are for everybody. */
    private static Set<String> roles(String section, Map<?, ?> route) {
        return route.get("x-roles") instanceof List<?> names
                ? names.stream().map(Object::toString).collect(Collectors.toCollection(TreeSet::new))
                : section.equals("x-pages") ? new TreeSet<>(Set.of("everybody")) : new TreeSet<>();
    }

    private static Set<String> written(Collection<Who> rule) {
        return rule.stream().map(Who::written).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void theDocumentSaysOfEveryRouteWhoMayCallIt() throws IOException {
        var asked = new TreeMap<String, Set<String>>();
        RouteRules.all().forEach((route, who) -> asked.put(route, written(who)));
        assertThat(asked).isEqualTo(documented());
    }

    /** Those that the document says {@code x-step-up} of. */
    static Set<String> documentedStepUp() throws IOException {
        var found = new TreeSet<String>();
        ((Map<?, ?>) document().get("paths"))
                .forEach((path, methods) -> ((Map<?, ?>) methods).forEach((method, route) -> {
                    if (route instanceof Map<?, ?> described && Boolean.TRUE.equals(described.get("x-step-up"))) {
                        found.add(method.toString().toUpperCase() + " " + path);
                    }
                }));
        return found;
    }

    @Test
    void theDocumentSaysWhichRoutesNeedStepUp() throws IOException {
        assertThat(documentedStepUp()).isEqualTo(RouteRules.stepUp());
        assertThat(RouteRules.all().keySet()).containsAll(RouteRules.stepUp());
    }

    @Test
    void everyRouteHasARule() {
        assertThat(PublicRoute.all().stream()
                        .map(route -> route.method() + " " + route.path().replaceFirst("^(/api)?/v1", ""))
                        .collect(Collectors.toSet()))
                .isEqualTo(RouteRules.all().keySet());
    }
}
