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

    /** By method and path, the names of {@code x-roles}. */
    static Map<String, Set<String>> documented() throws IOException {
        var options = new LoaderOptions();
        options.setMaxAliasesForCollections(1_000);
        Map<String, Object> document =
                new Yaml(options).load(Files.readString(Path.of("..", "..", "docs", "openapi.yaml")));
        var roles = new TreeMap<String, Set<String>>();
        ((Map<?, ?>) document.get("paths"))
                .forEach((path, methods) -> ((Map<?, ?>) methods).forEach((method, route) -> {
                    if (((Map<?, ?>) route).get("x-roles") instanceof List<?> names) {
                        roles.put(
                                method.toString().toUpperCase() + " " + path,
                                names.stream().map(Object::toString).collect(Collectors.toCollection(TreeSet::new)));
                    }
                }));
        return roles;
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

    @Test
    void everyOperatorRouteHasARule() {
        assertThat(PublicRoute.all().stream()
                        .filter(PublicRoute::isOperators)
                        .map(route -> route.method() + " " + route.path().replaceFirst("^(/api)?/v1", ""))
                        .collect(Collectors.toSet()))
                .isEqualTo(RouteRules.all().keySet().stream()
                        .filter(route -> route.contains(" /operator/"))
                        .collect(Collectors.toSet()));
    }
}
