package com.gogogoapi.usage.mail;

import com.gogogoapi.chassis.bodies.BodyFields;
import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import com.gogogoapi.usage.alerts.AlertKind;
import com.gogogoapi.usage.alerts.AlertSettings;
import com.gogogoapi.usage.alerts.Alerts;
import com.gogogoapi.usage.api.Asker;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Sends a mail to see whether it arrives. */
@RestController
@RequestMapping("/internal/alerts/test")
class MailTestController {

    private final Mails mails;
    private final Alerts alerts;
    private final AlertSettings settings;
    private final TransactionTemplate transactions;
    private final Clock clock;

    MailTestController(
            Mails mails, Alerts alerts, AlertSettings settings, TransactionTemplate transactions, Clock clock) {
        this.mails = mails;
        this.alerts = alerts;
        this.settings = settings;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** To the address that was set; what became of it is in the settings. */
    @PostMapping
    Map<String, Object> test(@RequestBody(required = false) byte @Nullable [] json, HttpServletRequest request) {
        var account = Asker.ofAll(request);
        BodyFields.ofOptional(json);
        var email = settings.of(account).email();
        if (email == null || !mails.isPossible()) {
            throw ApiError.conflict(
                    "no_email", null, "The account must have set an address for its alerts, and confirmed it.");
        }
        transactions.executeWithoutResult(status -> {
            mails.forgetTests(account);
            var alert = alerts.raise(
                    account,
                    AlertKind.TEST,
                    TimeOrderedIds.next().toString(),
                    clock.instant().truncatedTo(ChronoUnit.MILLIS),
                    Map.of());
            mails.keep(alert, email);
        });
        return Map.of("object", "alert_test", "email", email);
    }
}
