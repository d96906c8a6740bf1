package com.gogogoapi.proxy.upstream;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.proxy.ProxyProperties;
import com.gogogoapi.proxy.ProxyProperties.UpstreamProperties;
import com.gogogoapi.proxy.outcome.Ending;
import io.github.resilience4j.timelimiter.TimeLimiter;
import io.github.resilience4j.timelimiter.TimeLimiterConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeoutException;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * The upstream over the JDK's HTTP client. A request first needs a place in its model's bulkhead and a closed circuit
 * breaker; then its head must come in time; then a watch ends a body that stalls.
 */
@Component
class HttpUpstream implements Upstream, DisposableBean {

    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
    private final ScheduledExecutorService clockwork = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("upstream-watch").daemon().factory());
    private final UpstreamProperties properties;
    private final UpstreamGuards guards;
    private final TimeLimiter firstByte;
    private final String base;

    HttpUpstream(ProxyProperties properties, UpstreamGuards guards) {
        this.properties = properties.upstream();
        this.guards = guards;
        this.firstByte = TimeLimiter.of(
                "upstream-first-byte",
                TimeLimiterConfig.custom()
                        .timeoutDuration(this.properties.firstByteTimeout())
                        .cancelRunningFuture(true)
                        .build());
        var base = this.properties.baseUrl().toString();
        this.base = base.endsWith("/") ? base : base + "/";
    }

    @Override
    public UpstreamAnswer send(UpstreamRequest request) throws UpstreamFailure {
        var guard = guards.enter(request.model());
        var left = false;
        try {
            var response = head(request);
            var status = response.statusCode();
            if (status != 200) {
                guard.leave(status < 500);
                left = true;
                throw UpstreamErrors.of(status, response.headers(), excerpt(response.body()));
            }
            var stream = response.body();
            var noProgress = request.streamed() ? properties.noProgressTimeout() : properties.totalTimeout();
            var answer = new UpstreamAnswer(
                    stream, StreamWatch.over(stream, noProgress, properties.totalTimeout(), clockwork), guard::leave);
            left = true;
            return answer;
        } finally {
            if (!left) {
                guard.leave(false);
            }
        }
    }

    private HttpResponse<InputStream> head(UpstreamRequest request) throws UpstreamFailure {
        var sent = HttpRequest.newBuilder(URI.create(base + request.path()))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + properties.apiKey())
                .POST(HttpRequest.BodyPublishers.ofByteArray(request.body()))
                .build();
        try {
            return firstByte.executeFutureSupplier(
                    () -> client.sendAsync(sent, HttpResponse.BodyHandlers.ofInputStream()));
        } catch (TimeoutException e) {
            throw new UpstreamFailure(
                    Ending.TIMED_OUT,
                    ApiError.upstreamTimeout("The upstream gave no answer in time; nothing was charged.")
                            .withShouldRetry(false));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(e);
        } catch (Exception e) {
            // The library's signature says Exception; what comes is what sending can fail with.
            var cause = e instanceof ExecutionException || e instanceof CompletionException ? e.getCause() : e;
            throw unreachable(cause == null ? e : cause);
        }
    }

    private static UpstreamFailure unreachable(Throwable cause) {
        return new UpstreamFailure(
                Ending.UPSTREAM_FAILED,
                ApiError.upstreamError("The upstream could not be reached; nothing was charged.")
                        .becauseOf(cause));
    }

    private static String excerpt(InputStream body) {
        try (body) {
            return new String(body.readNBytes(UpstreamErrors.MAX_ERROR_BYTES), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public void destroy() {
        clockwork.shutdownNow();
        client.shutdownNow();
    }
}
