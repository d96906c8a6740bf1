package com.gogogoapi.account.provider;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.access.CheckedText;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Who is on his way to the provider and back: a row each, used up by whoever comes back, on whichever instance. */
@Repository
class ProviderAttempts {

    static final Duration VALID = Duration.ofMinutes(10);
    static final int MAX_OF_NETWORK = 100;

    private final JdbcClient jdbc;
    private final Clock clock;

    ProviderAttempts(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * What only this attempt's answer has.
     *
     * @param nonce that the provider's token names
     * @param verifier that shows the provider that it is asked by whom it answered (PKCE)
     */
    record Attempt(String nonce, String verifier) {}

    /** @throws ApiError 429 if too many are under way from there */
    void begin(String state, Attempt attempt, String network) {
        jdbc.sql("delete from provider_attempt where created_at < ?")
                .param(since())
                .update();
        var open = jdbc.sql("select count(*) from provider_attempt where network = ?")
                .param(network)
                .query(Integer.class)
                .single();
        if (open >= MAX_OF_NETWORK) {
            throw ApiError.rateLimited(
                    "At most " + MAX_OF_NETWORK + " must be on their way to sign in from one address within "
                            + VALID.toMinutes() + " minutes.",
                    VALID);
        }
        jdbc.sql(
                        "insert into provider_attempt (state_hash, nonce, verifier, network, created_at) values (?, ?, ?, ?, ?)")
                .params(
                        CheckedText.sha256(state),
                        attempt.nonce(),
                        attempt.verifier(),
                        network,
                        Timestamp.from(clock.instant()))
                .update();
    }

    /** Empty for one that never began, is over or came back before. */
    Optional<Attempt> end(String state) {
        return jdbc.sql(
                        "delete from provider_attempt where state_hash = ? and created_at >= ? returning nonce, verifier")
                .params(CheckedText.sha256(state), since())
                .query((row, number) -> new Attempt(row.getString(1), row.getString(2)))
                .optional();
    }

    private Timestamp since() {
        return Timestamp.from(clock.instant().minus(VALID));
    }
}
