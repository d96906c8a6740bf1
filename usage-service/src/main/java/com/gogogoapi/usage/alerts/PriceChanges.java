package com.gogogoapi.usage.alerts;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.pricing.RoutePricePublished;
import com.gogogoapi.contracts.wire.EventRecords;
import com.gogogoapi.contracts.wire.EventRecords.Decoded;
import com.gogogoapi.usage.api.Readings;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tells the accounts that used a route in the last 30 days when a price of it is announced: once for each version, whichever
 * instance hears of it first, and only before it applies. Read from the beginning at every start, since the topic is compacted.
 */
@Component
class PriceChanges implements MessageListener<String, byte[]> {

    static final String NAME = "price-changes";

    private static final Logger log = LoggerFactory.getLogger(PriceChanges.class);
    private static final Duration USED_WITHIN = Duration.ofDays(30);

    private final JdbcClient jdbc;
    private final Alerts alerts;
    private final Readings readings;
    private final TransactionTemplate transactions;
    private final Clock clock;

    PriceChanges(JdbcClient jdbc, Alerts alerts, Readings readings, TransactionTemplate transactions, Clock clock) {
        this.jdbc = jdbc;
        this.alerts = alerts;
        this.readings = readings;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public void onMessage(ConsumerRecord<String, byte[]> record) {
        switch (EventRecords.decode(record.headers(), record.value())) {
            case Decoded.Known(RoutePricePublished price, var metadata) ->
                transactions.executeWithoutResult(status -> tell(price));
            case Decoded.Known other -> log.trace("no price: {}", record.key());
            case Decoded.UnknownType unknown -> log.debug("nothing to tell of {}", unknown.wireName());
            // The price book is others' to check: they set it aside.
            case Decoded.Malformed malformed ->
                log.warn("price {} cannot be read: {}", record.key(), malformed.reason());
        }
    }

    private void tell(RoutePricePublished price) {
        var isNew = jdbc.sql("insert into known_price values (?) on conflict do nothing")
                        .param(price.priceVersion())
                        .update()
                == 1;
        var now = clock.instant();
        if (!isNew || !price.validFrom().isAfter(now)) {
            return;
        }
        var accounts = jdbc.sql("""
            select distinct account_id from rollup
             where not tagged and grain = 1440 and bucket >= ? and model = ?\
            """)
                .params(now.minus(USED_WITHIN).getEpochSecond(), price.model())
                .query(String.class)
                .list();
        for (var name : accounts) {
            var account = new AccountId(name);
            var asOf = readings.of(account, read -> read);
            alerts.raise(
                    account,
                    AlertKind.PRICE_CHANGED,
                    price.priceVersion(),
                    asOf.shard(),
                    asOf.sequence(),
                    price.publishedAt(),
                    Map.of(
                            "model", price.model(),
                            "price_version", price.priceVersion(),
                            "valid_from", price.validFrom(),
                            "input_usd_per_million", price.prices().input(),
                            "cached_input_usd_per_million", price.prices().cachedInput(),
                            "output_usd_per_million", price.prices().output()));
        }
    }
}
