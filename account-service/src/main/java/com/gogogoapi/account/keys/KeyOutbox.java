package com.gogogoapi.account.keys;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** What is yet to be published: every key whose last change Kafka does not surely have. */
@Repository
public class KeyOutbox {

    /** The lock of whoever publishes, among the advisory locks of this database. */
    private static final long PUBLISHER = 0x6b65797307L;

    private final JdbcClient jdbc;
    private final KeyRows rows;

    KeyOutbox(JdbcClient jdbc, KeyRows rows) {
        this.jdbc = jdbc;
        this.rows = rows;
    }

    /** Sends keys, and returns once Kafka has all of them. */
    @FunctionalInterface
    public interface Sending {
        void send(List<ApiKey> keys);
    }

    /**
     * Sends the next ones, in the order of their changes, unless another instance is at it.
     *
     * @return how many there were
     */
    @Transactional
    public int publishNext(int limit, Sending sending) {
        var isMine = jdbc.sql("select pg_try_advisory_xact_lock(?)")
                .param(PUBLISHER)
                .query(Boolean.class)
                .single();
        if (!isMine) {
            return 0;
        }
        var keys = rows.unpublished(limit);
        if (!keys.isEmpty()) {
            sending.send(keys);
            rows.markPublished(keys);
        }
        return keys.size();
    }

    /** To be sent again as they are then: what was sent of them may have arrived after something newer. */
    public void again(List<String> keyIds) {
        keyIds.forEach(rows::markUnpublished);
    }

    /** Everything is to be sent, where the topic was made anew since. */
    @Transactional
    public void publishInto(String topicId) {
        rows.markUnpublishedUnlessIn(topicId);
    }
}
