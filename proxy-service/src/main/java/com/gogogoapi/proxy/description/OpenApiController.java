package com.gogogoapi.proxy.description;

import com.gogogoapi.evidence.log.Sha256;
import com.gogogoapi.proxy.parameters.QueryParameters;
import com.gogogoapi.proxy.rates.CallRates;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The OpenAPI document of this build, which is {@code docs/openapi.yaml}: for everybody, and to be kept for a while. */
@RestController
class OpenApiController {

    private static final String NAME = "openapi.yaml";
    private static final Duration KEPT_FOR = Duration.ofMinutes(5);

    /** RFC 9512. */
    private static final MediaType YAML = MediaType.parseMediaType("application/yaml");

    private final CallRates rates;
    private final byte[] document = read();
    private final String tag = "\"" + Sha256.hex(Sha256.of(document)) + "\"";

    OpenApiController(CallRates rates) {
        this.rates = rates;
    }

    private static byte[] read() {
        try (var packaged = OpenApiController.class.getResourceAsStream(NAME)) {
            if (packaged == null) {
                throw new IllegalStateException("The build must have packaged " + NAME + ".");
            }
            return packaged.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @GetMapping("/openapi.yaml")
    @QueryParameters(ignoresOthers = true)
    ResponseEntity<byte[]> document(HttpServletRequest request) {
        rates.requirePublicRead(request.getRemoteAddr());
        return ResponseEntity.ok()
                .eTag(tag)
                .cacheControl(CacheControl.maxAge(KEPT_FOR).cachePublic())
                .contentType(YAML)
                .body(document);
    }
}
