package com.gogogoapi.acceptance;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/** One protocol of an SDK for Java, as its documentation shows it, with nothing changed but base URL and key. */
interface JavaClient {

    /**
     * What it is asked.
     *
     * @param limit tokens that the answer may have at most
     * @param retries by the SDK itself
     * @param timeout of one try
     */
    record Asked(String key, String prompt, long limit, String model, int retries, Duration timeout) {

        Asked(String key, String prompt) {
            this(key, prompt, 100, "deepseek-v4-flash", 0, Duration.ofMinutes(1));
        }

        Asked withLimit(long tokens) {
            return new Asked(key, prompt, tokens, model, retries, timeout);
        }

        Asked withModel(String other) {
            return new Asked(key, prompt, limit, other, retries, timeout);
        }

        Asked withRetries(int times) {
            return new Asked(key, prompt, limit, model, times, timeout);
        }

        Asked withTimeout(Duration other) {
            return new Asked(key, prompt, limit, model, retries, other);
        }
    }

    /** @param used completion tokens as they are stated; of a stream that was left, none are */
    record Said(List<String> pieces, long used) {

        String text() {
            return String.join("", pieces);
        }
    }

    /** A tool's arguments, and a structured answer. */
    @JsonTypeName("weather")
    @JsonClassDescription("Tells the weather of a city.")
    final class City {
        @JsonProperty
        public String city;
    }

    /** The SDK, and the protocol in brackets. */
    String name();

    Said whole(Asked asked);

    /** @param most of its pieces that are read before it is left */
    Said streamed(Asked asked, int most);

    boolean isError(Throwable error, int status);

    /** Whether it is how the SDK tells that a stream failed midway. */
    boolean isBroken(Throwable error);

    boolean isTimeOut(Throwable error);

    /** Whether it has tools, and structured output with them. */
    default boolean hasTools() {
        return true;
    }

    /**
     * The answer after each call of the tool has got its result.
     *
     * @param weather from a city to the result
     */
    default String tools(Asked asked, UnaryOperator<String> weather) {
        throw new UnsupportedOperationException(name());
    }

    /** The city of a structured answer. */
    default String city(Asked asked) {
        throw new UnsupportedOperationException(name());
    }
}
