package com.gogogoapi.proxy.management;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.proxy.accounts.AccountRequests;
import com.gogogoapi.proxy.keys.FailedGuesses;
import com.gogogoapi.proxy.services.ServiceRefusal;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where an invitation is accepted, by whoever has its token. An address that guesses is held off for the rest of a minute. */
@RestController
@RequestMapping({"/v1", "/api/v1"})
class AcceptanceController {

    private static final int GUESSES_PER_MINUTE = 20;
    private static final int NO_SUCH_TOKEN = 404;

    private final AccountRequests requests;
    private final FailedGuesses guesses;

    AcceptanceController(AccountRequests requests, Clock clock) {
        this.requests = requests;
        this.guesses = new FailedGuesses(GUESSES_PER_MINUTE, clock);
    }

    @PostMapping("/invitations/acceptance")
    ResponseEntity<byte[]> accept(HttpServletRequest request) throws IOException {
        var wait = guesses.heldFor(request.getRemoteAddr());
        if (wait.isPresent()) {
            throw ApiError.rateLimited(
                    "Too many wrong tokens came from this address: none is looked at from there until the minute is over.",
                    wait.get().plusSeconds(1));
        }
        try {
            return requests.pass("invitee", "/internal/invitations/acceptance", request);
        } catch (ServiceRefusal refusal) {
            if (refusal.status() == NO_SUCH_TOKEN) {
                guesses.note(request.getRemoteAddr());
            }
            throw refusal;
        }
    }
}
