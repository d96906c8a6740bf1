package com.gogogoapi.account.api;

import com.gogogoapi.account.audit.AuditTrail;
import com.gogogoapi.account.audit.AuditTrail.Actor;
import com.gogogoapi.account.directory.Accounts;
import com.gogogoapi.account.keys.ApiKey;
import com.gogogoapi.account.keys.ApiKeys;
import com.gogogoapi.account.keys.KeyFilter;
import com.gogogoapi.account.publication.KeysChanged;
import com.gogogoapi.chassis.bodies.BodyFields;
import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.access.KeyPurpose;
import com.gogogoapi.contracts.identity.AccountId;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** An account's keys. */
@RestController
@RequestMapping("/internal/accounts/{account}/keys")
class KeysController {

    private static final int MAX_SEARCH_CHARS = 100;
    private static final int MAX_ID_CHARS = 36;
    private static final String OVERLAP = "overlap_seconds";

    private final Accounts accounts;
    private final ApiKeys keys;
    private final AuditTrail audit;
    private final KeysChanged changed;
    private final Clock clock;

    KeysController(Accounts accounts, ApiKeys keys, AuditTrail audit, KeysChanged changed, Clock clock) {
        this.accounts = accounts;
        this.keys = keys;
        this.audit = audit;
        this.changed = changed;
        this.clock = clock;
    }

    /** Issues a key, which is shown in this answer and never again. Not repeatable: each call is another key. */
    @PostMapping
    @Transactional
    Map<String, Object> issue(@PathVariable String account, @RequestBody byte[] json, HttpServletRequest request) {
        var accountId = existing(account);
        var body = KeyFields.ofNew(json);
        var issued = keys.issue(
                accountId,
                memberOf(body, Asker.of(request)),
                KeyFields.purpose(body),
                KeyFields.settings(body, clock.instant()));
        done(request, "issue-key", issued.key(), issued.key().settings().label());
        return shown(issued);
    }

    /** Whose key it becomes: a member's own; an operator can issue one to any member, or to the account as such. */
    private static @Nullable UUID memberOf(BodyFields body, Asker asker) {
        var member = body.optionalText(KeyFields.MEMBER, MAX_ID_CHARS);
        if (member == null) {
            return asker.member();
        }
        if (!asker.isOperator() && !member.equals(String.valueOf(asker.member()))) {
            throw ApiError.invalidRequest(KeyFields.MEMBER, "member must be left out: the key is whose it is made by.");
        }
        try {
            return UUID.fromString(member);
        } catch (IllegalArgumentException e) {
            throw ApiError.invalidRequest(KeyFields.MEMBER, "member must be the id of a member of the account.");
        }
    }

    private Map<String, Object> shown(ApiKeys.Issued issued) {
        var answer = new LinkedHashMap<String, Object>();
        answer.put("key_id", issued.key().keyId());
        answer.put("api_key", issued.apiKey());
        answer.putAll(written(issued.key()));
        return answer;
    }

    private Map<String, Object> written(ApiKey key) {
        return KeyFields.written(key, clock.instant());
    }

    /** An account's keys, valid or revoked, in the order in which they were issued; {@code search} is for labels and tags, {@code revoked} for either kind. */
    @GetMapping
    Map<String, Object> list(@PathVariable String account, HttpServletRequest request) {
        var accountId = existing(account);
        var page = Page.of(request);
        var text = BodyFields.checkedOrNull("search", request.getParameter("search"), MAX_SEARCH_CHARS);
        var filter = new KeyFilter(text, Asker.of(request).onlyMember(), revoked(request.getParameter("revoked")));
        return page.answer(keys.after(accountId, page.after(), filter, page.limit() + 1), ApiKey::keyId, this::written);
    }

    private static @Nullable Boolean revoked(@Nullable String text) {
        return switch (text) {
            case null -> null;
            case "true" -> true;
            case "false" -> false;
            default -> throw ApiError.invalidRequest("revoked", "revoked must be true or false.");
        };
    }

    @GetMapping("/{keyId}")
    Map<String, Object> read(@PathVariable String account, @PathVariable String keyId, HttpServletRequest request) {
        return written(visible(existing(account), keyId, Asker.of(request)));
    }

    /** Changes what is said and leaves the rest as it is; null takes a limit away. */
    @PatchMapping("/{keyId}")
    @Transactional
    Map<String, Object> change(
            @PathVariable String account,
            @PathVariable String keyId,
            @RequestBody byte[] json,
            HttpServletRequest request) {
        var accountId = existing(account);
        visible(accountId, keyId, Asker.of(request));
        var body = KeyFields.ofChange(json);
        var now = clock.instant();
        var key = keys.change(
                accountId,
                keyId,
                settings -> KeyFields.changed(body, settings, now),
                body.optionalTruth(KeyFields.DISABLED));
        done(request, "change-key", key, written(key).toString());
        return written(key);
    }

    /** Issues its successor, which is shown this once; the key itself goes on for as long as is said. */
    @PostMapping("/{keyId}/rotation")
    @Transactional
    Map<String, Object> rotate(
            @PathVariable String account,
            @PathVariable String keyId,
            @RequestBody byte[] json,
            HttpServletRequest request) {
        var accountId = existing(account);
        var seconds = BodyFields.of(json, OVERLAP).optionalNumber(OVERLAP, 0, ApiKeys.LONGEST_OVERLAP.toSeconds());
        if (seconds == null) {
            throw ApiError.invalidRequest(
                    OVERLAP,
                    OVERLAP + " must say for how long the key goes on beside its successor: 0 revokes it at once.");
        }
        requireMayHold(visible(accountId, keyId, Asker.of(request)), Asker.of(request));
        var issued = keys.rotate(accountId, keyId, Duration.ofSeconds(seconds));
        done(request, "rotate-key", issued.key(), keyId + " goes on for " + seconds + " s");
        return shown(issued);
    }

    @DeleteMapping("/{keyId}")
    @Transactional
    Map<String, Object> revoke(@PathVariable String account, @PathVariable String keyId, HttpServletRequest request) {
        var accountId = existing(account);
        visible(accountId, keyId, Asker.of(request));
        var key = keys.revoke(accountId, keyId);
        done(request, "revoke-key", key, key.settings().label());
        return Map.of("key_id", keyId, "revoked", true);
    }

    /** @throws ApiError 404 if the account has no such key, or it is none of who asks */
    private ApiKey visible(AccountId account, String keyId, Asker asker) {
        var key = keys.existing(account, keyId);
        var only = asker.onlyMember();
        if (only != null && !key.isOf(only)) {
            throw ApiKeys.noSuchKey();
        }
        return key;
    }

    /** Whoever is shown a key that manages keys speaks as its member from then on. */
    private static void requireMayHold(ApiKey key, Asker asker) {
        var member = key.createdBy();
        if (key.purpose() == KeyPurpose.MANAGEMENT && member != null && !asker.isOperator() && !asker.is(member)) {
            throw ApiError.other(
                    403,
                    "permission_error",
                    "role_not_allowed",
                    "A management key must be rotated by the member whose it is: it speaks as that member.");
        }
    }

    private AccountId existing(String account) {
        return accounts.existing(account).accountId();
    }

    private void done(HttpServletRequest request, String action, ApiKey key, String detail) {
        changed.keysChanged();
        audit.record(Actor.of(request), action, key.account().value(), key.keyId(), detail);
    }
}
