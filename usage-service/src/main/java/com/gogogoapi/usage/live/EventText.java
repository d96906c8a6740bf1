package com.gogogoapi.usage.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.gogogoapi.contracts.ledger.CreditExpired;
import com.gogogoapi.contracts.ledger.CreditGranted;
import com.gogogoapi.contracts.ledger.CreditRefused;
import com.gogogoapi.contracts.ledger.CreditReleased;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.CreditRevoked;
import com.gogogoapi.contracts.ledger.CreditSettled;
import com.gogogoapi.contracts.ledger.CreditTransferred;
import com.gogogoapi.contracts.ledger.InstallationEvent;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.ParkedAccountResumed;
import com.gogogoapi.contracts.ledger.intake.ParkedResumeRequested;
import com.gogogoapi.contracts.ledger.intake.TransferSide;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.usage.api.Parameters;
import com.gogogoapi.usage.following.Followed;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Events as server-sent events, in the words of the statement. */
@Component
class EventText {

    static final byte[] HEARTBEAT = ": still here\n\n".getBytes(UTF_8);

    private final JsonMapper mapper;

    EventText(JsonMapper mapper) {
        this.mapper = mapper;
    }

    byte[] of(Told told) {
        return switch (told) {
            case Told.Ready(var shard, var sequence) -> text("ready", sequence, place("ready", shard, sequence));
            case Told.Resync(var shard, var sequence) -> text("resync", sequence, place("resync", shard, sequence));
            case Told.Decided(var followed) -> text("ledger", followed.sequence(), decided(followed));
        };
    }

    private byte[] text(String name, long sequence, Map<String, @Nullable Object> data) {
        return ("id: " + sequence + "\nevent: " + name + "\ndata: " + mapper.writeValueAsString(data) + "\n\n")
                .getBytes(UTF_8);
    }

    private static Map<String, @Nullable Object> place(String object, int shard, long sequence) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("object", object);
        fields.put("shard", shard);
        fields.put("sequence", sequence);
        return fields;
    }

    private static Map<String, @Nullable Object> decided(Followed followed) {
        var event = followed.event();
        var fields = place("ledger_event", followed.shard(), followed.sequence());
        fields.put("request_id", event.requestId());
        fields.put("at", event.decidedAt());
        switch (event) {
            case CreditReserved hold -> {
                amount(fields, "hold", hold.heldUsd());
                fields.put("model", hold.model());
                var by = hold.requestedBy();
                fields.put("key_id", by == null ? null : Parameters.keyId(by.keyId()));
                fields.put("member_id", by == null ? null : by.memberId());
            }
            case CreditSettled charge -> {
                amount(fields, "charge", charge.chargedUsd());
                fields.put("refunded_usd", charge.releasedUsd());
                fields.put("model", charge.model());
                fields.put("rule", charge.outcome());
                fields.put("prompt_tokens", charge.usage().promptTokens());
                fields.put("cached_prompt_tokens", charge.usage().cachedPromptTokens());
                fields.put("completion_tokens", charge.usage().completionTokens());
            }
            case CreditReleased release -> {
                amount(fields, "release", release.releasedUsd());
                fields.put("rule", release.outcome());
            }
            case CreditRefused refusal -> {
                amount(fields, "refusal", refusal.requiredUsd());
                fields.put("rule", refusal.reason());
            }
            case CreditGranted grant -> amount(fields, "grant", grant.amountUsd());
            case CreditExpired expiry -> amount(fields, "expiry", expiry.amountUsd());
            case CreditRevoked revoked -> amount(fields, "revocation", revoked.amountUsd());
            case CreditTransferred transfer ->
                amount(
                        fields,
                        transfer.side() == TransferSide.OUT ? "transfer_out" : "transfer_in",
                        transfer.amountUsd());
            case ParkedAccountResumed resumed ->
                amount(fields, resumed.action() == ParkedResumeRequested.Action.SKIP ? "skip" : "retry", Usd.ZERO);
            case InstallationEvent done -> amount(fields, "installation", Usd.ZERO);
        }
        balance(fields, event);
        return fields;
    }

    private static void amount(Map<String, @Nullable Object> fields, String type, Usd amount) {
        fields.put("type", type);
        fields.put("amount_usd", amount);
    }

    private static void balance(Map<String, @Nullable Object> fields, LedgerEvent event) {
        fields.put("available_usd", event.balance().availableUsd());
        fields.put("held_usd", event.balance().heldUsd());
        fields.put("open_holds", event.balance().openHolds());
    }
}
