package com.gogogoapi.proxy.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.web.util.UriUtils;

/**
 * Where a client's base URL and path lead. People set base URLs with the version or without it, and with a slash at the end or
 * not; clients add to them what they add: so one route has many addresses, of which the one that is documented is meant. Only
 * what cannot mean anything else is put right, and written as it came; of operators' routes nothing is.
 */
final class ClientAddress {

    /** What clients of models add to a base URL without a version; other first segments are pages or nothing. */
    private static final Set<String> WITHOUT_VERSION =
            Set.of("models", "chat", "completions", "messages", "responses", "quote");

    private static final Pattern SLASHES = Pattern.compile("/{2,}");
    private static final Pattern VERSIONS = Pattern.compile("^(?:/v1)+(?=/)");
    private static final String API = "/api";
    private static final String V1 = "/v1";
    private static final String OPERATOR = "operator";

    private ClientAddress() {}

    /**
     * The address that is meant; the very one that came where that is none of a client's.
     *
     * @param path as it came, still encoded
     */
    static String meant(String path) {
        if (!path.startsWith("/") || isNotToBeTouched(path)) {
            return path;
        }
        var once = SLASHES.matcher(path).replaceAll("/");
        var meant = withVersion(once.endsWith("/") ? once.substring(0, once.length() - 1) : once);
        return isForEveryOrigin(meant) ? meant : path;
    }

    private static String withVersion(String path) {
        if (path.startsWith(API + "/")) {
            return API + V1 + withoutVersion(path.substring(API.length()));
        }
        var rest = withoutVersion(path);
        return !rest.equals(path) || WITHOUT_VERSION.contains(firstSegment(rest)) ? V1 + rest : path;
    }

    /** What leads elsewhere once it is resolved, and what operators call, however it is written. */
    private static boolean isNotToBeTouched(String path) {
        return Arrays.stream(path.split("/")).anyMatch(ClientAddress::isNotToBeTouchedFor);
    }

    private static boolean isNotToBeTouchedFor(String segment) {
        try {
            // As routes are matched: decoded, and without what stands behind a semicolon.
            var name = UriUtils.decode(segment.split(";", 2)[0], UTF_8);
            return name.equals(OPERATOR) || name.equals(".") || name.equals("..");
        } catch (IllegalArgumentException e) {
            return true;
        }
    }

    private static String withoutVersion(String path) {
        return VERSIONS.matcher(path).replaceFirst("");
    }

    private static String firstSegment(String path) {
        var end = path.indexOf('/', 1);
        return path.substring(Math.min(1, path.length()), end < 0 ? path.length() : end);
    }

    /** Whether pages of any origin may call it, by the address that is meant. */
    static boolean isForEveryOrigin(String path) {
        return (path.startsWith(V1 + "/") || path.startsWith(API + V1 + "/") || path.startsWith("/beta/"))
                && !isNotToBeTouched(path);
    }
}
