package com.gogogoapi.account.people;

import com.gogogoapi.account.api.Asker;
import com.gogogoapi.account.api.LimitFields;
import com.gogogoapi.account.api.Page;
import com.gogogoapi.account.audit.AuditTrail;
import com.gogogoapi.account.audit.AuditTrail.Actor;
import com.gogogoapi.account.directory.Accounts;
import com.gogogoapi.account.people.Members.Disposal;
import com.gogogoapi.account.people.People.Member;
import com.gogogoapi.account.publication.KeysChanged;
import com.gogogoapi.chassis.bodies.BodyFields;
import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.identity.AccountId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** An account's members. */
@RestController
@RequestMapping("/internal/accounts/{account}")
class MembersController {

    private static final int MAX_NAME_CHARS = 200;
    private static final int MAX_WORD_CHARS = 20;
    private static final int MAX_ID_CHARS = 36;
    private static final String KEYS = "keys";
    private static final String TO = "to";

    private final Accounts accounts;
    private final People people;
    private final Members members;
    private final AuditTrail audit;
    private final KeysChanged changed;

    MembersController(Accounts accounts, People people, Members members, AuditTrail audit, KeysChanged changed) {
        this.accounts = accounts;
        this.people = people;
        this.members = members;
        this.audit = audit;
        this.changed = changed;
    }

    /** What the account is, and what who asks is in it. */
    @GetMapping("/profile")
    Map<String, Object> profile(@PathVariable String account, HttpServletRequest request) {
        var accountId = existing(account);
        var asker = Asker.of(request);
        var line = line(accountId);
        line.put("members", people.count(accountId));
        if (asker.member() != null) {
            line.put("member", MemberFields.written(people.existing(accountId, asker.member())));
        }
        return line;
    }

    private Map<String, Object> line(AccountId accountId) {
        var account = members.account(accountId);
        var line = new LinkedHashMap<String, Object>();
        line.put("account_id", accountId.value());
        line.put("name", account.name());
        line.put("kind", account.isOrganisation() ? "organisation" : "personal");
        return line;
    }

    /** Makes it an organisation's: {@code {"name"}}, the organisation's. Again changes nothing. */
    @PostMapping("/organisation")
    @Transactional
    Map<String, Object> becomeOrganisation(
            @PathVariable String account, @RequestBody byte[] json, HttpServletRequest request) {
        var accountId = existing(account);
        var name = BodyFields.of(json, "name").text("name", MAX_NAME_CHARS);
        members.becomeOrganisation(accountId, name);
        audit.record(Actor.of(request), "become-organisation", account, account, name);
        return line(accountId);
    }

    @GetMapping("/members")
    Map<String, Object> list(@PathVariable String account, HttpServletRequest request) {
        var accountId = existing(account);
        var page = Page.of(request);
        var after = page.after().isEmpty() ? null : Asker.memberId(page.after());
        return page.answer(
                people.after(accountId, after, page.limit() + 1),
                member -> member.id().toString(),
                MemberFields::written);
    }

    @GetMapping("/members/{member}")
    Map<String, Object> read(@PathVariable String account, @PathVariable String member) {
        return MemberFields.written(people.existing(existing(account), Asker.memberId(member)));
    }

    /** {@code {"role"}}, and {@code "keys"} and {@code "to"} where the new role has no keys that call models. */
    @PatchMapping("/members/{member}")
    @Transactional
    Map<String, Object> change(
            @PathVariable String account,
            @PathVariable String member,
            @RequestBody byte[] json,
            HttpServletRequest request) {
        var accountId = existing(account);
        var body = BodyFields.of(json, MemberFields.ROLE, KEYS, TO);
        var role = MemberFields.role(body);
        var disposal = disposal(body);
        var now = members.setRole(Asker.of(request), accountId, Asker.memberId(member), role, disposal);
        done(request, "change-member", accountId, now, role.written() + words(disposal));
        return MemberFields.written(now);
    }

    /** What he may spend with all of his keys together, and how fast he may go. */
    @GetMapping("/members/{member}/limits")
    Map<String, Object> limits(@PathVariable String account, @PathVariable String member) {
        return LimitFields.written(members.limitsOf(existing(account), Asker.memberId(member)));
    }

    /** Sets all of them; they take effect at once. */
    @PutMapping("/members/{member}/limits")
    @Transactional
    Map<String, Object> limit(
            @PathVariable String account,
            @PathVariable String member,
            @RequestBody byte[] json,
            HttpServletRequest request) {
        var accountId = existing(account);
        var limits = LimitFields.read(BodyFields.of(json, LimitFields.BUDGETS, LimitFields.RATES));
        var limited = members.limit(Asker.of(request), accountId, Asker.memberId(member), limits);
        var written = LimitFields.written(limits);
        done(request, "limit-member", accountId, limited, written.toString());
        return written;
    }

    /** Ends a membership; {@code {"keys":"revoke"}} or {@code {"keys":"transfer","to"}} says what becomes of the keys. */
    @PostMapping("/members/{member}/removal")
    @Transactional
    Map<String, Object> remove(
            @PathVariable String account,
            @PathVariable String member,
            @RequestBody byte[] json,
            HttpServletRequest request) {
        var accountId = existing(account);
        var disposal = disposal(BodyFields.of(json, KEYS, TO));
        var left = members.remove(Asker.of(request), accountId, Asker.memberId(member), disposal);
        done(request, "remove-member", accountId, left, left.role().written() + words(disposal));
        return Map.of("member_id", left.id(), "removed", true);
    }

    private static @Nullable Disposal disposal(BodyFields body) {
        var keys = body.optionalText(KEYS, MAX_WORD_CHARS);
        var to = body.optionalText(TO, MAX_ID_CHARS);
        if (keys == null && to == null) {
            return null;
        }
        if ("revoke".equals(keys) && to == null) {
            return new Disposal(null);
        }
        if ("transfer".equals(keys) && to != null) {
            return new Disposal(heir(to));
        }
        throw ApiError.invalidRequest(
                KEYS, "keys must be \"revoke\", or \"transfer\" with to, the member who gets them.");
    }

    private static UUID heir(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw ApiError.invalidRequest(TO, "to must be the id of a member.");
        }
    }

    private static String words(@Nullable Disposal disposal) {
        if (disposal == null) {
            return "";
        }
        return disposal.heir() == null ? ", keys revoked" : ", keys transferred to " + disposal.heir();
    }

    private AccountId existing(String account) {
        return accounts.existing(account).accountId();
    }

    private void done(HttpServletRequest request, String action, AccountId account, Member member, String detail) {
        changed.keysChanged();
        audit.record(
                Actor.of(request),
                action,
                account.value(),
                member.id().toString(),
                member.person().email() + ": " + detail);
    }
}
