package com.gogogoapi.acceptance;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code docs/openapi.yaml}, as bodies and answers are held against it. */
final class OpenApi {

    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    /** By section, where its paths are found. */
    private static final Map<String, String> PREFIXES = Map.of("paths", "/api/v1", "x-beta", "", "x-pages", "");

    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final JsonNode DOCUMENT = load();

    private OpenApi() {}

    private static JsonNode load() {
        var options = new LoaderOptions();
        options.setMaxAliasesForCollections(1_000);
        try {
            return JsonMapper.shared()
                    .valueToTree(new Yaml(options)
                            .<Object>load(Files.readString(Path.of("..", "..", "docs", "openapi.yaml"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A route as it is described.
     *
     * @param prefix what its path has before it in an address
     */
    record Operation(String method, String prefix, String path, JsonNode described) {

        /** {@code GET /api/v1/pricing} is another than the page {@code GET /pricing}. */
        @Override
        public String toString() {
            return method + " " + path + (prefix.isEmpty() ? " (root)" : "");
        }

        boolean isOperators() {
            return path.startsWith("/operator/");
        }

        Set<String> roles() {
            var roles = described
                    .path("x-roles")
                    .valueStream()
                    .map(JsonNode::asString)
                    .collect(Collectors.toSet());
            return roles.isEmpty() ? Set.of("everybody") : roles;
        }

        /** @param ids by name */
        String address(Map<String, String> ids) {
            var address = prefix + path;
            for (var id : ids.entrySet()) {
                address = address.replace("{" + id.getKey() + "}", id.getValue());
            }
            return address;
        }

        private JsonNode bodySchema() {
            return described
                    .path("requestBody")
                    .path("content")
                    .path("application/json")
                    .path("schema");
        }

        boolean takesABody() {
            return !described.path("requestBody").path("content").isEmpty();
        }

        boolean takesJson() {
            return !bodySchema().isMissingNode();
        }

        /** What of a body is not as described; by the document's own words alone. */
        List<String> faultsOfBody(JsonNode body) {
            return faults(new SchemaReader(DOCUMENT, false).read(bodySchema()), body);
        }

        /** What of an answer is not as described, or not described at all. */
        List<String> faultsOf(HttpResponse<String> answer) {
            var status = Integer.toString(answer.statusCode());
            var responses = described.path("responses");
            var response = resolved(responses.path(responses.has(status) ? status : "default"));
            if (response.isMissingNode()) {
                return List.of(status + " is not described");
            }
            var type = answer.headers().firstValue("content-type").orElse("").replaceFirst(" *;.*", "");
            if (!response.has("content")) {
                return answer.body().isEmpty() ? List.of() : List.of(status + " must have no body");
            }
            var content = response.path("content").path(type);
            if (content.isMissingNode()) {
                return List.of(status + " as " + type + " is not described");
            }
            return faults(new SchemaReader(DOCUMENT, true).read(content.path("schema")), value(type, answer.body()));
        }
    }

    private static JsonNode value(String type, String body) {
        if (!type.equals("application/json")) {
            return JsonMapper.shared().getNodeFactory().stringNode(body);
        }
        try {
            return JsonMapper.shared().readTree(body);
        } catch (JacksonException e) {
            throw new AssertionError("JSON must be JSON: " + body, e);
        }
    }

    private static JsonNode resolved(JsonNode described) {
        var reference = described.path("$ref").asString("");
        return reference.isEmpty() ? described : DOCUMENT.at(reference.substring(1));
    }

    static List<Operation> operations() {
        var operations = new ArrayList<Operation>();
        PREFIXES.forEach((section, prefix) -> DOCUMENT.path(section)
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(method -> METHODS.contains(method.getKey()))
                        .forEach(method -> operations.add(new Operation(
                                method.getKey().toUpperCase(), prefix, path.getKey(), method.getValue())))));
        return operations;
    }

    static Operation operation(String name) {
        return operations().stream()
                .filter(operation -> operation.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " must be described."));
    }

    /** What of a value is not as a named schema says, closed as an answer's is. */
    static List<String> faultsOf(String schema, JsonNode value) {
        return faults(new SchemaReader(DOCUMENT, true).read(DOCUMENT.at("/components/schemas/" + schema)), value);
    }

    private static List<String> faults(JsonNode schema, JsonNode value) {
        Schema compiled = SCHEMAS.getSchema(schema);
        return compiled
                .validate(value, context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(Error::toString)
                .distinct()
                .limit(10)
                .toList();
    }
}
