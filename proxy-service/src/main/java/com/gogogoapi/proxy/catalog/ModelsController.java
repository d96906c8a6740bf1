package com.gogogoapi.proxy.catalog;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.proxy.keys.Authentication;
import com.gogogoapi.proxy.parameters.QueryParameters;
import com.gogogoapi.proxy.protocol.messages.AnthropicClient;
import com.gogogoapi.proxy.services.InstallationServices;
import com.gogogoapi.proxy.services.InstallationServices.Service;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The routes that there are, as clients of models read them: OpenAI's, and Anthropic's, which say so by a header. */
@RestController
@RequestMapping({"/v1", "/api/v1"})
class ModelsController {

    private final Authentication authentication;
    private final InstallationServices services;

    ModelsController(Authentication authentication, InstallationServices services) {
        this.authentication = authentication;
        this.services = services;
    }

    @GetMapping("/models")
    @QueryParameters(ignoresOthers = true)
    Map<String, Object> models(HttpServletRequest request) {
        authentication.requireNoWrongKey(request);
        return formOf(request).list(routes().toList());
    }

    @GetMapping("/models/{model}")
    @QueryParameters(ignoresOthers = true)
    Map<String, Object> model(@PathVariable String model, HttpServletRequest request) {
        authentication.requireNoWrongKey(request);
        return shown(model, model, request);
    }

    /** As clients of gateways to many owners ask for it. */
    @GetMapping("/models/{owner}/{model}")
    @QueryParameters(ignoresOthers = true)
    Map<String, Object> model(@PathVariable String owner, @PathVariable String model, HttpServletRequest request) {
        authentication.requireNoWrongKey(request);
        var name = owner + "/" + model;
        if (!owner.equals(ModelForm.OWNER)) {
            throw ApiError.modelNotFound(name);
        }
        return shown(model, name, request);
    }

    private Map<String, Object> shown(String model, String name, HttpServletRequest request) {
        return routes().filter(route -> answersTo(model, route))
                .findFirst()
                .map(formOf(request)::one)
                .orElseThrow(() -> ApiError.modelNotFound(name));
    }

    private static ModelForm formOf(HttpServletRequest request) {
        return AnthropicClient.isThere(request) ? ModelForm.ANTHROPIC : ModelForm.OPENAI;
    }

    private static boolean answersTo(String name, JsonNode route) {
        return name.equals(route.path("model").asString(""))
                || route.path("aliases").valueStream().anyMatch(alias -> name.equals(alias.asString("")));
    }

    private Stream<JsonNode> routes() {
        return JsonMapper.shared()
                .readTree(services.get(Service.PRICING, "/internal/pricing", Map.of())
                        .body())
                .path("data")
                .valueStream();
    }
}
