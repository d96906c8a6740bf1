package com.gogogoapi.pricing.routefile;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.pricing.LossPolicy;
import com.gogogoapi.contracts.pricing.ModelName;
import com.gogogoapi.contracts.pricing.RouteLimits;
import com.gogogoapi.pricing.book.NewVersion;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Routes with their prices and costs as a YAML document (or JSON, which is YAML too). */
public record RouteFile(List<Entry> routes) {

    /** As large as a file of every version of a hundred routes. */
    public static final int MAX_BYTES = 1024 * 1024;

    static final int MAX_ROUTES = 1_000;
    static final int MAX_VERSIONS = 1_000;

    /** @param onLoss null to leave the route's policy as it is */
    record Entry(
            String model,
            RouteLimits limits,
            @Nullable LossPolicy onLoss,
            List<NewVersion> prices,
            List<NewVersion> costs) {}

    /** @throws ApiError 400 that names what is wrong */
    public static RouteFile read(byte[] yaml, String announcedBy) {
        var root = Fields.of("", YamlTree.read(yaml, MAX_BYTES), Set.of("routes"));
        var seen = new HashSet<String>();
        return new RouteFile(root.list("routes", MAX_ROUTES, (path, json) -> {
            var entry = entry(path, json, announcedBy);
            if (!seen.add(entry.model())) {
                throw ApiError.invalidRequest(path, path + " must name a model that none before it names.");
            }
            return entry;
        }));
    }

    private static Entry entry(String path, JsonNode json, String announcedBy) {
        var fields = Fields.of(path, json, Set.of("model", "limits", "on_loss", "prices", "costs"));
        var model = fields.text("model");
        if (!ModelName.isValid(model)) {
            throw fields.refused("model", "must be " + ModelName.FORM + ".");
        }
        var limits = VersionReader.limits(fields);
        var onLoss = fields.has("on_loss")
                ? fields.parsed(
                        "on_loss", text -> LossPolicy.valueOf(text.toUpperCase(Locale.ROOT)), "one of sell, suspend")
                : null;
        return new Entry(
                model,
                limits,
                onLoss,
                versions(fields, "prices", NewVersion.Kind.PRICE, model, limits, announcedBy),
                versions(fields, "costs", NewVersion.Kind.COST, model, limits, announcedBy));
    }

    private static List<NewVersion> versions(
            Fields route, String name, NewVersion.Kind kind, String model, RouteLimits limits, String announcedBy) {
        if (!route.has(name)) {
            return List.of();
        }
        var starts = new HashSet<@Nullable Instant>();
        return route.list(name, MAX_VERSIONS, (path, json) -> {
            var version = VersionReader.read(kind, model, limits, announcedBy, path, json);
            if (!starts.add(version.validFrom())) {
                throw ApiError.invalidRequest(path, path + " must begin at an instant at which none before it begins.");
            }
            return version;
        });
    }
}
