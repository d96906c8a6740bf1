package com.gogogoapi.account.operators;

import com.gogogoapi.account.api.Page;
import com.gogogoapi.account.audit.AuditTrail;
import com.gogogoapi.account.audit.AuditTrail.Actor;
import com.gogogoapi.account.operators.Operators.Issued;
import com.gogogoapi.account.operators.Operators.Operator;
import com.gogogoapi.chassis.bodies.BodyFields;
import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.access.OperatorRole;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The operators. Who may name them is the proxy's matter. */
@RestController
class OperatorsController {

    private static final String NAME_FORM = "[a-z0-9][a-z0-9-]{0,62}";
    private static final int MAX_NAME_CHARS = 63;
    private static final int MAX_ROLE_CHARS = 20;

    /** Whom the proxy's settings name. */
    private static final List<String> RESERVED = List.of("operator", "auditor", "unknown");

    private static final String NO_ACCOUNT = "";
    static final String HASH_FORM = "[0-9a-f]{64}";

    private final Operators operators;
    private final AuditTrail audit;

    OperatorsController(Operators operators, AuditTrail audit) {
        this.operators = operators;
        this.audit = audit;
    }

    /** {@code {"name","roles"}}; the secret is shown in this answer and never again. */
    @PostMapping("/internal/operators")
    @Transactional
    Map<String, Object> add(@RequestBody byte[] json, HttpServletRequest request) {
        var body = BodyFields.of(json, "name", "roles");
        var name = body.text("name", MAX_NAME_CHARS);
        if (!name.matches(NAME_FORM) || RESERVED.contains(name)) {
            throw ApiError.invalidRequest(
                    "name",
                    "name must have 1 to " + MAX_NAME_CHARS
                            + " of a-z, 0-9 and '-', begin with a letter or digit, and be none of "
                            + String.join(", ", RESERVED) + ".");
        }
        var roles = roles(body);
        var actor = Actor.of(request);
        var issued = operators.add(name, roles, actor.name());
        audit.record(actor, "add-operator", NO_ACCOUNT, name, roles.toString());
        return shown(issued);
    }

    private static Set<OperatorRole> roles(BodyFields body) {
        var roles = EnumSet.noneOf(OperatorRole.class);
        for (var name : body.texts("roles", OperatorRole.values().length, MAX_ROLE_CHARS)) {
            var role = EnumSet.allOf(OperatorRole.class).stream()
                    .filter(one -> written(one).equals(name))
                    .findFirst();
            if (role.isEmpty() || !roles.add(role.get())) {
                throw rolesMustBe();
            }
        }
        if (roles.isEmpty()) {
            throw rolesMustBe();
        }
        return roles;
    }

    private static ApiError rolesMustBe() {
        return ApiError.invalidRequest(
                "roles", "roles must be some of support, prices, treasury and auditor, each once.");
    }

    @GetMapping("/internal/operators")
    Map<String, Object> list(HttpServletRequest request) {
        var page = Page.of(request);
        return page.answer(operators.after(page.after(), page.limit() + 1), Operator::name, OperatorsController::line);
    }

    /** {@code {"roles"}}: all of them. */
    @PatchMapping("/internal/operators/{name}")
    @Transactional
    Map<String, Object> change(@PathVariable String name, @RequestBody byte[] json, HttpServletRequest request) {
        var roles = roles(BodyFields.of(json, "roles"));
        var operator = operators.setRoles(name, roles);
        audit.record(Actor.of(request), "change-operator", NO_ACCOUNT, name, roles.toString());
        return line(operator);
    }

    /** Another secret, shown this once; the one before stops at once. */
    @PostMapping("/internal/operators/{name}/secret")
    @Transactional
    Map<String, Object> renew(
            @PathVariable String name,
            @RequestBody(required = false) byte @Nullable [] json,
            HttpServletRequest request) {
        if (json != null && !new String(json, StandardCharsets.UTF_8).isBlank()) {
            BodyFields.of(json);
        }
        var issued = operators.renew(name);
        audit.record(Actor.of(request), "renew-operator-secret", NO_ACCOUNT, name, "");
        return shown(issued);
    }

    @DeleteMapping("/internal/operators/{name}")
    @Transactional
    Map<String, Object> revoke(@PathVariable String name, HttpServletRequest request) {
        var operator = operators.revoke(name);
        audit.record(Actor.of(request), "revoke-operator", NO_ACCOUNT, name, "");
        return line(operator);
    }

    /** Who has the secret of that hash. */
    @GetMapping("/internal/operator-secrets/{hash}")
    Map<String, Object> withSecret(@PathVariable String hash) {
        if (!hash.matches(HASH_FORM)) {
            throw ApiError.notFound("There is no such secret.");
        }
        return line(operators.withSecret(hash).orElseThrow(() -> ApiError.notFound("There is no such secret.")));
    }

    private static Map<String, Object> shown(Issued issued) {
        var answer = line(issued.operator());
        answer.put("secret", issued.secret());
        return answer;
    }

    private static Map<String, Object> line(Operator operator) {
        var line = new LinkedHashMap<String, Object>();
        line.put("name", operator.name());
        line.put("roles", roles(operator));
        line.put("status", operator.revokedAt() == null ? "active" : "revoked");
        line.put("created_at", operator.createdAt());
        line.put("created_by", operator.createdBy());
        if (operator.revokedAt() != null) {
            line.put("revoked_at", operator.revokedAt());
        }
        return line;
    }

    static List<String> roles(Operator operator) {
        return operator.roles().stream().map(OperatorsController::written).toList();
    }

    private static String written(OperatorRole role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
