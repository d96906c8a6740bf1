package com.gogogoapi.pricing.routefile;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.pricing.LossPolicy;
import com.gogogoapi.contracts.pricing.ModelName;
import com.gogogoapi.contracts.pricing.RouteAliasesSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What is set of a route beside its prices, as an operator writes it. */
public final class RouteSettings {

    private static final String REASON = "reason";

    private RouteSettings() {}

    public record WantedPolicy(LossPolicy policy, @Nullable String reason) {}

    public record WantedAliases(
            List<String> aliases, @Nullable String reason) {}

    /** @throws ApiError 400 that names what is wrong */
    public static WantedPolicy lossPolicy(JsonNode json) {
        var fields = Fields.of("", json, Set.of("policy", REASON));
        return new WantedPolicy(lossPolicy(fields, "policy"), fields.optionalText(REASON));
    }

    /** @throws ApiError 400 that names what is wrong */
    public static WantedAliases aliases(JsonNode json) {
        var fields = Fields.of("", json, Set.of("aliases", REASON));
        return new WantedAliases(aliases(fields), fields.optionalText(REASON));
    }

    static LossPolicy lossPolicy(Fields fields, String name) {
        return fields.parsed(name, text -> LossPolicy.valueOf(text.toUpperCase(Locale.ROOT)), "one of sell, suspend");
    }

    static List<String> aliases(Fields fields) {
        return fields.list("aliases", RouteAliasesSet.MAX_ALIASES, (path, alias) -> {
            if (!alias.isString() || !ModelName.isValid(alias.stringValue())) {
                var at = ApiError.printable(path);
                throw ApiError.invalidRequest(at, at + " must be " + ModelName.FORM + ".");
            }
            return alias.stringValue();
        });
    }
}
