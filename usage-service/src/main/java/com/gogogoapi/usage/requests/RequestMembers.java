package com.gogogoapi.usage.requests;

import com.gogogoapi.contracts.identity.AccountId;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Whose a request is. */
@Repository
public class RequestMembers {

    private final JdbcClient jdbc;

    RequestMembers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The member's id, empty text for one that is no member's; nothing for a request that was not read yet. */
    public Optional<String> of(AccountId account, UUID requestId) {
        return jdbc.sql("""
                select coalesce(cast(member_id as text), '') from request
                 where account_id = ? and request_id = ?\
                """)
                .param(account.value())
                .param(requestId)
                .query(String.class)
                .optional();
    }
}
