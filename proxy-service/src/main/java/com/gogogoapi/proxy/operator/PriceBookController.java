package com.gogogoapi.proxy.operator;

import com.gogogoapi.chassis.bodies.StrictJson;
import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.pricing.ModelName;
import com.gogogoapi.contracts.wire.ServiceHeaders;
import com.gogogoapi.proxy.body.RequestBodies;
import com.gogogoapi.proxy.keys.Operator;
import com.gogogoapi.proxy.parameters.QueryParameters;
import com.gogogoapi.proxy.services.InstallationServices;
import com.gogogoapi.proxy.services.InstallationServices.Service;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** The price book with what the upstream charges, and what a price would have made of what was used. Nothing here changes anything. */
@RestController
@RequestMapping({"/v1/operator", "/api/v1/operator"})
class PriceBookController {

    private static final String DAYS_FORM = "[0-9]{1,2}";
    private static final int MAX_DAYS = 31;
    private static final int USUAL_DAYS = 7;

    private final RequestBodies bodies;
    private final InstallationServices services;

    PriceBookController(RequestBodies bodies, InstallationServices services) {
        this.bodies = bodies;
        this.services = services;
    }

    /** Every route with its price, its cost and what is announced. */
    @GetMapping("/routes")
    ResponseEntity<byte[]> all(HttpServletRequest request) {
        return json(services.get(Service.PRICING, "/internal/routes", Map.of()).body());
    }

    /** One of them with all its versions. */
    @GetMapping("/routes/{model}")
    ResponseEntity<byte[]> one(@PathVariable String model, HttpServletRequest request) {
        return json(services.get(Service.PRICING, "/internal/routes/" + checked(model), Map.of())
                .body());
    }

    /** A price version as it would be published, tried on what all accounts used within the last days ({@code ?days=}). */
    @PostMapping("/routes/{model}/prices/preview")
    @QueryParameters("days")
    ResponseEntity<byte[]> preview(@PathVariable String model, HttpServletRequest request) throws IOException {
        var days = days(request);
        var version = StrictJson.read(bodies.read(request));
        var used = JsonMapper.shared()
                .readTree(services.get(
                                Service.USAGE, "/internal/routes/" + checked(model) + "/usage?days=" + days, Map.of())
                        .body());
        var asked = JsonMapper.shared().createObjectNode();
        asked.set("version", version);
        asked.set("usage", used.path("data"));
        var preview = JsonMapper.shared()
                .readTree(services.post(
                                Service.PRICING,
                                "/internal/routes/" + checked(model) + "/price-preview",
                                Map.of(
                                        ServiceHeaders.OPERATOR,
                                        Operator.of(request).name()),
                                JsonMapper.shared().writeValueAsBytes(asked))
                        .body());
        var answer = JsonMapper.shared().createObjectNode();
        preview.properties().forEach(field -> answer.set(field.getKey(), field.getValue()));
        List.of("from", "until", "as_of").forEach(name -> answer.set(name, used.path(name)));
        return json(JsonMapper.shared().writeValueAsBytes(answer));
    }

    private static int days(HttpServletRequest request) {
        var text = request.getParameter("days");
        if (text == null) {
            return USUAL_DAYS;
        }
        var days = text.matches(DAYS_FORM) ? Integer.parseInt(text) : 0;
        if (days < 1 || days > MAX_DAYS) {
            throw ApiError.invalidRequest("days", "days must be from 1 to " + MAX_DAYS + ".");
        }
        return days;
    }

    private static String checked(String model) {
        if (!ModelName.isValid(model)) {
            throw ApiError.invalidRequest("model", "model must be " + ModelName.FORM + ".");
        }
        return model;
    }

    private static ResponseEntity<byte[]> json(byte[] body) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(body);
    }
}
