package com.gogogoapi.usage.alerts;

import com.gogogoapi.chassis.bodies.BodyFields;
import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.usage.alerts.AlertSettings.Setting;
import com.gogogoapi.usage.api.Asker;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Reads and sets what an account wants to be told. */
@RestController
@RequestMapping("/internal/alerts")
class AlertSettingsController {

    private static final int MAX_EMAIL_CHARS = 254;
    private static final int MAX_AMOUNT_CHARS = 40;
    private static final String ADDRESS = "[^@\\s,;<>\"()]+@[^@\\s,;<>\"()]+";

    private final AlertSettings settings;
    private final Mailing mailing;

    AlertSettingsController(AlertSettings settings, Mailing mailing) {
        this.settings = settings;
        this.mailing = mailing;
    }

    @GetMapping
    Map<String, @Nullable Object> read(HttpServletRequest request) {
        var account = Asker.ofAll(request);
        return view(account, settings.of(account));
    }

    /** All of it, {@code {"low_balance_usd","email"}}: what is left out is not told. */
    @PutMapping
    Map<String, @Nullable Object> set(@RequestBody byte[] json, HttpServletRequest request) {
        var account = Asker.ofAll(request);
        var body = BodyFields.of(json, "low_balance_usd", "email");
        var setting = new Setting(
                amount(body.optionalText("low_balance_usd", MAX_AMOUNT_CHARS)),
                email(body.optionalText("email", MAX_EMAIL_CHARS)));
        settings.set(account, setting);
        return view(account, setting);
    }

    private static @Nullable Usd amount(@Nullable String text) {
        try {
            var amount = text == null ? null : Usd.parse(text);
            if (amount == null || amount.isPositive()) {
                return amount;
            }
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw mustBeAmount();
        }
        throw mustBeAmount();
    }

    private static ApiError mustBeAmount() {
        return ApiError.invalidRequest(
                "low_balance_usd", "low_balance_usd must be a positive amount as text, such as \"5.00\".");
    }

    private @Nullable String email(@Nullable String text) {
        if (text == null) {
            return null;
        }
        if (!text.matches(ADDRESS)) {
            throw ApiError.invalidRequest("email", "email must be one address.");
        }
        if (!mailing.isPossible()) {
            throw ApiError.conflict(
                    "mail_unavailable", "email", "email must be left out: this installation sends none.");
        }
        return text;
    }

    private Map<String, @Nullable Object> view(AccountId account, Setting setting) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("object", "alert_settings");
        view.put("low_balance_usd", setting.lowBalance());
        view.put("email", setting.email());
        view.put("email_error", mailing.lastError(account).orElse(null));
        return view;
    }
}
