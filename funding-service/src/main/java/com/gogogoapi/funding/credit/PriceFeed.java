package com.gogogoapi.funding.credit;

import com.gogogoapi.funding.chains.Token.Price;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What tokens are worth, as somebody says who is asked at most so often. */
@Component
class PriceFeed {

    private static final Logger log = LoggerFactory.getLogger(PriceFeed.class);
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_ANSWER_BYTES = 1 << 20;
    private static final int OK = 200;

    private record Known(BigDecimal usd, Instant at) {}

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private final Clock clock;
    private final Map<Price, Known> known = new ConcurrentHashMap<>();
    private final Map<Price, Instant> askedAt = new ConcurrentHashMap<>();

    PriceFeed(Clock clock) {
        this.clock = clock;
    }

    /** In USD; empty where there is none that counts. */
    Optional<BigDecimal> of(Price price) {
        var now = clock.instant();
        var asked = askedAt.get(price);
        if (asked == null || !asked.plus(price.every()).isAfter(now)) {
            askedAt.put(price, now);
            try {
                known.put(price, new Known(ask(price), now));
            } catch (IOException e) {
                log.warn("the price at {} is not known: {}", price.url().getHost(), e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return Optional.ofNullable(known.get(price))
                .filter(last -> last.at().plus(price.validFor()).isAfter(now))
                .map(Known::usd);
    }

    private BigDecimal ask(Price price) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(price.url()).timeout(TIMEOUT).build();
        var answer = client.send(
                request, HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES));
        if (answer.statusCode() != OK) {
            throw new IOException("it answers " + answer.statusCode());
        }
        try {
            var value = JSON.readTree(answer.body()).at(price.pointer());
            var usd = new BigDecimal(value.isString() ? value.asString() : value.toString());
            if (usd.signum() > 0) {
                return usd;
            }
        } catch (JacksonException | NumberFormatException e) {
            throw new IOException("its answer has no price at " + price.pointer(), e);
        }
        throw new IOException("its price must be above zero");
    }
}
