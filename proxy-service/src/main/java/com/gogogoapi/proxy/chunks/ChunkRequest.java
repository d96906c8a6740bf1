package com.gogogoapi.proxy.chunks;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.quote.RequestFields;
import com.gogogoapi.proxy.body.BodyFields;
import com.gogogoapi.proxy.body.EditedBody;
import com.gogogoapi.proxy.body.EditedBody.Edit;
import com.gogogoapi.proxy.body.RequestBody;
import com.gogogoapi.proxy.execution.UpstreamUser;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What matters of a request whose answer comes in chunks.
 *
 * @param fields those that the upstream gets otherwise, or not at all
 * @param model as the client names it; empty where it names none
 * @param streamOptions as they came
 * @param quoteId the quote that it names
 * @param edits what within other fields the upstream gets otherwise
 */
public record ChunkRequest(
        RequestBody body,
        BodyFields fields,
        String model,
        boolean isStreamed,
        JsonNode streamOptions,
        Optional<String> quoteId,
        List<Edit> edits) {

    private static final String MODEL = "model";
    private static final String STREAM = "stream";
    private static final String STREAM_OPTIONS = "stream_options";

    /** Of those the upstream gets another, or none. */
    private static final Set<String> REPLACED = Stream.of(
                    RequestFields.OURS, RequestFields.COMPLETION_LIMIT, Set.of(MODEL, "user", "user_id"))
            .flatMap(names -> names.stream())
            .collect(Collectors.toUnmodifiableSet());

    private static final Set<String> FIELDS =
            Stream.concat(REPLACED.stream(), Stream.of(STREAM, STREAM_OPTIONS)).collect(Collectors.toUnmodifiableSet());

    /**
     * @param more fields that will be asked for
     * @throws com.gogogoapi.chassis.errors.ApiError 400 for a {@code stream} that is no boolean, or options that are no object
     */
    public static ChunkRequest read(RequestBody body, Set<String> more) {
        var names = new HashSet<>(FIELDS);
        names.addAll(more);
        return read(body, BodyFields.in(body.bytes(), names), List.of());
    }

    /**
     * The same, with a look into one field on the way.
     *
     * @param within its name
     * @param edits finds there what the upstream gets otherwise
     */
    public static <E extends Consumer<JsonParser> & Supplier<List<Edit>>> ChunkRequest read(
            RequestBody body, String within, E edits) {
        var fields = BodyFields.in(body.bytes(), FIELDS, within, edits);
        return read(body, fields, edits.get());
    }

    private static ChunkRequest read(RequestBody body, BodyFields fields, List<Edit> edits) {
        var json = body.bytes();
        return new ChunkRequest(
                body,
                fields,
                fields.value(json, MODEL).asString(""),
                fields.isOn(json, STREAM),
                fields.optionalObject(json, STREAM_OPTIONS),
                fields.text(json, RequestFields.QUOTE_ID),
                edits);
    }

    /** Whether the client asked for the trailing usage chunk. */
    public boolean isUsageAskedFor() {
        return streamOptions.path("include_usage").asBoolean(false);
    }

    /**
     * The request as the upstream gets it: the route and the limit that were held for, usage always asked for, an id of ours in
     * place of a customer's, our own fields taken out, and everything else as it came but for the edits.
     */
    public EditedBody upstreamBody(String route, long completionLimit, AccountId account) {
        var removed = new HashSet<>(REPLACED);
        var added = JsonMapper.shared().createObjectNode();
        added.put(MODEL, route);
        // The limit that was held for, under the one name that the upstream knows, whatever the client said.
        added.put(RequestFields.MAX_TOKENS, completionLimit);
        added.put("user_id", UpstreamUser.of(account));
        if (isStreamed) {
            removed.add(STREAM_OPTIONS);
            added.set(STREAM_OPTIONS, withUsage());
        }
        return EditedBody.of(body, fields, removed, JsonMapper.shared().writeValueAsBytes(added), edits);
    }

    private ObjectNode withUsage() {
        var options = JsonMapper.shared().createObjectNode();
        if (streamOptions instanceof ObjectNode given) {
            options.setAll(given);
        }
        return options.put("include_usage", true);
    }
}
