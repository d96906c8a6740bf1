package com.gogogoapi.proxy.usage;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.gogogoapi.contracts.wire.ServiceHeaders;
import com.gogogoapi.proxy.keys.Caller;
import com.gogogoapi.proxy.services.InstallationServices;
import com.gogogoapi.proxy.services.InstallationServices.Service;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.ContentDisposition;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Asks the usage-service and passes its answer on. It reads the parameters; here they are only made part of an address. */
@Component
public class UsageReadings {

    private static final MediaType CSV = MediaType.parseMediaType("text/csv;charset=UTF-8");

    private final InstallationServices services;

    UsageReadings(InstallationServices services) {
        this.services = services;
    }

    /** For whom the usage-service is asked. */
    static Map<String, String> headers(Caller caller) {
        return new HashMap<>(caller.headers());
    }

    /**
     * For what another service would show of a request to whoever may see the account.
     *
     * @throws com.gogogoapi.proxy.services.ServiceRefusal 404 if it is none that the caller may see
     */
    public void requireVisible(Caller caller, UUID requestId) {
        services.get(Service.USAGE, "/internal/requests/" + requestId, headers(caller));
    }

    ResponseEntity<byte[]> json(Caller caller, String path, HttpServletRequest request, List<String> parameters) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(services.get(Service.USAGE, path + query(request, parameters), headers(caller))
                        .body());
    }

    /** As CSV for who accepts it. */
    ResponseEntity<byte[]> table(Caller caller, String path, HttpServletRequest request, List<String> parameters) {
        var accept = request.getHeader("Accept");
        if (accept == null || !accept.contains("text/csv")) {
            return json(caller, path, request, parameters);
        }
        var headers = headers(caller);
        headers.put("Accept", "text/csv");
        var answer = services.get(Service.USAGE, path + query(request, parameters), headers);
        var response = ResponseEntity.ok().contentType(CSV);
        answer.header(ServiceHeaders.NEXT_CURSOR).ifPresent(cursor -> response.header("x-next-cursor", cursor));
        answer.header(ServiceHeaders.AS_OF).ifPresent(asOf -> response.header("x-as-of", asOf));
        return response.body(answer.body());
    }

    /**
     * As PDF for who accepts it, and JSON for everybody else; either says who the account is.
     *
     * @param file what the PDF is called where it is kept
     */
    ResponseEntity<byte[]> paper(
            Caller caller, String path, HttpServletRequest request, List<String> parameters, String file) {
        var isPdf = isPdfAsked(request);
        var headers = headers(caller);
        headers.put(ServiceHeaders.ACCOUNT_NAME, URLEncoder.encode(accountName(caller), UTF_8));
        headers.put("Accept", isPdf ? MediaType.APPLICATION_PDF_VALUE : MediaType.APPLICATION_JSON_VALUE);
        var answer = services.get(Service.USAGE, path + query(request, parameters), headers);
        var response = ResponseEntity.ok().contentType(isPdf ? MediaType.APPLICATION_PDF : MediaType.APPLICATION_JSON);
        if (isPdf) {
            response.header(
                    "Content-Disposition",
                    ContentDisposition.attachment().filename(file).build().toString());
        }
        answer.header(ServiceHeaders.AS_OF).ifPresent(asOf -> response.header("x-as-of", asOf));
        return response.body(answer.body());
    }

    /** Whether the caller accepts a PDF, where there is one. */
    public static boolean isPdfAsked(HttpServletRequest request) {
        var accept = request.getHeader("Accept");
        return accept != null && accept.contains(MediaType.APPLICATION_PDF_VALUE);
    }

    /** What one request was charged, as people file it. */
    public ResponseEntity<byte[]> requestPaper(Caller caller, UUID requestId, HttpServletRequest request) {
        return paper(
                caller,
                "/internal/requests/" + requestId + "/receipt",
                request,
                List.of(),
                "receipt-" + requestId + ".pdf");
    }

    private String accountName(Caller caller) {
        var account = services.get(Service.ACCOUNT, "/internal/accounts/" + caller.account(), Map.of());
        return JsonMapper.shared().readTree(account.body()).path("name").asString("");
    }

    private static String query(HttpServletRequest request, List<String> parameters) {
        var query = new StringBuilder();
        for (var name : parameters) {
            var value = request.getParameter(name);
            if (value != null) {
                query.append(query.isEmpty() ? '?' : '&')
                        .append(name)
                        .append('=')
                        .append(URLEncoder.encode(value, UTF_8));
            }
        }
        return query.toString();
    }
}
