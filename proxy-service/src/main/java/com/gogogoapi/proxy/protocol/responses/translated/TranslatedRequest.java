package com.gogogoapi.proxy.protocol.responses.translated;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.pricing.TokenUsage;
import com.gogogoapi.proxy.body.EditedBody;
import com.gogogoapi.proxy.body.RequestBody;
import com.gogogoapi.proxy.execution.NotAnAnswer;
import com.gogogoapi.proxy.execution.Protocol;
import com.gogogoapi.proxy.execution.Served;
import com.gogogoapi.proxy.protocol.chat.ChatProtocol;
import com.gogogoapi.proxy.upstream.Endpoint;
import java.util.Optional;
import java.util.function.Function;

/**
 * A request for a response that its upstream is asked as chat. How chat is sent, metered and judged is chat's own; here is
 * only what its answers look like as responses.
 *
 * @param asked as the client sent it
 * @param chat the same in chat's words
 */
public record TranslatedRequest(Protocol.Request asked, Protocol.Request chat, ResponseHead head)
        implements Protocol.Request {

    private static final ChatProtocol CHAT = new ChatProtocol(Endpoint.of("chat/completions"));

    /** @throws com.gogogoapi.chassis.errors.ApiError 400 for what chat has no words for */
    public static TranslatedRequest of(Protocol.Request asked, RequestBody body) {
        var response = ResponseBody.read(body.bytes());
        var chat = CHAT.read(body.replacedBy(ChatBody.of(response)));
        return new TranslatedRequest(asked, chat, ResponseHead.of(response));
    }

    @Override
    public boolean isStreamed() {
        return asked.isStreamed();
    }

    @Override
    public String model() {
        return asked.model();
    }

    @Override
    public Optional<String> quoteId() {
        return asked.quoteId();
    }

    @Override
    public Endpoint endpoint() {
        return chat.endpoint();
    }

    @Override
    public EditedBody upstreamBody(String route, long completionLimit, AccountId account) {
        return chat.upstreamBody(route, completionLimit, account);
    }

    @Override
    public Served served(byte[] answer) throws NotAnAnswer {
        return chat.served(answer);
    }

    @Override
    public byte[] shown(byte[] answer, Optional<Usd> cost) {
        return TranslatedAnswer.of(answer, head, cost);
    }

    @Override
    public TranslatedStream stream(Function<TokenUsage, Usd> costs) {
        return new TranslatedStream(chat.stream(costs), head, costs);
    }
}
