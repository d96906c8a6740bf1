package com.gogogoapi.usage.alerts;

import com.gogogoapi.contracts.pricing.RoutePricePublished;
import com.gogogoapi.contracts.wire.EventRecords;
import com.gogogoapi.contracts.wire.EventRecords.Decoded;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
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
 * instance hears of it first, and no more when it has applied for a week: so an installation that only gets alerts tells nobody
 * its history, and one that was away tells what it missed. Read from the beginning at every start, since the topic is compacted.
 */
@Component
class PriceChanges implements MessageListener<String, byte[]> {

    static final String NAME = "price-changes";

    private static final Logger log = LoggerFactory.getLogger(PriceChanges.class);
    private static final Duration USED_WITHIN = Duration.ofDays(30);
    private static final Duration NEWS_FOR = Duration.ofDays(7);

    private final JdbcClient jdbc;
    private final Alerts alerts;
    private final UsedRoutes routes;
    private final TransactionTemplate transactions;
    private final Clock clock;

    PriceChanges(JdbcClient jdbc, Alerts alerts, UsedRoutes routes, TransactionTemplate transactions, Clock clock) {
        this.jdbc = jdbc;
        this.alerts = alerts;
        this.routes = routes;
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
        if (!isNew || price.validFrom().isBefore(clock.instant().minus(NEWS_FOR))) {
            return;
        }
        for (var account : routes.accounts(price.model(), clock.instant().minus(USED_WITHIN))) {
            alerts.raise(account, AlertKind.PRICE_CHANGED, price.priceVersion(), price.publishedAt(), details(price));
        }
    }

    private static Map<String, Object> details(RoutePricePublished price) {
        var details = new LinkedHashMap<String, Object>();
        details.put("model", price.model());
        details.put("price_version", price.priceVersion());
        details.put("valid_from", price.validFrom());
        details.put("input_usd_per_million", price.prices().input());
        details.put("cached_input_usd_per_million", price.prices().cachedInput());
        details.put("output_usd_per_million", price.prices().output());
        // What they are is longer than a message: the price page has it.
        details.put("other_prices_at_times", price.schedule() != null);
        if (price.reason() != null) {
            details.put("reason", price.reason());
        }
        return details;
    }
}
