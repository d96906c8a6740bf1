package com.gogogoapi.proxy.protocol.completions;

import com.gogogoapi.proxy.chunks.ChunkAnswer;
import com.gogogoapi.proxy.execution.NotAnAnswer;
import com.gogogoapi.proxy.execution.Served;

/** A completion in one piece. */
final class CompletionsAnswer {

    private CompletionsAnswer() {}

    /** @throws NotAnAnswer if it is broken, an error, or has no choices */
    static Served served(byte[] answer, int echoedChars) throws NotAnAnswer {
        return ChunkAnswer.served(answer, new CompletionsText(echoedChars)::of);
    }
}
