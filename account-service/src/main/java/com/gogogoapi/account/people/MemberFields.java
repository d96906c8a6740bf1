package com.gogogoapi.account.people;

import com.gogogoapi.account.people.People.Member;
import com.gogogoapi.chassis.bodies.BodyFields;
import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.access.MemberRole;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Members in bodies and answers. */
public final class MemberFields {

    public static final String ROLE = "role";

    private static final int MAX_ROLE_CHARS = 20;

    private MemberFields() {}

    /** @throws ApiError 400 if there is no such role */
    public static MemberRole role(BodyFields body) {
        var name = body.text(ROLE, MAX_ROLE_CHARS);
        return Arrays.stream(MemberRole.values())
                .filter(role -> role.written().equals(name))
                .findFirst()
                .orElseThrow(() -> ApiError.invalidRequest(
                        ROLE, "role must be one of owner, admin, billing, developer and viewer."));
    }

    public static Map<String, Object> written(Member member) {
        var person = member.person();
        var line = new LinkedHashMap<String, Object>();
        line.put("member_id", member.id());
        line.put("email", person.email());
        line.put("email_verified", person.emailVerifiedAt() != null);
        if (person.name() != null) {
            line.put("name", person.name());
        }
        line.put(ROLE, member.role().written());
        line.put("joined_at", member.joinedAt());
        return line;
    }
}
