package com.gogogoapi.proxy.protocol.completions;

import com.gogogoapi.proxy.execution.Execution;
import com.gogogoapi.proxy.parameters.QueryParameters;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Completions, under OpenAI's path and under the one that DeepSeek has for them. */
@RestController
class CompletionsController {

    private static final CompletionsProtocol COMPLETIONS = new CompletionsProtocol();

    private final Execution execution;

    CompletionsController(Execution execution) {
        this.execution = execution;
    }

    @QueryParameters(ignoresOthers = true)
    @PostMapping({"/v1/completions", "/api/v1/completions", "/beta/completions"})
    void complete(HttpServletRequest request, HttpServletResponse response) throws IOException {
        execution.execute(COMPLETIONS, request, response);
    }
}
