package com.gogogoapi.proxy.protocol.responses.translated;

import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.proxy.chunks.ChunkUsage;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** A chat completion in one piece as the response that it is. */
final class TranslatedAnswer {

    private TranslatedAnswer() {}

    /** @param completion one that chat has read already, so that it is whole and has a choice */
    static byte[] of(byte[] completion, ResponseHead head, Optional<Usd> cost) {
        var answer = JsonMapper.shared().readTree(completion);
        var choice = answer.path("choices").path(0);
        var finishReason = choice.path("finish_reason").asString("");
        var output = new Output(head.id());
        output.said(choice.path("message"));
        output.close(finishReason);
        var usage = ChunkUsage.in(answer.path("usage"))
                .map(stated -> ResponseUsage.of(stated.tokens(), stated.reasoningTokens(), cost.orElse(Usd.ZERO)))
                .orElseGet(ResponseUsage::none);
        return JsonMapper.shared().writeValueAsBytes(head.ended(finishReason, output.items(), usage));
    }
}
