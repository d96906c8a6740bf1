package com.gogogoapi.proxy.protocol.chat;

import com.gogogoapi.proxy.execution.Execution;
import com.gogogoapi.proxy.parameters.QueryParameters;
import com.gogogoapi.proxy.upstream.Endpoint;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Chat completions, under the paths that OpenAI's clients know and one of their own. */
@RestController
class ChatController {

    private static final ChatProtocol CHAT = new ChatProtocol(Endpoint.of("chat/completions"));
    private static final ChatProtocol BETA = new ChatProtocol(Endpoint.of("beta/chat/completions"));

    private final Execution execution;

    ChatController(Execution execution) {
        this.execution = execution;
    }

    @QueryParameters(ignoresOthers = true)
    @PostMapping({"/v1/chat/completions", "/api/v1/chat/completions", "/v1/chat/deepseek", "/api/v1/chat/deepseek"})
    void complete(HttpServletRequest request, HttpServletResponse response) throws IOException {
        execution.execute(CHAT, request, response);
    }

    /** Where DeepSeek's clients have an answer go on from a beginning of their own: a last message with {@code prefix}. */
    @QueryParameters(ignoresOthers = true)
    @PostMapping("/beta/chat/completions")
    void completeFromPrefix(HttpServletRequest request, HttpServletResponse response) throws IOException {
        execution.execute(BETA, request, response);
    }
}
