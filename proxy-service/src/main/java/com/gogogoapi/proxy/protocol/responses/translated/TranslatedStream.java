package com.gogogoapi.proxy.protocol.responses.translated;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.pricing.TokenUsage;
import com.gogogoapi.proxy.execution.Protocol.Stream;
import com.gogogoapi.proxy.execution.Protocol.Verdict;
import com.gogogoapi.proxy.execution.Served;
import com.gogogoapi.proxy.upstream.StreamEvent;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A stream of chat's chunks as the events of the response that they make. What in it is content, usage, an error or the end is
 * chat's to judge, and what was delivered chat's to count; each chunk that goes on goes on as events.
 */
final class TranslatedStream implements Stream {

    private static final byte[] SIGN_OF_LIFE = ": keep-alive\n\n".getBytes(UTF_8);

    private final Stream chat;
    private final ResponseHead head;
    private final Function<TokenUsage, Usd> costs;
    private final Output output;
    private String finishReason = "";
    private boolean begun;
    private long number;

    TranslatedStream(Stream chat, ResponseHead head, Function<TokenUsage, Usd> costs) {
        this.chat = chat;
        this.head = head;
        this.costs = costs;
        this.output = new Output(head.id());
    }

    @Override
    public Verdict look(StreamEvent event) {
        return switch (chat.look(event)) {
            case Verdict.Forward forwarded when forwarded.content() -> chunk(String.valueOf(event.data()));
            // A comment, as it came; an event of chat's own is one no longer.
            case Verdict.Forward sign -> event.data() == null ? sign : new Verdict.Forward(SIGN_OF_LIFE, false);
            case Verdict.Hide hidden -> hidden;
            case Verdict.Done done -> done;
            case Verdict.Broken broken -> broken;
        };
    }

    private Verdict chunk(String data) {
        var choice = JsonMapper.shared().readTree(data).path("choices").path(0);
        output.said(choice.path("delta"));
        finishReason = choice.path("finish_reason").asString(finishReason);
        var events = beginning();
        output.takeEvents().forEach(event -> events.append(numbered(event)));
        return events.isEmpty()
                ? new Verdict.Hide()
                : new Verdict.Forward(events.toString().getBytes(UTF_8), true);
    }

    private StringBuilder beginning() {
        var events = new StringBuilder();
        if (!begun) {
            begun = true;
            events.append(of("response.created", head.inProgress()));
            events.append(of("response.in_progress", head.inProgress()));
        }
        return events;
    }

    @Override
    public boolean cameToItsEnd() {
        return chat.cameToItsEnd();
    }

    @Override
    public Served served() {
        return chat.served();
    }

    @Override
    public byte[] end() {
        var events = beginning();
        output.close(finishReason);
        output.takeEvents().forEach(event -> events.append(numbered(event)));
        var response = head.ended(finishReason, output.items(), usage());
        events.append(of("response." + response.path("status").asString(), response));
        return events.toString().getBytes(UTF_8);
    }

    private JsonNode usage() {
        var served = chat.served();
        return served.usage()
                .map(tokens -> ResponseUsage.of(tokens, served.reasoningTokens(), costs.apply(tokens)))
                .orElseGet(ResponseUsage::none);
    }

    /** Its error stands beside the response, too, for those who go by that. */
    @Override
    public byte[] brokenOff(ApiError error) {
        var events = beginning();
        var failed = event("response.failed", head.failed(error));
        failed.set("error", JsonMapper.shared().valueToTree(error.fields()));
        return events.append(numbered(failed)).toString().getBytes(UTF_8);
    }

    private String of(String type, ObjectNode response) {
        return numbered(event(type, response));
    }

    private static ObjectNode event(String type, ObjectNode response) {
        var event = JsonMapper.shared().createObjectNode().put("type", type);
        event.set("response", response);
        return event;
    }

    private String numbered(ObjectNode event) {
        event.put("sequence_number", number);
        number++;
        return "event: " + event.path("type").asString() + "\ndata: "
                + JsonMapper.shared().writeValueAsString(event) + "\n\n";
    }
}
