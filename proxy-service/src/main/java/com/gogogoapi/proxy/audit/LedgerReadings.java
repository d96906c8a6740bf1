package com.gogogoapi.proxy.audit;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.wire.ServiceHeaders;
import com.gogogoapi.proxy.services.InstallationServices;
import com.gogogoapi.proxy.services.InstallationServices.Service;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Asks the ledger what it has of one account and passes the answer on. Whose account it may be is the caller's matter. */
@Component
public class LedgerReadings {

    private static final List<String> NUMBERS = List.of("limit", "cursor", "seq", "after");

    private final InstallationServices services;

    LedgerReadings(InstallationServices services) {
        this.services = services;
    }

    /** The statement, as JSON or, for who accepts it, CSV; as of an instant or event where the request names one. */
    public ResponseEntity<byte[]> statement(AccountId account, HttpServletRequest request) {
        var accept = request.getHeader("Accept");
        var csv = accept != null && accept.contains("text/csv");
        var answer = services.get(
                Service.LEDGER,
                "/internal/accounts/" + account + "/statement" + query(request),
                Map.of("Accept", csv ? "text/csv" : "application/json"));
        var response = ResponseEntity.ok()
                .contentType(csv ? MediaType.parseMediaType("text/csv;charset=UTF-8") : MediaType.APPLICATION_JSON);
        answer.header(ServiceHeaders.NEXT_CURSOR).ifPresent(cursor -> response.header("x-next-cursor", cursor));
        return response.body(answer.body());
    }

    /** The receipt of one of the account's requests. */
    public ResponseEntity<byte[]> receipt(AccountId account, String requestId) {
        return json("/internal/accounts/" + account + "/requests/" + checked(requestId) + "/receipt");
    }

    ResponseEntity<byte[]> state(AccountId account, HttpServletRequest request) {
        return json("/internal/accounts/" + account + "/state" + query(request));
    }

    /** Whatever the ledger answers there; the path is the caller's own. */
    public ResponseEntity<byte[]> json(String path) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(services.get(Service.LEDGER, path, Map.of()).body());
    }

    /** Only what is known passes, and only in its form: nobody adds to the ledger's address. */
    static String query(HttpServletRequest request) {
        var query = new StringBuilder();
        for (var name : NUMBERS) {
            var value = request.getParameter(name);
            if (value != null) {
                if (!value.matches("[0-9]{1,19}")) {
                    throw ApiError.invalidRequest(name, name + " must be a whole number.");
                }
                query.append('&').append(name).append('=').append(value);
            }
        }
        var at = request.getParameter("at");
        if (at != null) {
            if (request.getParameter("seq") != null) {
                throw ApiError.invalidRequest("at", "at and seq must not both be given.");
            }
            try {
                query.append("&at=").append(Instant.parse(at));
            } catch (DateTimeParseException e) {
                throw ApiError.invalidRequest("at", "at must be an instant such as 2026-11-23T12:00:00Z.");
            }
        }
        return query.isEmpty() ? "" : "?" + query.substring(1);
    }

    /** @throws ApiError 404 if it cannot be one */
    static UUID checked(String requestId) {
        try {
            return UUID.fromString(requestId);
        } catch (IllegalArgumentException e) {
            throw ApiError.notFound("There is no such request.");
        }
    }
}
