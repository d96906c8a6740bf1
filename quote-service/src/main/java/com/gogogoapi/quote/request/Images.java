package com.gogogoapi.quote.request;

import com.gogogoapi.chassis.errors.ApiError;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The images of one request. Whether its route takes any is asked once the route is known. */
final class Images {

    /** More are no conversation: each is held for with hundreds of tokens. */
    static final int MAX = 100;

    private static final String TYPES = "jpeg|png|gif|webp";
    private static final Pattern ADDRESS =
            Pattern.compile("(https?://|data:image/(" + TYPES + ");base64,)\\S", Pattern.CASE_INSENSITIVE);
    private static final Pattern WEB_ADDRESS = Pattern.compile("https?://\\S", Pattern.CASE_INSENSITIVE);
    private static final Set<String> MEDIA_TYPES = Set.of("image/jpeg", "image/png", "image/gif", "image/webp");

    private @Nullable String first;
    private int count;

    /** Where the first of them is. */
    Optional<String> first() {
        return Optional.ofNullable(first);
    }

    /** A part of chat: {@code {"type":"image_url","image_url":{"url":…}}}. */
    void chat(JsonNode part, String at) {
        requireAddress(part.path("image_url").path("url"), at + ".image_url.url");
        add(at);
    }

    /** @return a part of Responses, {@code {"type":"input_image","image_url":…}}, in chat's words */
    JsonNode response(JsonNode part, String at) {
        if (!Checks.isAbsent(part.path("file_id"))) {
            throw ApiError.invalidRequest(
                    at + ".file_id",
                    at + ".file_id must be left out, since nothing is kept here: image_url is for the image.");
        }
        requireAddress(part.path("image_url"), at + ".image_url");
        add(at);
        return part(part.path("image_url"));
    }

    /** @return a block of Messages, {@code {"type":"image","source":…}}, in chat's words */
    JsonNode block(JsonNode block, String at) {
        var source = block.path("source");
        switch (source.path("type").asString("")) {
            case "base64" -> {
                if (!MEDIA_TYPES.contains(source.path("media_type").asString(""))) {
                    throw ApiError.invalidRequest(
                            at + ".source.media_type",
                            at + ".source.media_type must be image/jpeg, image/png, image/gif or image/webp.");
                }
                if (!source.path("data").isString()
                        || source.path("data").stringValue().isEmpty()) {
                    throw ApiError.invalidRequest(at + ".source.data", at + ".source.data must be a non-empty string.");
                }
            }
            case "url" -> {
                if (!isOf(WEB_ADDRESS, source.path("url"))) {
                    throw ApiError.invalidRequest(at + ".source.url", at + ".source.url must be an http(s) address.");
                }
            }
            default ->
                throw ApiError.invalidRequest(
                        at + ".source.type", at + ".source.type must be base64 or url: nothing is kept here.");
        }
        add(at);
        return part(source);
    }

    private static void requireAddress(JsonNode address, String at) {
        if (!isOf(ADDRESS, address)) {
            throw ApiError.invalidRequest(
                    at,
                    at + " must be an http(s) address, or data:image/…;base64,… of a JPEG, PNG, GIF or WebP image.");
        }
    }

    private static boolean isOf(Pattern form, JsonNode address) {
        return address.isString() && form.matcher(address.stringValue()).lookingAt();
    }

    private void add(String at) {
        count++;
        if (count > MAX) {
            throw ApiError.invalidRequest(
                    at, "A request must have at most " + MAX + " images; " + at + " is one more.");
        }
        if (first == null) {
            first = at;
        }
    }

    private static JsonNode part(JsonNode image) {
        var part = JsonNodeFactory.instance.objectNode().put("type", "image_url");
        part.set("image_url", image);
        return part;
    }
}
