package com.gogogoapi.acceptance;

import com.gogogoapi.contracts.access.ApiKeyPublished;
import com.gogogoapi.contracts.access.ApiKeyText;
import com.gogogoapi.contracts.access.KeyPolicy;
import com.gogogoapi.contracts.access.KeyPurpose;
import com.gogogoapi.contracts.access.KeyStatus;
import com.gogogoapi.contracts.access.MemberRole;
import com.gogogoapi.contracts.budget.Budget;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import com.gogogoapi.contracts.messaging.EventMetadata;
import com.gogogoapi.contracts.wire.BrokerUser;
import com.gogogoapi.contracts.wire.EventRecords;
import com.gogogoapi.contracts.wire.Topics;
import com.gogogoapi.embedded.Infrastructure;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** What the account-service publishes of a key, published in its place. */
final class PublishedKey {

    private PublishedKey() {}

    /** Publishes a key that was issued, with budgets. @param member whose key it is; null where it is the account's */
    static void publish(String key, String keyId, AccountId account, @Nullable UUID member, List<Budget> budgets)
            throws Exception {
        var now = Instant.now();
        var event = new ApiKeyPublished(
                ApiKeyText.hash(key),
                // As the account-service counts: the microsecond, which is later than the one it was issued in.
                ChronoUnit.MICROS.between(Instant.EPOCH, now) + 1,
                keyId,
                keyId,
                account,
                "limited",
                KeyPurpose.INFERENCE,
                KeyStatus.ACTIVE,
                new KeyPolicy(List.of(), List.of(), budgets, List.of(), List.of(), List.of()),
                now,
                member,
                null,
                member == null ? null : MemberRole.ADMIN);
        try (var producer = new KafkaProducer<>(
                Infrastructure.shared().kafka(BrokerUser.ACCOUNT_SERVICE).clientSettings(),
                new StringSerializer(),
                new ByteArraySerializer())) {
            var metadata = EventMetadata.of(TimeOrderedIds.next(), "/account-service", now);
            producer.send(EventRecords.record(Topics.API_KEYS, null, event.keyHash(), event, metadata))
                    .get();
        }
    }
}
