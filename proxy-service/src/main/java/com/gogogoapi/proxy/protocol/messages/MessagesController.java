package com.gogogoapi.proxy.protocol.messages;

import com.gogogoapi.proxy.execution.Execution;
import com.gogogoapi.proxy.parameters.QueryParameters;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Anthropic's Messages, under the path that its clients know. */
@RestController
class MessagesController {

    private final Execution execution;

    MessagesController(Execution execution) {
        this.execution = execution;
    }

    @QueryParameters(ignoresOthers = true)
    @PostMapping({"/v1/messages", "/api/v1/messages"})
    void create(HttpServletRequest request, HttpServletResponse response) throws IOException {
        execution.execute(MessagesProtocol.of(request), request, response);
    }
}
