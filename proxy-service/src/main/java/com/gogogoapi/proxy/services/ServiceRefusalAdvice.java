package com.gogogoapi.proxy.services;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Before the general advice, which would take a refusal for a fault. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class ServiceRefusalAdvice {

    @ExceptionHandler
    ResponseEntity<byte[]> refused(ServiceRefusal refusal) {
        var response = ResponseEntity.status(refusal.status()).contentType(MediaType.APPLICATION_JSON);
        refusal.headers().forEach(response::header);
        return response.body(refusal.body());
    }
}
