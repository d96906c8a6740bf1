package com.gogogoapi.proxy.services;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.chassis.errors.ApiErrorAdvice;
import com.gogogoapi.chassis.errors.ErrorForm;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import tools.jackson.databind.json.JsonMapper;

/** Before the general advice, which would take a refusal for a fault. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class ServiceRefusalAdvice {

    private final ApiErrorAdvice general;

    ServiceRefusalAdvice(ApiErrorAdvice general) {
        this.general = general;
    }

    /** What we say of a refusal, we say instead of it. Spring looks for causes too: one of these would be answered below. */
    @ExceptionHandler
    ResponseEntity<Object> ours(ApiError error, HttpServletRequest request) {
        return general.ours(error, request);
    }

    @ExceptionHandler
    ResponseEntity<byte[]> refused(ServiceRefusal refusal, HttpServletRequest request) {
        var response = ResponseEntity.status(refusal.status()).contentType(MediaType.APPLICATION_JSON);
        refusal.headers().forEach(response::header);
        return response.body(body(refusal, ErrorForm.of(request)));
    }

    /** Services write errors in OpenAI's form. */
    private static byte[] body(ServiceRefusal refusal, ErrorForm form) {
        if (form == ErrorForm.OPENAI) {
            return refusal.body();
        }
        var said = JsonMapper.shared().readTree(refusal.body()).path("error");
        Map<String, @Nullable Object> error = new LinkedHashMap<>();
        said.properties().forEach(field -> error.put(field.getKey(), field.getValue()));
        return JsonMapper.shared().writeValueAsBytes(form.body(refusal.status(), error));
    }
}
