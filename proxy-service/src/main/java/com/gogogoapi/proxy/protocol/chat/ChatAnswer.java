package com.gogogoapi.proxy.protocol.chat;

import com.gogogoapi.proxy.chunks.ChunkAnswer;
import com.gogogoapi.proxy.execution.NotAnAnswer;
import com.gogogoapi.proxy.execution.Served;

/** A chat completion in one piece. */
final class ChatAnswer {

    private ChatAnswer() {}

    /** @throws NotAnAnswer if it is broken, an error, or has no choices */
    static Served served(byte[] answer) throws NotAnAnswer {
        return ChunkAnswer.served(answer, (choice, text) -> ChatText.of(choice.path("message"), text));
    }
}
