package com.gogogoapi.ledger.receipt;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.ledger.checkpoint.SigningConfiguration.Signing;
import java.sql.SQLException;
import java.util.UUID;
import org.springframework.dao.DataAccessException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Hands receipts out. */
@RestController
@RequestMapping("/internal/accounts/{account}/requests/{requestId}/receipt")
class ReceiptController {

    private final Receipts receipts;
    private final Signing signing;

    ReceiptController(Receipts receipts, Signing signing) {
        this.receipts = receipts;
        this.signing = signing;
    }

    @GetMapping
    ResponseEntity<byte[]> receipt(@PathVariable String account, @PathVariable String requestId) {
        var key = signing.key()
                .orElseThrow(() -> ApiError.unavailable("no_signing_key", "This installation signs no receipts."));
        try {
            var receipt = receipts.of(new AccountId(account), UUID.fromString(requestId), key)
                    .orElseThrow(() -> ApiError.notFound(
                            "There is no such request of this account, it never had a hold, or it has not ended yet."));
            return ResponseEntity.ok()
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(EventJson.mapper().writeValueAsBytes(receipt));
        } catch (IllegalArgumentException e) {
            throw ApiError.invalidRequest("request_id", "request_id must be a request id.");
        } catch (SQLException | DataAccessException e) {
            throw ApiError.unavailable("ledger_unavailable", "The ledger's database does not answer.")
                    .becauseOf(e);
        }
    }
}
