package com.gogogoapi.account.feed;

import com.gogogoapi.account.keys.Handover;
import com.gogogoapi.account.keys.Handover.EarlierAccount;
import com.gogogoapi.account.keys.Handover.EarlierKey;
import com.gogogoapi.account.publication.KeysChanged;
import com.gogogoapi.chassis.bodies.BodyFields;
import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.identity.AccountId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Takes over the accounts and keys that were the proxy's own until version 0.4. */
@RestController
class HandoverController {

    private static final int MAX_ROWS = 1_000;
    private static final int MAX_CHARS = 200;
    private static final int HASH_CHARS = 64;

    private final Handover handover;
    private final KeysChanged changed;

    HandoverController(Handover handover, KeysChanged changed) {
        this.handover = handover;
        this.changed = changed;
    }

    /** {@code {"accounts":[…],"keys":[…]}}, a key's account before or with it; the same again changes nothing. */
    @PostMapping("/internal/handover")
    Map<String, Object> take(@RequestBody byte[] json) {
        var body = BodyFields.of(json, "accounts", "keys");
        List<EarlierAccount> accounts = body.list("accounts", MAX_ROWS).stream()
                .map(HandoverController::account)
                .toList();
        List<EarlierKey> keys = body.list("keys", MAX_ROWS).stream()
                .map(HandoverController::key)
                .toList();
        handover.take(accounts, keys);
        changed.keysChanged();
        return Map.of("accounts", accounts.size(), "keys", keys.size());
    }

    private static EarlierAccount account(JsonNode node) {
        var row = BodyFields.of(node, "accounts", "account_id", "name", "created_at", "idempotency_key");
        return new EarlierAccount(
                accountId(row),
                row.text("name", MAX_CHARS),
                instant(row, "created_at"),
                row.optionalText("idempotency_key", MAX_CHARS));
    }

    private static EarlierKey key(JsonNode node) {
        var row = BodyFields.of(
                node, "keys", "key_id", "account_id", "label", "key_hash", "last_four", "created_at", "revoked_at");
        return new EarlierKey(
                row.text("key_id", MAX_CHARS),
                accountId(row),
                row.text("label", MAX_CHARS),
                row.text("key_hash", HASH_CHARS),
                row.text("last_four", MAX_CHARS),
                instant(row, "created_at"),
                row.optionalInstant("revoked_at"));
    }

    private static AccountId accountId(BodyFields row) {
        var text = row.text("account_id", MAX_CHARS);
        if (!AccountId.isValid(text)) {
            throw ApiError.invalidRequest("account_id", "account_id must be an account's id.");
        }
        return new AccountId(text);
    }

    private static Instant instant(BodyFields row, String name) {
        var at = row.optionalInstant(name);
        if (at == null) {
            throw ApiError.invalidRequest(name, name + " must be given.");
        }
        return at;
    }
}
