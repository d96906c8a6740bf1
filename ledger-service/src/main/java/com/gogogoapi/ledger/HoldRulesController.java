package com.gogogoapi.ledger;

import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells other services by which rules holds are kept here: theirs must fit. */
@RestController
class HoldRulesController {

    private final LedgerProperties properties;

    HoldRulesController(LedgerProperties properties) {
        this.properties = properties;
    }

    @GetMapping("/internal/ledger/hold-rules")
    Map<String, Object> rules() {
        return Map.of(
                "object",
                "hold_rules",
                "lifetime_millis",
                properties.holdDuration().toMillis());
    }
}
