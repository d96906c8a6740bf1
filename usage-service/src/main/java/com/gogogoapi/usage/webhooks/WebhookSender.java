package com.gogogoapi.usage.webhooks;

import com.gogogoapi.usage.webhooks.Deliveries.Due;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.util.Timeout;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** Sends a webhook, signed as Standard Webhooks says. Follows no redirects and reads no more of an answer than its status. */
@Component
@EnableConfigurationProperties(WebhookProperties.class)
class WebhookSender {

    private static final String ID_PREFIX = "msg_";

    /** What there is of an answer before its status is known, at most: lines of so many characters. */
    private static final int MAX_LINE_CHARS = 8_192;

    private static final int MAX_HEADERS = 100;
    private static final int MAX_CONNECTIONS = 128;

    private final ScheduledExecutorService deadlines = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("webhook-deadlines").daemon().factory());
    private final CloseableHttpClient client;
    private final Duration deadline;
    private final Clock clock;

    WebhookSender(WebhookProperties properties, Clock clock) {
        var timeout = Timeout.ofMilliseconds(properties.timeout().toMillis());
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnTotal(MAX_CONNECTIONS)
                .setMaxConnPerRoute(MAX_CONNECTIONS)
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(Http1Config.custom()
                                .setMaxLineLength(MAX_LINE_CHARS)
                                .setMaxHeaderCount(MAX_HEADERS)
                                .build())
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(timeout)
                        .setSocketTimeout(timeout)
                        .build());
        if (!properties.allowPrivate()) {
            connections.setDnsResolver(new PublicAddresses());
        }
        this.client = HttpClients.custom()
                .setConnectionManager(connections.build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(timeout)
                        .setConnectionRequestTimeout(timeout)
                        .build())
                // Each is connected anew, and so looked at anew.
                .setConnectionReuseStrategy((request, answer, context) -> false)
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableContentCompression()
                .build();
        this.deadline = properties.timeout().multipliedBy(2);
        this.clock = clock;
    }

    /**
     * @return the status of the answer
     * @throws IOException if there was none
     */
    int send(Due due) throws IOException {
        var id = ID_PREFIX + due.alertId().toString().replace("-", "");
        var now = clock.instant();
        var timestamp = now.getEpochSecond();
        var address = URI.create(due.endpoint().url());
        var request = new HttpPost(address);
        request.setHeader("webhook-id", id);
        request.setHeader("webhook-timestamp", Long.toString(timestamp));
        request.setHeader("webhook-signature", signatures(due, id, now));
        request.setHeader("User-Agent", "gogogoapi-webhooks");
        request.setEntity(new StringEntity(due.payload(), ContentType.APPLICATION_JSON));
        var cut = new AtomicBoolean();
        var end = deadlines.schedule(
                () -> {
                    cut.set(true);
                    request.cancel();
                },
                deadline.toMillis(),
                TimeUnit.MILLISECONDS);
        // To close an answer reads no more of it, however long it goes on.
        try (var answer = client.executeOpen(HttpHost.create(address), request, null)) {
            return answer.getCode();
        } catch (IOException e) {
            // One that comes byte by byte is never silent for long.
            throw cut.get() ? new IOException("it did not answer within " + deadline.toSeconds() + " s", e) : e;
        } finally {
            end.cancel(false);
        }
    }

    /** One by each secret that counts, a space between them. */
    private static String signatures(Due due, String id, Instant at) {
        return due.endpoint().secretsAt(at).stream()
                .map(secret -> signature(secret, due, id, at))
                .collect(Collectors.joining(" "));
    }

    private static String signature(String secret, Due due, String id, Instant at) {
        try {
            return new Webhook(secret).sign(id, at.getEpochSecond(), due.payload());
        } catch (WebhookSigningException e) {
            throw new IllegalStateException("A secret of ours must be one to sign with.", e);
        }
    }

    @PreDestroy
    void close() throws IOException {
        deadlines.shutdownNow();
        client.close();
    }
}
