package com.gogogoapi.usage.webhooks;

import com.gogogoapi.chassis.bodies.BodyFields;
import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.usage.alerts.AlertKind;
import com.gogogoapi.usage.webhooks.PublicAddresses.NotPublicException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Reads what an account says of an endpoint. */
@Component
class EndpointFields {

    private static final Logger log = LoggerFactory.getLogger(EndpointFields.class);
    private static final int MAX_URL_CHARS = 2_000;
    private static final int MAX_EVENT_CHARS = 40;

    private final boolean allowPrivate;

    EndpointFields(WebhookProperties properties) {
        this.allowPrivate = properties.allowPrivate();
    }

    /** @throws ApiError 400 for one that would never be called */
    String url(BodyFields body) {
        var url = parsed(body.text("url", MAX_URL_CHARS));
        if (url == null
                || url.getHost() == null
                || url.getUserInfo() != null
                || url.getFragment() != null
                || !isScheme(url.getScheme())) {
            throw ApiError.invalidRequest(
                    "url",
                    "url must be an address that begins with https://" + (allowPrivate ? " or http://" : "")
                            + ", without a login or a fragment.");
        }
        requirePublic(url.getHost());
        return url.toString();
    }

    private static @Nullable URI parsed(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private boolean isScheme(String scheme) {
        return "https".equalsIgnoreCase(scheme) || allowPrivate && "http".equalsIgnoreCase(scheme);
    }

    /** It is looked at again whenever it is connected to; here, so that it is said at once. */
    private void requirePublic(String host) {
        if (allowPrivate) {
            return;
        }
        try {
            new PublicAddresses().resolve(host);
        } catch (NotPublicException e) {
            throw ApiError.invalidRequest("url", "url must lead to a public address.");
        } catch (UnknownHostException e) {
            log.debug("{} is not known yet", host);
        }
    }

    /** Empty for all. */
    static List<String> events(BodyFields body) {
        var names = body.texts("events", AlertKind.values().length, MAX_EVENT_CHARS);
        var isListOfNone = body.says("events") && names.isEmpty();
        if (isListOfNone
                || new HashSet<>(names).size() < names.size()
                || names.stream().anyMatch(name -> AlertKind.named(name).isEmpty())) {
            throw ApiError.invalidRequest(
                    "events", "events must be a list of names of alerts, each once, or left out for all.");
        }
        return names;
    }
}
