package com.gogogoapi.quote.request;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.quote.RequestProtocol;
import tools.jackson.databind.JsonNode;

/** How the requests of one protocol are read: strictly where the price depends on it, and no further. */
interface RequestFormat {

    /** What of a request is priced; of all else there is only so much. */
    PricedFields priced();

    /**
     * Checks what is priced, and refuses what would cost what nobody counts.
     *
     * @param body an object with a model
     * @param images gets those that it has
     * @return what is counted, in the counter's words
     * @throws ApiError 400 that names what is wrong
     */
    JsonNode prompt(JsonNode body, Images images);

    static RequestFormat of(RequestProtocol protocol) {
        return switch (protocol) {
            case CHAT -> new ChatFormat();
            case COMPLETIONS -> new CompletionsFormat();
            case MESSAGES -> new MessagesFormat();
            case RESPONSES -> new ResponsesFormat();
        };
    }
}
