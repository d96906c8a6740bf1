package com.gogogoapi.funding.watch;

import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** How the chains stand; for operators. */
@RestController
class ChainsController {

    private final ChainStatuses statuses;

    ChainsController(ChainStatuses statuses) {
        this.statuses = statuses;
    }

    record Page(String object, List<ChainStatus> data) {}

    @GetMapping("/internal/chains")
    Page list() {
        return new Page("list", statuses.all());
    }
}
