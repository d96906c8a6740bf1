package com.gogogoapi.contracts.quote;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * In which form a request comes, as whoever quotes it must know: where its prompt is and where its limit.
 *
 * <p>The names are on the wire, in paths and in signed quotes.
 */
public enum RequestProtocol {
    /** OpenAI's chat completions, and DeepSeek's. */
    CHAT("messages", RequestFields.MAX_TOKENS, RequestFields.COMPLETION_LIMIT),
    /** A text that is gone on with, or a gap in one that is filled. */
    COMPLETIONS("prompt", RequestFields.MAX_TOKENS, RequestFields.COMPLETION_LIMIT),
    /** Anthropic's Messages. */
    MESSAGES("messages", RequestFields.MAX_TOKENS, RequestFields.COMPLETION_LIMIT),
    /** OpenAI's Responses. */
    RESPONSES("input", RequestFields.MAX_OUTPUT_TOKENS, RequestFields.RESPONSE_LIMIT, Set.of(CHAT));

    private final String promptField;
    private final String limitField;
    private final List<String> limitFields;
    private final Set<RequestProtocol> translations;

    RequestProtocol(String promptField, String limitField, List<String> limitFields) {
        this(promptField, limitField, limitFields, Set.of());
    }

    RequestProtocol(
            String promptField, String limitField, List<String> limitFields, Set<RequestProtocol> translations) {
        this.promptField = promptField;
        this.limitField = limitField;
        this.limitFields = limitFields;
        this.translations = translations;
    }

    /** Whether an upstream that speaks these is asked in this one, or in one that this is translated to. */
    public boolean isServedBy(Set<RequestProtocol> spoken) {
        return spoken.contains(this) || !Collections.disjoint(spoken, translations);
    }

    /** The field that has the prompt, or most of it. */
    public String promptField() {
        return promptField;
    }

    /** The one name of the completion limit that the upstream knows. */
    public String limitField() {
        return limitField;
    }

    /** All names of the completion limit; of several the smallest counts. */
    public List<String> limitFields() {
        return limitFields;
    }

    /** Its name on the wire. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<RequestProtocol> named(String wireName) {
        return Arrays.stream(values())
                .filter(protocol -> protocol.wireName().equals(wireName))
                .findFirst();
    }

    /** All names on the wire, as a refusal lists them. */
    public static String names() {
        return String.join(
                ", ", Arrays.stream(values()).map(RequestProtocol::wireName).toList());
    }
}
