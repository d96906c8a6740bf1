package com.gogogoapi.proxy.funding;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.gogogoapi.proxy.keys.Authentication;
import com.gogogoapi.proxy.parameters.QueryParameters;
import com.gogogoapi.proxy.services.InstallationServices;
import com.gogogoapi.proxy.services.InstallationServices.Service;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where an account is paid in stablecoins, and what became of each payment: the funding-service reads the parameters. */
@RestController
@RequestMapping({"/v1", "/api/v1"})
class DepositsController {

    private final Authentication authentication;
    private final InstallationServices services;

    DepositsController(Authentication authentication, InstallationServices services) {
        this.authentication = authentication;
        this.services = services;
    }

    @GetMapping("/deposit-addresses")
    ResponseEntity<byte[]> addresses(HttpServletRequest request) {
        return get("/internal/deposit-addresses", request, List.of());
    }

    @GetMapping("/deposits")
    @QueryParameters({"limit", "cursor"})
    ResponseEntity<byte[]> deposits(HttpServletRequest request) {
        return get("/internal/deposits", request, List.of("limit", "cursor"));
    }

    private ResponseEntity<byte[]> get(String path, HttpServletRequest request, List<String> parameters) {
        var caller = authentication.anyReader(request);
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
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(services.get(Service.FUNDING, path + query, caller.headers())
                        .body());
    }
}
