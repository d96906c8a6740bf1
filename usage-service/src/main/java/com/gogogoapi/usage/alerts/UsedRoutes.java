package com.gogogoapi.usage.alerts;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.usage.following.Followed;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** On which day an account last used a route. Kept beside the sums, which are gone while they are made anew. */
@Component
class UsedRoutes implements EventWatch {

    private final JdbcTemplate jdbc;

    UsedRoutes(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    private record Used(AccountId account, String model) {}

    @Override
    public void look(List<Followed> events) {
        var used = new LinkedHashMap<Used, Instant>();
        for (var followed : events) {
            if (followed.event() instanceof CreditReserved reserved) {
                used.put(
                        new Used(reserved.accountId(), reserved.model()),
                        reserved.decidedAt().truncatedTo(ChronoUnit.DAYS));
            }
        }
        jdbc.batchUpdate(
                """
                insert into used_route values (?, ?, ?)
                on conflict (account_id, model) do update set day = excluded.day where used_route.day < excluded.day\
                """,
                used.entrySet().stream()
                        .map(one -> new Object[] {
                            one.getKey().account().value(), one.getKey().model(), Timestamp.from(one.getValue())
                        })
                        .toList());
    }

    List<AccountId> accounts(String model, Instant since) {
        return jdbc.query(
                "select account_id from used_route where model = ? and day >= ? order by account_id",
                (row, number) -> new AccountId(row.getString(1)),
                model,
                Timestamp.from(since.truncatedTo(ChronoUnit.DAYS)));
    }
}
