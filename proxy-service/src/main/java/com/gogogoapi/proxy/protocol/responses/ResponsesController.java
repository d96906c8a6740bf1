package com.gogogoapi.proxy.protocol.responses;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.proxy.execution.Execution;
import com.gogogoapi.proxy.keys.Authentication;
import com.gogogoapi.proxy.parameters.QueryParameters;
import com.gogogoapi.proxy.upstream.Endpoint;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** OpenAI's Responses, of which none is kept. */
@RestController
class ResponsesController {

    private static final ResponsesProtocol RESPONSES = new ResponsesProtocol(Endpoint.of("responses"));

    private final Execution execution;
    private final Authentication authentication;

    ResponsesController(Execution execution, Authentication authentication) {
        this.execution = execution;
        this.authentication = authentication;
    }

    @QueryParameters(ignoresOthers = true)
    @PostMapping({"/v1/responses", "/api/v1/responses"})
    void create(HttpServletRequest request, HttpServletResponse response) throws IOException {
        execution.execute(RESPONSES, request, response);
    }

    @QueryParameters(ignoresOthers = true)
    @GetMapping({"/v1/responses/{response}", "/api/v1/responses/{response}"})
    void retrieve(@PathVariable String response, HttpServletRequest request) {
        throw notKept(response, request);
    }

    @QueryParameters(ignoresOthers = true)
    @DeleteMapping({"/v1/responses/{response}", "/api/v1/responses/{response}"})
    void delete(@PathVariable String response, HttpServletRequest request) {
        throw notKept(response, request);
    }

    private ApiError notKept(String response, HttpServletRequest request) {
        authentication.caller(request);
        return ApiError.notFound("A response must be kept by its client: here nothing of '"
                + ApiError.printable(response) + "' is stored, nor of any other.");
    }
}
