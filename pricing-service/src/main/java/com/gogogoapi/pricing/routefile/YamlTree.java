package com.gogogoapi.pricing.routefile;

import com.gogogoapi.chassis.errors.ApiError;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Reads YAML as a tree in which every scalar is the text that is written there: a price that went through floating point is
 * no price.
 *
 * <p>Aliases let a few lines mean billions of entries, or contain themselves; so the tree is copied out under a budget.
 */
final class YamlTree {

    private static final int MAX_NODES = 500_000;
    private static final int MAX_DEPTH = 20;
    private static final int MAX_ALIASES = 1_000;

    private int nodes;

    private YamlTree() {}

    /** @throws ApiError 400 if it is not YAML, or too much of it */
    static JsonNode read(byte[] yaml, int maxChars) {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setAllowRecursiveKeys(false);
        options.setMaxAliasesForCollections(MAX_ALIASES);
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setCodePointLimit(maxChars);
        var dumper = new DumperOptions();
        var parser = new Yaml(new SafeConstructor(options), new Representer(dumper), dumper, options, new TextsOnly());
        try {
            return new YamlTree().copy(parser.load(new String(yaml, StandardCharsets.UTF_8)), 0);
        } catch (YAMLException e) {
            throw ApiError.invalidRequest(
                    null, "The body must be valid YAML: " + ApiError.printable(String.valueOf(e.getMessage())));
        }
    }

    private JsonNode copy(@Nullable Object value, int depth) {
        if (depth > MAX_DEPTH) {
            throw ApiError.invalidRequest(null, "The body must be nested at most " + MAX_DEPTH + " levels deep.");
        }
        if (++nodes > MAX_NODES) {
            throw ApiError.invalidRequest(null, "The body must have at most " + MAX_NODES + " entries.");
        }
        return switch (value) {
            case Map<?, ?> map -> {
                var object = JsonNodeFactory.instance.objectNode();
                map.forEach((name, entry) -> object.set(String.valueOf(name), copy(entry, depth + 1)));
                yield object;
            }
            case List<?> list -> {
                var array = JsonNodeFactory.instance.arrayNode();
                list.forEach(entry -> array.add(copy(entry, depth + 1)));
                yield array;
            }
            case null -> JsonNodeFactory.instance.nullNode();
            case Object scalar -> JsonNodeFactory.instance.stringNode(scalar.toString());
        };
    }

    private static final class TextsOnly extends Resolver {
        @Override
        protected void addImplicitResolvers() {
            // None: without them nothing is a number, a date or a boolean.
        }
    }
}
