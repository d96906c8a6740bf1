package com.gogogoapi.account.feed;

import com.gogogoapi.account.keys.ApiKeys;
import com.gogogoapi.chassis.bodies.BodyFields;
import com.gogogoapi.chassis.errors.ApiError;
import java.time.Instant;
import java.util.ArrayList;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** When keys were last used, to the minute, as proxies tell it in batches. */
@RestController
class KeyUsesController {

    private static final int MAX_USES = 10_000;
    private static final int MAX_ID_CHARS = 100;

    private final ApiKeys keys;

    KeyUsesController(ApiKeys keys) {
        this.keys = keys;
    }

    /** {@code {"uses":[{"key_id","minute"}]}}; the same again changes nothing. */
    @PostMapping("/internal/key-uses")
    void note(@RequestBody byte[] json) {
        var keyIds = new ArrayList<String>();
        var minutes = new ArrayList<Instant>();
        for (var node : BodyFields.of(json, "uses").list("uses", MAX_USES)) {
            var use = BodyFields.of(node, "uses", "key_id", "minute");
            var minute = use.optionalInstant("minute");
            if (minute == null) {
                throw ApiError.invalidRequest("uses.minute", "uses.minute must be given.");
            }
            keyIds.add(use.text("key_id", MAX_ID_CHARS));
            minutes.add(minute);
        }
        keys.used(keyIds, minutes);
    }
}
