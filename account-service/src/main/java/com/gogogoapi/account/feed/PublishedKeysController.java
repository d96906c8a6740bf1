package com.gogogoapi.account.feed;

import com.gogogoapi.account.keys.ApiKey;
import com.gogogoapi.account.keys.ApiKeys;
import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.access.ApiKeyPublished;
import com.gogogoapi.contracts.messaging.EventJson;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Keys as they are published, for a proxy that has not heard of one, or cannot hear because Kafka is away. */
@RestController
@RequestMapping("/internal/published-keys")
class PublishedKeysController {

    static final int PAGE = 1_000;

    private final ApiKeys keys;

    PublishedKeysController(ApiKeys keys) {
        this.keys = keys;
    }

    @GetMapping("/{hash}")
    ResponseEntity<byte[]> one(@PathVariable String hash) {
        if (!hash.matches("[0-9a-f]{64}")) {
            throw ApiError.invalidRequest("hash", "hash must have 64 hexadecimal digits.");
        }
        var key = keys.withHash(HexFormat.of().parseHex(hash))
                .orElseThrow(() -> ApiError.notFound("There is no such key."));
        return json(EventJson.write(key.event()));
    }

    /** What changed after a version, in the order of the changes, at most so much that there is an end to it. */
    @GetMapping
    ResponseEntity<byte[]> changes(@RequestParam long after) {
        List<ApiKeyPublished> changes =
                keys.changedAfter(after, PAGE).stream().map(ApiKey::event).toList();
        return json(EventJson.mapper().writeValueAsBytes(Map.of("changes", changes)));
    }

    private static ResponseEntity<byte[]> json(byte[] bytes) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(bytes);
    }
}
