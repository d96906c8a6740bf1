package com.gogogoapi.acceptance;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIException;
import com.openai.errors.OpenAIIoException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.PermissionDeniedException;
import com.openai.errors.RateLimitException;
import com.openai.errors.UnauthorizedException;
import com.openai.errors.UnprocessableEntityException;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.completions.CompletionCreateParams;
import com.openai.models.responses.EasyInputMessage;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseInputItem;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** OpenAI's SDK for Java, by protocol. */
abstract class OpenAiJavaClients implements JavaClient {

    private final String protocol;
    private final RunningSystem system;

    private OpenAiJavaClients(String protocol, RunningSystem system) {
        this.protocol = protocol;
        this.system = system;
    }

    static List<JavaClient> of(RunningSystem system) {
        return List.of(new Chat(system), new Completions(system), new Responses(system));
    }

    @Override
    public String name() {
        return "openai-java (" + protocol + ")";
    }

    OpenAIClient client(Asked asked) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(system.url("/v1"))
                .apiKey(asked.key())
                .maxRetries(asked.retries())
                .timeout(asked.timeout())
                .build();
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
                    default -> status >= 500 ? InternalServerException.class : OpenAIServiceException.class;
                };
        return type.isInstance(error) && ((OpenAIServiceException) error).statusCode() == status;
    }

    @Override
    public boolean isBroken(Throwable error) {
        return error instanceof OpenAIException;
    }

    @Override
    public boolean isTimeOut(Throwable error) {
        return error instanceof OpenAIIoException && error.getCause() instanceof InterruptedIOException;
    }

    /** Reads a stream until it ends, or so many pieces were read. */
    private static <E> Said read(
            StreamResponse<E> events, int most, Function<E, Stream<String>> said, Function<E, Stream<Long>> used) {
        var pieces = new ArrayList<String>();
        var stated = 0L;
        try (events) {
            for (var all = events.stream().iterator(); pieces.size() < most && all.hasNext(); ) {
                var event = all.next();
                said.apply(event).filter(piece -> !piece.isEmpty()).forEach(pieces::add);
                stated = used.apply(event).findFirst().orElse(stated);
            }
        }
        return new Said(pieces, stated);
    }

    private static final class Chat extends OpenAiJavaClients {

        Chat(RunningSystem system) {
            super("chat", system);
        }

        private static ChatCompletionCreateParams.Builder request(Asked asked) {
            return ChatCompletionCreateParams.builder()
                    .model(asked.model())
                    .addUserMessage(asked.prompt())
                    .maxCompletionTokens(asked.limit());
        }

        @Override
        public Said whole(Asked asked) {
            var answer =
                    client(asked).chat().completions().create(request(asked).build());
            return new Said(
                    answer.choices().getFirst().message().content().stream().toList(),
                    answer.usage().orElseThrow().completionTokens());
        }

        @Override
        public Said streamed(Asked asked, int most) {
            var request = request(asked)
                    .streamOptions(ChatCompletionStreamOptions.builder()
                            .includeUsage(true)
                            .build());
            return read(
                    client(asked).chat().completions().createStreaming(request.build()),
                    most,
                    chunk -> chunk.choices().stream().flatMap(choice -> choice.delta().content().stream()),
                    chunk -> chunk.usage().stream().map(usage -> usage.completionTokens()));
        }

        @Override
        public String tools(Asked asked, UnaryOperator<String> weather) {
            var request = request(asked).addTool(City.class);
            var message = client(asked)
                    .chat()
                    .completions()
                    .create(request.build())
                    .choices()
                    .getFirst()
                    .message();
            request.addMessage(message);
            for (var call : message.toolCalls().orElseThrow()) {
                var function = call.asFunction();
                request.addMessage(ChatCompletionToolMessageParam.builder()
                        .toolCallId(function.id())
                        .content(weather.apply(function.function().arguments(City.class).city))
                        .build());
            }
            return client(asked)
                    .chat()
                    .completions()
                    .create(request.build())
                    .choices()
                    .getFirst()
                    .message()
                    .content()
                    .orElseThrow();
        }

        @Override
        public String city(Asked asked) {
            var request = request(asked).responseFormat(City.class).build();
            return client(asked)
                    .chat()
                    .completions()
                    .create(request)
                    .choices()
                    .getFirst()
                    .message()
                    .content()
                    .orElseThrow()
                    .city;
        }
    }

    private static final class Completions extends OpenAiJavaClients {

        Completions(RunningSystem system) {
            super("completions", system);
        }

        private static CompletionCreateParams.Builder request(Asked asked) {
            return CompletionCreateParams.builder()
                    .model(asked.model())
                    .prompt(asked.prompt())
                    .maxTokens(asked.limit());
        }

        @Override
        public Said whole(Asked asked) {
            var answer = client(asked).completions().create(request(asked).build());
            return new Said(
                    List.of(answer.choices().getFirst().text()),
                    answer.usage().orElseThrow().completionTokens());
        }

        @Override
        public Said streamed(Asked asked, int most) {
            var request = request(asked)
                    .streamOptions(ChatCompletionStreamOptions.builder()
                            .includeUsage(true)
                            .build());
            return read(
                    client(asked).completions().createStreaming(request.build()),
                    most,
                    chunk -> chunk.choices().stream().map(choice -> choice.text()),
                    chunk -> chunk.usage().stream().map(usage -> usage.completionTokens()));
        }

        @Override
        public boolean hasTools() {
            return false;
        }
    }

    private static final class Responses extends OpenAiJavaClients {

        Responses(RunningSystem system) {
            super("responses", system);
        }

        private static ResponseCreateParams.Builder request(Asked asked) {
            return ResponseCreateParams.builder()
                    .model(asked.model())
                    .input(asked.prompt())
                    .maxOutputTokens(asked.limit());
        }

        private static String text(Response response) {
            return response.output().stream()
                    .flatMap(item -> item.message().stream())
                    .flatMap(message -> message.content().stream())
                    .flatMap(content -> content.outputText().stream())
                    .map(text -> text.text())
                    .collect(Collectors.joining());
        }

        @Override
        public Said whole(Asked asked) {
            var answer = client(asked).responses().create(request(asked).build());
            return new Said(List.of(text(answer)), answer.usage().orElseThrow().outputTokens());
        }

        @Override
        public Said streamed(Asked asked, int most) {
            return read(
                    client(asked).responses().createStreaming(request(asked).build()),
                    most,
                    event -> event.outputTextDelta().stream().map(delta -> delta.delta()),
                    event -> event.completed().stream()
                            .map(end -> end.response().usage().orElseThrow().outputTokens()));
        }

        @Override
        public String tools(Asked asked, UnaryOperator<String> weather) {
            var input = new ArrayList<ResponseInputItem>();
            input.add(ResponseInputItem.ofEasyInputMessage(EasyInputMessage.builder()
                    .role(EasyInputMessage.Role.USER)
                    .content(asked.prompt())
                    .build()));
            var request = request(asked).addTool(City.class);
            var first = client(asked)
                    .responses()
                    .create(request.inputOfResponse(input).build());
            for (var item : first.output()) {
                var call = item.asFunctionCall();
                input.add(ResponseInputItem.ofFunctionCall(call));
                input.add(ResponseInputItem.ofFunctionCallOutput(ResponseInputItem.FunctionCallOutput.builder()
                        .callId(call.callId())
                        .output(weather.apply(call.arguments(City.class).city))
                        .build()));
            }
            return text(client(asked)
                    .responses()
                    .create(request.inputOfResponse(input).build()));
        }

        @Override
        public String city(Asked asked) {
            return client(asked)
                    .responses()
                    .create(request(asked).text(City.class).build())
                    .output()
                    .stream()
                    .flatMap(item -> item.message().stream())
                    .flatMap(message -> message.content().stream())
                    .flatMap(content -> content.outputText().stream())
                    .findFirst()
                    .orElseThrow()
                    .city;
        }
    }
}
