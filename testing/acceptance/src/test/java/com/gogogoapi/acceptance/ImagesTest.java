package com.gogogoapi.acceptance;

import static com.gogogoapi.acceptance.Customer.amount;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Images go to routes with vision, held for with the most that one counts; all others refuse them free. */
@Tag("acceptance")
class ImagesTest {

    private static final int LIMIT = 50;
    private static final long MOST_TOKENS = 384;

    /** More than what a request may have beside its prompt. */
    private static final String BASE64 = Base64.getEncoder().encodeToString(new byte[200_000]);

    private static final TestRoute.Prices PRICES = new TestRoute.Prices("0.5", "0.1", "2");

    private final RunningSystem system = RunningSystem.shared();
    private final Customer customer = system.customer("1.00");
    private final TestRoute route = new TestRoute(system, "vision-" + customer.account());

    private static Map<String, Object> image(Spoken protocol) {
        return switch (protocol) {
            case CHAT -> Map.of("type", "image_url", "image_url", Map.of("url", "data:image/png;base64," + BASE64));
            case MESSAGES ->
                Map.of("type", "image", "source", Map.of("type", "base64", "media_type", "image/png", "data", BASE64));
            case RESPONSES -> Map.of("type", "input_image", "image_url", "data:image/png;base64," + BASE64);
            case COMPLETIONS -> throw new AssertionError("Completions have no images.");
        };
    }

    private static String body(Spoken protocol, String model, String text, boolean stream, int images) {
        var said = Map.of("type", protocol == Spoken.RESPONSES ? "input_text" : "text", "text", text);
        var parts = Stream.concat(
                        Stream.of(said), Stream.generate(() -> image(protocol)).limit(images))
                .toList();
        var conversation = List.of(Map.of("role", "user", "content", parts));
        return protocol.body(
                "",
                LIMIT,
                stream,
                Map.of("model", model, protocol == Spoken.RESPONSES ? "input" : "messages", conversation));
    }

    private HttpResponse<String> ask(Spoken protocol, String body) {
        return system.send("POST", protocol.path(), customer.apiKey(), body);
    }

    static Stream<Arguments> everyWay() {
        return protocols().flatMap(protocol -> Stream.of(Arguments.of(protocol, false), Arguments.of(protocol, true)));
    }

    private static Stream<Spoken> protocols() {
        return Stream.of(Spoken.CHAT, Spoken.MESSAGES, Spoken.RESPONSES);
    }

    @ParameterizedTest(name = "{0}, streamed {1}")
    @MethodSource("everyWay")
    void areHeldForAtTheMostAndChargedByTheStatedUsage(Spoken protocol, boolean stream) {
        route.awaitQuotedAt(customer, route.publishWithVision(PRICES));
        var text = "Hello " + customer.account() + " [[sim: tokens=9]]";
        var two = body(protocol, route.model(), text, stream, 2);
        var counted = quoted(protocol, two).path("max_prompt_tokens").asLong();
        assertThat(counted
                        - quoted(protocol, body(protocol, route.model(), text, stream, 0))
                                .path("max_prompt_tokens")
                                .asLong())
                .isBetween(2 * MOST_TOKENS, 2 * (MOST_TOKENS + 1));

        var answer = ask(protocol, two);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        if (stream) {
            assertThat(protocol.isWhole(answer.body())).as(answer.body()).isTrue();
        }
        var line = customer.lastLine();
        assertThat(line.path("rule").asString()).isEqualTo("COMPLETED");
        assertThat(line.path("completion_tokens").asLong()).isEqualTo(9);
        assertThat(line.path("prompt_tokens").asLong())
                .as("what the upstream says, by the images' own size")
                .isLessThanOrEqualTo(counted);
        assertThat(amount(line, "amount_usd")).isEqualByComparingTo(PRICES.costOf(line));
        assertThat(amount(customer.statement().get(1), "amount_usd"))
                .as("held")
                .isEqualByComparingTo(new BigDecimal(PRICES.input())
                        .multiply(BigDecimal.valueOf(counted))
                        .add(new BigDecimal(PRICES.output()).multiply(BigDecimal.valueOf(LIMIT)))
                        .movePointLeft(6));
        assertThat(customer.books().held()).isZero();
    }

    private JsonNode quoted(Spoken protocol, String body) {
        var answer = system.send("POST", "/v1/quote?protocol=" + protocol.wireName(), customer.apiKey(), body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    @ParameterizedTest
    @EnumSource(names = "COMPLETIONS", mode = EnumSource.Mode.EXCLUDE)
    void aRouteWithoutVisionRefusesThemFree(Spoken protocol) {
        var at = (protocol == Spoken.RESPONSES ? "input" : "messages") + "[0].content[1]";
        var body = body(protocol, "deepseek-v4-flash", "Hello", false, 1);
        for (var path : new String[] {protocol.path(), "/v1/quote?protocol=" + protocol.wireName()}) {
            var answer = system.send("POST", path, customer.apiKey(), body);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
            assertThat(JsonMapper.shared()
                            .readTree(answer.body())
                            .path("error")
                            .path("message")
                            .asString())
                    .isEqualTo(at + " must be text, not an image: deepseek-v4-flash has no vision.");
        }
        assertThat(customer.statement()).as("nothing was held").hasSize(1);
    }

    @Test
    void aModelSaysWhetherItHasVision() {
        route.awaitQuotedAt(customer, route.publishWithVision(PRICES));
        assertThat(model(route.model())).isTrue();
        assertThat(model("deepseek-v4-flash")).isFalse();
    }

    private boolean model(String name) {
        var answer = system.send("GET", "/v1/models/" + name, customer.apiKey(), "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body()).path("vision").booleanValue();
    }
}
