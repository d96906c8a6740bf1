package com.gogogoapi.proxy.session;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.chassis.requestid.RequestIdFilter;
import com.gogogoapi.contracts.wire.ServiceHeaders;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;

/** What the account-service is told of a browser that asks. */
public final class FromBrowser {

    private static final int MAX_BROWSER_CHARS = 200;

    private FromBrowser() {}

    /** For the trail. */
    public static Map<String, String> headers(HttpServletRequest request) {
        return Map.of(
                ServiceHeaders.OPERATOR, "browser",
                ServiceHeaders.CLIENT_ADDRESS, request.getRemoteAddr(),
                ServiceHeaders.REQUEST, RequestIdFilter.of(request).toString());
    }

    /** With what a session begins: the one that it had, which ends, and how it calls itself. */
    public static void describe(HttpServletRequest request, Map<String, ? super String> body) {
        SessionCookie.of(request).ifPresent(before -> body.put("before", before));
        var agent = request.getHeader("User-Agent");
        if (agent != null && !agent.isBlank()) {
            var printable = ApiError.printable(agent);
            body.put("browser", printable.substring(0, Math.min(printable.length(), MAX_BROWSER_CHARS)));
        }
    }
}
