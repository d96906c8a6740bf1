package com.gogogoapi.acceptance;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.errors.AnthropicException;
import com.anthropic.errors.AnthropicIoException;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.errors.BadRequestException;
import com.anthropic.errors.InternalServerException;
import com.anthropic.errors.NotFoundException;
import com.anthropic.errors.PermissionDeniedException;
import com.anthropic.errors.RateLimitException;
import com.anthropic.errors.UnauthorizedException;
import com.anthropic.errors.UnprocessableEntityException;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolChoiceTool;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.anthropic.models.messages.ToolUseBlock;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Anthropic's SDK for Java. */
record AnthropicJavaClient(RunningSystem system) implements JavaClient {

    @Override
    public String name() {
        return "anthropic-java (messages)";
    }

    private AnthropicClient client(Asked asked) {
        return AnthropicOkHttpClient.builder()
                .baseUrl(system.url(""))
                .apiKey(asked.key())
                .maxRetries(asked.retries())
                .timeout(asked.timeout())
                .build();
    }

    private static MessageCreateParams.Builder request(Asked asked) {
        return MessageCreateParams.builder()
                .model(asked.model())
                .maxTokens(asked.limit())
                .addUserMessage(asked.prompt());
    }

    private static List<String> texts(Message message) {
        return message.content().stream()
                .flatMap(block -> block.text().stream())
                .map(text -> text.text())
                .toList();
    }

    @Override
    public Said whole(Asked asked) {
        var message = client(asked).messages().create(request(asked).build());
        return new Said(texts(message), message.usage().outputTokens());
    }

    @Override
    public Said streamed(Asked asked, int most) {
        var pieces = new ArrayList<String>();
        var used = 0L;
        try (var events =
                client(asked).messages().createStreaming(request(asked).build())) {
            for (var all = events.stream().iterator(); pieces.size() < most && all.hasNext(); ) {
                var event = all.next();
                event.contentBlockDelta()
                        .flatMap(delta -> delta.delta().text())
                        .ifPresent(text -> pieces.add(text.text()));
                used = event.messageDelta()
                        .map(delta -> delta.usage().outputTokens())
                        .orElse(used);
            }
        }
        return new Said(pieces, used);
    }

    private static Tool tool(String name) {
        return Tool.builder()
                .name(name)
                .description("Tells the weather of a city.")
                .inputSchema(Tool.InputSchema.builder()
                        .properties(JsonValue.from(Map.of("city", Map.of("type", "string"))))
                        .required(List.of("city"))
                        .build())
                .build();
    }

    private static Stream<ToolUseBlock> calls(Message message) {
        return message.content().stream().flatMap(block -> block.toolUse().stream());
    }

    private static String city(ToolUseBlock call) {
        return call._input().convert(City.class).city;
    }

    @Override
    public String tools(Asked asked, UnaryOperator<String> weather) {
        var request = request(asked).addTool(tool("weather"));
        var first = client(asked).messages().create(request.build());
        request.addMessage(first);
        request.addUserMessageOfContentBlockParams(calls(first)
                .map(call -> ContentBlockParam.ofToolResult(ToolResultBlockParam.builder()
                        .toolUseId(call.id())
                        .content(weather.apply(city(call)))
                        .build()))
                .toList());
        return String.join("", texts(client(asked).messages().create(request.build())));
    }

    /** As a call of a tool that has to be called: DeepSeek documents no other way on Messages. */
    @Override
    public String city(Asked asked) {
        var request = request(asked)
                .addTool(tool("answer"))
                .toolChoice(ToolChoiceTool.builder().name("answer").build());
        return calls(client(asked).messages().create(request.build()))
                .map(AnthropicJavaClient::city)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public boolean isError(Throwable error, int status) {
        var type =
                switch (status) {
                    case 400 -> BadRequestException.class;
                    case 401 -> UnauthorizedException.class;
                    case 403 -> PermissionDeniedException.class;
                    case 404 -> NotFoundException.class;
                    case 422 -> UnprocessableEntityException.class;
                    case 429 -> RateLimitException.class;
                    default -> status >= 500 ? InternalServerException.class : AnthropicServiceException.class;
                };
        return type.isInstance(error) && ((AnthropicServiceException) error).statusCode() == status;
    }

    @Override
    public boolean isBroken(Throwable error) {
        return error instanceof AnthropicException;
    }

    @Override
    public boolean isTimeOut(Throwable error) {
        return error instanceof AnthropicIoException && error.getCause() instanceof InterruptedIOException;
    }
}
