package com.gogogoapi.proxy.protocol.messages;

import com.gogogoapi.contracts.quote.RequestProtocol;
import com.gogogoapi.proxy.body.Admission;
import com.gogogoapi.proxy.keys.Authentication;
import com.gogogoapi.proxy.parameters.QueryParameters;
import com.gogogoapi.proxy.services.InstallationServices;
import com.gogogoapi.proxy.services.InstallationServices.Service;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** How many tokens a message's prompt has, by the counter that quotes are made with. Free, and the upstream is not asked. */
@RestController
class CountTokensController {

    private final Authentication authentication;
    private final Admission admission;
    private final InstallationServices services;

    CountTokensController(Authentication authentication, Admission admission, InstallationServices services) {
        this.authentication = authentication;
        this.admission = admission;
        this.services = services;
    }

    @QueryParameters(ignoresOthers = true)
    @PostMapping({"/v1/messages/count_tokens", "/api/v1/messages/count_tokens"})
    Map<String, Object> count(HttpServletRequest request) throws IOException {
        var caller = authentication.quoter(request);
        try (var place = admission.enter(
                caller.account(), caller.scope(), caller.policy().inFlight())) {
            var body = place.receive(request);
            caller.requireRoute(place.look(body, () -> MessagesRequest.modelOf(body)));
            var answer = services.post(
                    Service.QUOTE,
                    "/internal/prompt-tokens/" + RequestProtocol.MESSAGES.wireName(),
                    Map.of(),
                    body.bytes());
            return Map.of(
                    "input_tokens",
                    JsonMapper.shared().readTree(answer.body()).path("tokens").longValue());
        }
    }
}
