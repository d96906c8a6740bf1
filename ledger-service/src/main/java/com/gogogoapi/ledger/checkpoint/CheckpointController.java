package com.gogogoapi.ledger.checkpoint;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.evidence.signing.SignedText;
import com.gogogoapi.ledger.checkpoint.SigningConfiguration.Signing;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The checkpoints and the public key, for whoever wants to keep them. */
@RestController
@RequestMapping("/internal")
class CheckpointController {

    private static final int MAX = 1_000;

    private final CheckpointStore store;
    private final Signing signing;

    CheckpointController(CheckpointStore store, Signing signing) {
        this.store = store;
        this.signing = signing;
    }

    record Keys(List<Key> data) {}

    record Key(
            @JsonProperty("key_id") String keyId,
            String algorithm,
            @JsonProperty("public_key_pem") String publicKeyPem) {}

    record Page(String object, List<SignedText> data) {}

    @GetMapping("/keys")
    Keys keys() {
        return new Keys(signing.key()
                .map(key -> List.of(new Key(
                        key.verifyingKey().id(), "Ed25519", key.verifyingKey().pem())))
                .orElse(List.of()));
    }

    @GetMapping("/checkpoints")
    Page checkpoints(@RequestParam(defaultValue = "0") long after, @RequestParam(defaultValue = "100") int limit) {
        if (after < 0 || limit < 1 || limit > MAX) {
            throw ApiError.invalidRequest("limit", "after is not negative, and limit is between 1 and " + MAX + ".");
        }
        return new Page("list", store.after(after, limit));
    }

    @GetMapping("/checkpoints/latest")
    SignedText latest() {
        return store.latest().orElseThrow(() -> ApiError.notFound("There is no checkpoint yet."));
    }
}
