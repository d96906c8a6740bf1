package com.gogogoapi.proxy.catalog;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/** How a route is shown as a model. */
enum ModelForm {
    OPENAI {
        @Override
        Map<String, Object> one(JsonNode route) {
            var model = new LinkedHashMap<String, Object>();
            model.put("id", route.path("model"));
            model.put("object", "model");
            model.put("created", since(route).getEpochSecond());
            model.put("owned_by", OWNER);
            model.put("aliases", route.path("aliases"));
            model.put("context_length", route.path("context_tokens"));
            model.put("max_completion_tokens", route.path("max_completion_tokens"));
            model.put("default_max_completion_tokens", route.path("default_max_completion_tokens"));
            model.put("vision", route.path("vision").asBoolean(false));
            var price = new LinkedHashMap<String, Object>();
            for (var field : List.of(
                    "price_version",
                    "input_usd_per_million",
                    "cached_input_usd_per_million",
                    "output_usd_per_million")) {
                price.put(field, route.path(field));
            }
            model.put("price", price);
            return model;
        }

        @Override
        Map<String, Object> list(List<JsonNode> routes) {
            return Map.of(
                    "object", "list", "data", routes.stream().map(this::one).toList());
        }
    },
    ANTHROPIC {
        @Override
        Map<String, Object> one(JsonNode route) {
            var model = new LinkedHashMap<String, Object>();
            model.put("type", "model");
            model.put("id", route.path("model"));
            model.put("display_name", route.path("model"));
            model.put("created_at", since(route).toString());
            return model;
        }

        /** All of them on one page. */
        @Override
        Map<String, Object> list(List<JsonNode> routes) {
            var page = new LinkedHashMap<String, Object>();
            page.put("data", routes.stream().map(this::one).toList());
            page.put("has_more", false);
            page.put(
                    "first_id",
                    routes.isEmpty()
                            ? NullNode.getInstance()
                            : routes.getFirst().path("model"));
            page.put(
                    "last_id",
                    routes.isEmpty() ? NullNode.getInstance() : routes.getLast().path("model"));
            return page;
        }
    };

    static final String OWNER = "deepseek";

    abstract Map<String, Object> one(JsonNode route);

    abstract Map<String, Object> list(List<JsonNode> routes);

    /** Since when it is sold at its price. */
    private static Instant since(JsonNode route) {
        return Instant.parse(route.path("valid_from").asString(""));
    }
}
