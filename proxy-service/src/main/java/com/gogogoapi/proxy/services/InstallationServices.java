package com.gogogoapi.proxy.services;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.identity.ServiceTokens;
import com.gogogoapi.proxy.ProxyProperties;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Calls the installation's other services, each with a token that opens it alone. */
@Component
public class InstallationServices {

    private static final Logger log = LoggerFactory.getLogger(InstallationServices.class);
    private static final String CALLER = "proxy-service";
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final int COPIED_BYTES = 64 * 1024;
    private static final Duration ANSWER = Duration.ofSeconds(45);
    private static final int FOUND = 200;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
    private final ServiceTokens tokens;
    private final ProxyProperties properties;

    InstallationServices(ServiceTokens tokens, ProxyProperties properties) {
        this.tokens = tokens;
        this.properties = properties;
    }

    /** A service, by the name that its tokens are made for. */
    public enum Service {
        PRICING("pricing-service"),
        ACCOUNT("account-service"),
        QUOTE("quote-service"),
        LEDGER("ledger-service"),
        USAGE("usage-service"),
        FUNDING("funding-service");

        private final String audience;

        Service(String audience) {
            this.audience = audience;
        }
    }

    /** An answer of status 2xx or 304. */
    @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
    public record ServiceResponse(int status, byte[] body, Map<String, String> headers) {

        public Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name));
        }
    }

    /**
     * @param path with query, beginning with {@code /internal/}
     * @throws ServiceRefusal if the service answers 4xx, or says in our own form that it cannot serve this now
     * @throws ApiError 503 if it does not answer, or is itself in trouble
     */
    public ServiceResponse get(Service service, String path, Map<String, String> headers) {
        return call(service, path, headers, HttpRequest.newBuilder().GET());
    }

    /** The same from a service that is worth waiting for only so long. */
    public ServiceResponse get(Service service, String path, Map<String, String> headers, Duration within) {
        return call(service, path, headers, HttpRequest.newBuilder().GET(), within);
    }

    /**
     * The same by any method.
     *
     * @param json the body; empty for none
     */
    public ServiceResponse send(Service service, String method, String path, Map<String, String> headers, byte[] json) {
        var request = HttpRequest.newBuilder();
        if (json.length > 0) {
            request.header("Content-Type", "application/json");
        }
        return call(
                service,
                path,
                headers,
                request.method(
                        method,
                        json.length > 0
                                ? HttpRequest.BodyPublishers.ofByteArray(json)
                                : HttpRequest.BodyPublishers.noBody()));
    }

    /** The same with a body of JSON. */
    public ServiceResponse post(Service service, String path, Map<String, String> headers, byte[] json) {
        return post(service, path, headers, json, ANSWER);
    }

    /** The same to a service that is worth waiting for only so long. */
    public ServiceResponse post(
            Service service, String path, Map<String, String> headers, byte[] json, Duration within) {
        return call(
                service,
                path,
                headers,
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/json")
                        .POST(publisher(json)),
                within);
    }

    /** Of a large body no second copy is made. */
    private static HttpRequest.BodyPublisher publisher(byte[] json) {
        return json.length <= COPIED_BYTES
                ? HttpRequest.BodyPublishers.ofByteArray(json)
                : HttpRequest.BodyPublishers.fromPublisher(
                        HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(json)), json.length);
    }

    /** The same to put something in its place. */
    public ServiceResponse put(Service service, String path, Map<String, String> headers, byte[] json) {
        return call(
                service,
                path,
                headers,
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofByteArray(json)));
    }

    private ServiceResponse call(
            Service service, String path, Map<String, String> headers, HttpRequest.Builder request) {
        return call(service, path, headers, request, ANSWER);
    }

    private ServiceResponse call(
            Service service, String path, Map<String, String> headers, HttpRequest.Builder request, Duration within) {
        var answer = exchange(service, path, headers, request, within);
        requireGood(service, answer, answer.body());
        return new ServiceResponse(answer.statusCode(), answer.body(), headersOf(answer));
    }

    /**
     * An answer that goes on, to be closed in any case.
     *
     * @throws ServiceRefusal as above
     * @throws ApiError as above
     */
    public InputStream follow(Service service, String path, Map<String, String> headers) {
        return follow(service, path, headers, ANSWER);
    }

    /** @param within how long it may take until the answer begins */
    InputStream follow(Service service, String path, Map<String, String> headers, Duration within) {
        var answer = begun(service, requestTo(service, path, headers, HttpRequest.newBuilder()), within);
        if (answer.statusCode() == FOUND) {
            return answer.body();
        }
        try (var body = answer.body()) {
            requireGood(service, answer, body.readAllBytes());
            throw new IOException("it answered " + answer.statusCode());
        } catch (IOException e) {
            throw away(service, e);
        }
    }

    /** A request's own timeout would bound the whole answer: from JDK 26 on its body too. */
    private HttpResponse<InputStream> begun(Service service, HttpRequest request, Duration within) {
        var answering = client.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream());
        try {
            return answering.get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw away(service, e);
        } catch (TimeoutException e) {
            cancel(answering);
            throw away(service, e);
        } catch (InterruptedException e) {
            cancel(answering);
            Thread.currentThread().interrupt();
            throw away(service, e);
        }
    }

    /** One that was faster than this is closed. */
    private static void cancel(CompletableFuture<HttpResponse<InputStream>> answering) {
        if (!answering.cancel(true) && answering.state() == Future.State.SUCCESS) {
            try {
                answering.resultNow().body().close();
            } catch (IOException e) {
                log.debug("what came too late cannot be closed", e);
            }
        }
    }

    private HttpResponse<byte[]> exchange(
            Service service, String path, Map<String, String> headers, HttpRequest.Builder request, Duration within) {
        try {
            return client.send(
                    requestTo(service, path, headers, request.timeout(within)),
                    HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw away(service, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw away(service, e);
        }
    }

    private HttpRequest requestTo(
            Service service, String path, Map<String, String> headers, HttpRequest.Builder request) {
        headers.forEach(request::header);
        return request.uri(urlOf(service).resolve(path))
                .header("Authorization", "Bearer " + tokens.issue(CALLER, service.audience))
                .build();
    }

    private static void requireGood(Service service, HttpResponse<?> answer, byte[] body) {
        var status = answer.statusCode();
        if (status == 401) {
            throw away(service, new IOException("it does not accept our token"));
        }
        var answered = headersOf(answer);
        var saidSo = status == 503 && answered.getOrDefault("content-type", "").startsWith("application/json");
        if ((status >= 400 && status < 500) || saidSo) {
            throw new ServiceRefusal(status, body, retryAdvice(answered));
        }
        if (status >= 500) {
            throw away(service, new IOException("it answered " + status));
        }
    }

    private static Map<String, String> headersOf(HttpResponse<?> answer) {
        var headers = new HashMap<String, String>();
        answer.headers().map().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        return headers;
    }

    private static Map<String, String> retryAdvice(Map<String, String> headers) {
        var advice = new HashMap<>(headers);
        advice.keySet().retainAll(Set.of("retry-after", "x-should-retry"));
        return advice;
    }

    private static ApiError away(Service service, Exception cause) {
        return ApiError.unavailable(
                        service.name().toLowerCase(Locale.ROOT) + "_unavailable",
                        "A part of this service does not answer; nothing was charged. Try again.")
                .withShouldRetry(true)
                .becauseOf(cause);
    }

    private URI urlOf(Service service) {
        return switch (service) {
            case PRICING -> properties.pricingUrl();
            case ACCOUNT -> properties.accountUrl();
            case QUOTE -> properties.quoteUrl();
            case LEDGER -> properties.ledgerUrl();
            case USAGE -> properties.usageUrl();
            case FUNDING -> properties.fundingUrl();
        };
    }
}
