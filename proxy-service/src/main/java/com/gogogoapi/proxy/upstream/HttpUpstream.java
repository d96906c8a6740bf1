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
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * The upstream over the JDK's HTTP client. A request first needs a place in its model's bulkhead and a closed circuit
 * breaker; then its head must come in time; then a watch ends a body that stalls.
 */
@Component
class HttpUpstream implements Upstream, DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(HttpUpstream.class);

    private static final Duration CONNECT = Duration.ofSeconds(10);

    private static final StreamWatch.Limits ERROR_BODY =
            new StreamWatch.Limits(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5));

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
    private final ScheduledExecutorService clockwork = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("upstream-watch").daemon().factory());
    private final OpenRequests open = new OpenRequests();
    private final UpstreamProperties properties;
    private final UpstreamGuards guards;
    private final String base;

    HttpUpstream(ProxyProperties properties, UpstreamGuards guards) {
        this.properties = properties.upstream();
        this.guards = guards;
        var base = this.properties.baseUrl().toString();
        this.base = base.endsWith("/") ? base : base + "/";
    }

    @Override
    public UpstreamAnswer send(UpstreamRequest request) throws UpstreamFailure {
        var until = System.nanoTime()
                + min(properties.totalTimeout(), request.atMost()).toNanos();
        var guard = guards.enter(request.model(), request.account());
        var cancellation = request.cancellation();
        Consumer<Boolean> ended = well -> {
            open.remove(cancellation);
            guard.leave(well);
        };
        open.add(cancellation);
        var left = false;
        try {
            var response = head(request, until);
            var status = response.statusCode();
            if (status != 200) {
                ended.accept(status < 500);
                left = true;
                throw UpstreamErrors.of(status, response.headers(), excerpt(response.body()));
            }
            requireReadable(request, response);
            var body = response.body();
            var answer = new UpstreamAnswer(body, StreamWatch.over(body, limits(request, until), clockwork), ended);
            left = true;
            cancellation.by(answer::cutOff);
            return answer;
        } finally {
            if (!left) {
                // What was cancelled is not the upstream's fault.
                ended.accept(cancellation.ending().isPresent());
            }
        }
    }

    private StreamWatch.Limits limits(UpstreamRequest request, long untilNanos) {
        var total = Duration.ofNanos(untilNanos - System.nanoTime());
        return request.streamed()
                ? new StreamWatch.Limits(properties.noProgressTimeout(), properties.queueTimeout(), total)
                : new StreamWatch.Limits(total, total, total);
    }

    /** An answer that nobody here could read is no answer, and is refused while nothing of it has been passed on. */
    private static void requireReadable(UpstreamRequest request, HttpResponse<InputStream> response)
            throws UpstreamFailure {
        var type = response.headers().firstValue("Content-Type").orElse("");
        var isCompressed = response.headers()
                .firstValue("Content-Encoding")
                .filter(encoding -> !encoding.equalsIgnoreCase("identity"))
                .isPresent();
        var isStream = type.isEmpty() || type.toLowerCase(Locale.ROOT).startsWith("text/event-stream");
        if (isCompressed || (request.streamed() && !isStream)) {
            closeQuietly(response.body());
            throw UpstreamErrors.notAnAnswer(
                    isCompressed
                            ? "The upstream's answer is compressed, which it was not asked for; nothing was charged."
                            : "The upstream's answer is no event stream; nothing was charged.");
        }
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private HttpResponse<InputStream> head(UpstreamRequest request, long untilNanos) throws UpstreamFailure {
        var endpoint = request.endpoint();
        var asked = HttpRequest.newBuilder(URI.create(base + endpoint.path()))
                .header("Content-Type", "application/json")
                .header(endpoint.key().headerName(), endpoint.key().value(properties.apiKey()));
        endpoint.headers().forEach(asked::header);
        var sent = asked.POST(HttpRequest.BodyPublishers.fromPublisher(
                        HttpRequest.BodyPublishers.ofInputStream(request.body()::stream),
                        request.body().size()))
                .build();
        requireNotCancelled(request);
        var head = client.sendAsync(sent, HttpResponse.BodyHandlers.ofInputStream());
        request.cancellation().by(why -> head.cancel(true));
        try {
            return firstByte(Duration.ofNanos(untilNanos - System.nanoTime())).executeFutureSupplier(() -> head);
        } catch (TimeoutException e) {
            throw new UpstreamFailure(
                    Ending.TIMED_OUT,
                    ApiError.upstreamTimeout("The upstream gave no answer in time; nothing was charged.")
                            .withShouldRetry(false));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(e);
        } catch (Exception e) {
            requireNotCancelled(request);
            // The library's signature says Exception; what comes is what sending can fail with.
            var cause = e instanceof ExecutionException || e instanceof CompletionException ? e.getCause() : e;
            throw unreachable(cause == null ? e : cause);
        }
    }

    private static void requireNotCancelled(UpstreamRequest request) throws UpstreamFailure {
        var cancelled = request.cancellation().ending();
        if (cancelled.isPresent()) {
            throw new UpstreamFailure(
                    cancelled.get(),
                    cancelled.get() == Ending.INTERRUPTED
                            ? ApiError.unavailable(
                                    "service_stopping",
                                    "This service was stopped before the answer; nothing was charged.")
                            : ApiError.unavailable("client_left", "The client must stay until it is answered."));
        }
    }

    private TimeLimiter firstByte(Duration left) {
        return TimeLimiter.of(
                "upstream-first-byte",
                TimeLimiterConfig.custom()
                        .timeoutDuration(min(properties.firstByteTimeout(), left))
                        .cancelRunningFuture(true)
                        .build());
    }

    private static UpstreamFailure unreachable(Throwable cause) {
        return new UpstreamFailure(
                Ending.UPSTREAM_FAILED,
                ApiError.upstreamError("The upstream could not be reached; nothing was charged.")
                        .becauseOf(cause));
    }

    /** What an error answer says, as far as it comes in time: its status is known, and somebody waits. */
    private String excerpt(InputStream body) {
        try (body;
                var watch = StreamWatch.over(body, ERROR_BODY, clockwork)) {
            var read = new String(body.readNBytes(UpstreamErrors.MAX_ERROR_BYTES), StandardCharsets.UTF_8);
            return watch.expired() ? "" : read;
        } catch (IOException e) {
            log.debug("an upstream's error answer broke off", e);
            return "";
        }
    }

    private static void closeQuietly(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            log.debug("closing an answer that is none", e);
        }
    }

    @Override
    public void cutOff() {
        open.cutOff();
    }

    @Override
    public void destroy() {
        clockwork.shutdownNow();
        client.shutdownNow();
    }
}
