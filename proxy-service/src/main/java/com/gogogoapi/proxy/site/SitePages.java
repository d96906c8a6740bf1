package com.gogogoapi.proxy.site;

import com.gogogoapi.proxy.services.InstallationServices;
import com.gogogoapi.proxy.services.InstallationServices.Service;
import com.gogogoapi.proxy.services.ServiceRefusal;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Pages and what they are made of, as the account-service has them. */
@Component
public class SitePages {

    private static final List<String> PASSED_ON =
            List.of("Content-Type", "Content-Encoding", "Content-Security-Policy", "Cache-Control", "ETag", "Vary");
    private static final List<String> ASKED_WITH = List.of("If-None-Match", "Accept-Encoding");

    private static final int FOUND = 200;
    private static final int NOT_FOUND = 404;

    private final InstallationServices services;

    SitePages(InstallationServices services) {
        this.services = services;
    }

    /** Where there is none of that name, the page that says so. */
    ResponseEntity<byte[]> page(String name, HttpServletRequest request) {
        try {
            return page(name, FOUND, request);
        } catch (ServiceRefusal refusal) {
            if (refusal.status() != NOT_FOUND) {
                throw refusal;
            }
            return page("not-found", NOT_FOUND, request);
        }
    }

    /** The same where what was asked is refused. */
    ResponseEntity<byte[]> page(String name, int status, HttpServletRequest request) {
        return passedOn("/internal/site/pages/" + name, status, request);
    }

    /** The same whatever version of it the browser has: an error is no page that it kept. */
    ResponseEntity<byte[]> error(String name, int status, HttpServletRequest request) {
        return passedOn("/internal/site/pages/" + name, status, request, List.of("Accept-Encoding"));
    }

    ResponseEntity<byte[]> asset(String file, HttpServletRequest request) {
        return passedOn("/internal/site/assets/" + file, FOUND, request);
    }

    /** The operators' console. */
    public ResponseEntity<byte[]> console(HttpServletRequest request) {
        return passedOn("/internal/site/console", FOUND, request);
    }

    /** What it is made of. @throws ServiceRefusal 404 if it is not */
    public ResponseEntity<byte[]> consoleAsset(String file, HttpServletRequest request) {
        return passedOn("/internal/site/console/" + file, FOUND, request);
    }

    private ResponseEntity<byte[]> passedOn(String path, int status, HttpServletRequest request) {
        return passedOn(path, status, request, ASKED_WITH);
    }

    private ResponseEntity<byte[]> passedOn(
            String path, int status, HttpServletRequest request, List<String> askedWith) {
        var headers = new HashMap<String, String>();
        for (var name : askedWith) {
            var value = request.getHeader(name);
            if (value != null) {
                headers.put(name, value);
            }
        }
        var answer = services.get(Service.ACCOUNT, path, headers);
        var response = ResponseEntity.status(answer.status() == FOUND ? status : answer.status())
                .header("X-Content-Type-Options", "nosniff")
                // To us with forms, whose origin is looked at; to nobody else, since a link's token is in its address.
                .header("Referrer-Policy", "same-origin");
        for (var name : PASSED_ON) {
            answer.header(name.toLowerCase(Locale.ROOT)).ifPresent(value -> response.header(name, value));
        }
        return response.body(answer.body());
    }
}
